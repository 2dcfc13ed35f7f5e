internal import Tokenization

/// What a merger is told of the work before it, so that it looks after no more pairs than it needs to. It
/// changes nothing of the result.
struct MergeExtent {
  /// How many merges are wanted, about; nil where that is not known.
  var mergeCount: Int?
  /// How many bytes the words and what is known of pairs may take, as far as that can be.
  var memory: Int?
  /// Whether all pairs have to be looked after: where the count of a pair could not be found by looking
  /// for it, since a symbol covers sometimes more characters and sometimes fewer, and long ones are not
  /// counted.
  var looksAfterAll = false

  /// How much memory there is for words and pairs where a training has `limit` bytes.
  ///
  /// - Parameter counts: words that are kept besides.
  static func memory(within limit: Int?, besides counts: WordCounts? = nil) -> Int? {
    let counted = counts.map { $0.words.bytes.count + $0.count * 12 } ?? 0
    return limit.map { max($0 - otherMemory - counted, 0) }
  }

  /// What the process, the tokens and the tables of a merge take beside words and pairs, in bytes.
  private static let otherMemory = 48 << 20
}
