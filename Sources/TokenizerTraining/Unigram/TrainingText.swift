/// The different words of a text as characters, one word behind another.
struct TrainingText: Sendable {
  /// Behind each word.
  static let end: UInt32 = 0
  /// In the place of characters that no token may hold; at least one word's end away from U+10FFFF.
  static let unknown: UInt32 = 0x11_0000

  /// The characters of all words, with ``end`` behind each word.
  private(set) var characters: [UInt32] = []
  /// Where each word begins, and behind them the number of all characters.
  private(set) var starts: [Int] = [0]
  /// How often each word stands in the text.
  private(set) var counts: [UInt64] = []
  /// How many characters the whole text has.
  private(set) var total: UInt64 = 0

  /// - Parameter isRequired: false for characters that are unknown to the tokenizer.
  /// - Throws: `limit` beyond 2^31 characters in words or 2^48 in the text.
  init(_ words: WordCounts, where isRequired: (UInt32) -> Bool) throws(TrainingError) {
    characters.reserveCapacity(words.words.bytes.count + words.count)
    for index in 0..<words.count {
      let start = characters.count
      let bytes = words.words.bytes[words.words.range(index)]
      for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
        let isKnown = scalar.value != Self.end && isRequired(scalar.value)
        characters.append(isKnown ? scalar.value : Self.unknown)
      }
      let length = UInt64(characters.count - start)
      characters.append(Self.end)
      starts.append(characters.count)
      counts.append(words.counts[index])
      let (product, overflows) = length.multipliedReportingOverflow(by: words.counts[index])
      total = overflows ? .max : total.addingReportingOverflow(product).partialValue
      guard !overflows, total <= 1 << 48 else {
        throw TrainingError(.limit, "the text has more than \(1 << 48) characters")
      }
      guard characters.count < Int(Int32.max) else {
        throw TrainingError(
          .limit, "different words have more than \(Int32.max) characters")
      }
    }
  }

  /// How many different words there are.
  var wordCount: Int { counts.count }

  /// The places of the characters of word `index`.
  func range(_ index: Int) -> Range<Int> { starts[index]..<(starts[index + 1] - 1) }
}
