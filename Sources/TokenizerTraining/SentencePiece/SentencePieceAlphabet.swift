internal import Tokenization

/// The characters that become tokens: those that were asked for, and the most frequent ones until they
/// cover the share of the text that was asked for; all where coverage is automatic.
struct SentencePieceAlphabet {
  /// Code points, the most frequent first; equal ones ascending.
  private(set) var byFrequency: [UInt32] = []
  /// The frequency of each of ``byFrequency``; 0 only for one that was asked for.
  private(set) var frequencies: [UInt64] = []
  /// How many others the text has.
  private(set) var leftOutCount = 0

  /// - Throws: `limit` where all characters together are more than 2^64.
  init(
    _ corpus: SentencePieceCorpus, _ options: SentencePieceTrainingOptions
  ) throws(TrainingError) {
    var counts = [UInt64](repeating: 0, count: 0x110000)
    var all: UInt64 = 0
    for index in 0..<corpus.count {
      for place in corpus.range(index) {
        let character = corpus.characters[place]
        if character == 0 || character == 0x20 { continue }
        counts[Int(character)] = try sum(counts[Int(character)], corpus.counts[index])
        all = try sum(all, corpus.counts[index])
      }
    }
    let required = Set(options.requiredChars.unicodeScalars.map(\.value)).subtracting([0])
    let found = (0..<UInt32(0x110000)).filter {
      counts[Int($0)] > 0 || !required.isEmpty && required.contains($0)
    }
    let ordered = found.sorted { (left, right) in
      let (isFirst, isSecond) = (required.contains(left), required.contains(right))
      if isFirst != isSecond { return isFirst }
      let (first, second) = (counts[Int(left)], counts[Int(right)])
      return first != second ? first > second : left < right
    }
    var covered: UInt64 = 0
    var chosen: [UInt32] = []
    for character in ordered {
      // subtle: in 32 bits, as the original, which may reach 1 before the last character.
      if !options.autoCharacterCoverage,
        Float(Double(covered) / Double(all)) >= options.characterCoverage
      {
        break
      }
      covered += counts[Int(character)]
      if character != SentencePieceCorpus.boundary { chosen.append(character) }
    }
    chosen.sort { (counts[Int($1)], $0) < (counts[Int($0)], $1) }
    byFrequency = chosen
    frequencies = chosen.map { counts[Int($0)] }
    leftOutCount =
      ordered.count - chosen.count - (counts[Int(SentencePieceCorpus.boundary)] > 0 ? 1 : 0)
  }
}
