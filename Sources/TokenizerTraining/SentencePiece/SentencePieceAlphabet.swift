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
    _ words: SentencePieceWords, _ options: SentencePieceTrainingOptions
  ) throws(TrainingError) {
    var counts = ScalarTable<UInt64>(absent: 0)
    var found: [UInt32] = []
    var all: UInt64 = 0
    try words.visit { (word, count) throws(TrainingError) in
      var known: UInt64 = 0
      for place in word.indices {
        let character = word[place]
        if character == 0 || character == 0x20 { continue }
        let before = counts[character]
        if before == 0 { found.append(character) }
        // No greater than that of all, which is looked at below.
        counts[character] = before &+ count
        known += 1
      }
      let (added, overflows) = count.multipliedReportingOverflow(by: known)
      guard !overflows else { throw TrainingError.countOverflow }
      all = try sum(all, added)
    }
    let required = Set(options.requiredChars.unicodeScalars.map(\.value)).subtracting([0])
    found += required.filter { counts[$0] == 0 }
    let ordered = found.sorted { (left, right) in
      let (isFirst, isSecond) = (required.contains(left), required.contains(right))
      if isFirst != isSecond { return isFirst }
      let (first, second) = (counts[left], counts[right])
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
      covered += counts[character]
      if character != SentencePieceWords.boundary { chosen.append(character) }
    }
    chosen.sort { (counts[$1], $0) < (counts[$0], $1) }
    byFrequency = chosen
    frequencies = chosen.map { counts[$0] }
    leftOutCount =
      ordered.count - chosen.count - (counts[SentencePieceWords.boundary] > 0 ? 1 : 0)
  }
}
