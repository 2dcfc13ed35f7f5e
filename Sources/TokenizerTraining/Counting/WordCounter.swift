internal import Tokenization

/// Counts the words of texts.
public struct WordCounter: Sendable {
  private let pretokenizer: Pretokenizer

  /// - Throws: `vocabulary` for a normaliser or splitter that cannot be built.
  public init(_ preprocessing: Preprocessing) throws(TrainingError) {
    do throws(VocabularyError) {
      pretokenizer = try Pretokenizer(
        normalizer: preprocessing.normalizer, splitter: preprocessing.splitter,
        isByteLevel: preprocessing.isByteLevel, cutsAtSpaceMarks: preprocessing.cutsAtSpaceMarks)
    } catch {
      throw TrainingError(error)
    }
  }

  /// Counts the words of all `sources` together.
  public func count(
    _ sources: [TrainingSource], _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> WordCounts {
    var counts: [[UInt8]: UInt64] = [:]
    var scratch = Pretokenizer.Scratch()
    for source in sources {
      guard case .buffer(let bytes) = source.content else { continue }
      for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        let text = Array(line) + [0x0A]
        do {
          try pretokenizer.forEachBlock(of: text.span, using: &scratch) { bytes, ranges in
            for index in 0..<ranges.count {
              counts[ranges[index].map { bytes[$0] }, default: 0] += 1
            }
          }
        } catch {
          throw TrainingError(.input, error.description, place: source.name)
        }
      }
    }
    return try WordCounts(counts.map { (word: $0.key, count: $0.value) })
  }
}
