package import Tokenization

/// How often each word stands in a text: all that most trainers see of it.
///
/// Words are pretokens as the tokenizer's model will see them. They are all different and stand in the
/// order of their bytes, so that equal counts are equal values, whoever counted them.
public struct WordCounts: Hashable, Sendable {
  package private(set) var words: ByteStrings
  /// How often each of ``words`` stands there, at least once.
  package private(set) var counts: [UInt64]

  /// Words that are in order already.
  init(sortedWords words: ByteStrings, counts: [UInt64]) {
    assert(words.count == counts.count)
    self.words = words
    self.counts = counts
  }

  /// Words with their counts, which are added where a word stands twice; words without a byte and
  /// counts of 0 are left out.
  ///
  /// - Throws: `limit` where a count passes 2^64 or all words together 4 GiB.
  /// - Complexity: O(*n* log *n*).
  public init(_ pairs: some Sequence<(word: [UInt8], count: UInt64)>) throws(TrainingError) {
    words = ByteStrings()
    counts = []
    let sorted = pairs.filter { !$0.word.isEmpty && $0.count > 0 }
      .sorted { $0.word.lexicographicallyPrecedes($1.word) }
    for index in sorted.indices {
      if index > 0, sorted[index].word == sorted[index - 1].word {
        counts[counts.count - 1] = try sum(counts[counts.count - 1], sorted[index].count)
      } else {
        try Self.checkSize(words.bytes.count + sorted[index].word.count)
        words.append(sorted[index].word)
        counts.append(sorted[index].count)
      }
    }
  }

  /// How many different words there are.
  public var count: Int { counts.count }

  /// - Throws: `limit` if all words together have too many bytes.
  static func checkSize(_ byteCount: Int) throws(TrainingError) {
    guard byteCount <= Int(UInt32.max) else {
      throw TrainingError(
        .limit, "different words have \(byteCount) bytes, of at most \(UInt32.max)")
    }
  }
}

/// - Throws: `limit` where that passes 2^64.
func sum(_ count: UInt64, _ other: UInt64) throws(TrainingError) -> UInt64 {
  let (sum, overflows) = count.addingReportingOverflow(other)
  guard !overflows else { throw TrainingError.countOverflow }
  return sum
}
