/// The different words of a text, one behind another, with the characters as numbers of an alphabet.
struct TrainingText: Sendable {
  /// Behind each word.
  static let end: UInt32 = 0

  /// The characters of the alphabet, ascending; the number of each is one more than its place.
  let alphabet: [UInt32]
  /// The characters of all words, with ``end`` behind each word.
  private(set) var characters: [UInt32] = []
  /// Where each word begins, and behind them the number of all characters.
  private(set) var starts: [Int] = [0]
  /// How often each word stands in the text.
  let counts: [UInt64]
  /// How many characters the whole text has.
  private(set) var total: UInt64 = 0

  /// - Throws: `limit` beyond 2^31 characters in words or 2^48 in the text.
  init(_ corpus: SentencePieceCorpus, alphabet: [UInt32]) throws(TrainingError) {
    self.alphabet = alphabet
    counts = corpus.counts
    guard corpus.characters.count + corpus.count < Int(Int32.max) else {
      throw TrainingError(
        .limit,
        "different words have \(corpus.characters.count) characters, of at most \(Int32.max)")
    }
    let unknown = UInt32(alphabet.count + 1)
    var numbers = [UInt32](repeating: unknown, count: 0x110000)
    for (place, character) in alphabet.enumerated() { numbers[Int(character)] = UInt32(place + 1) }
    characters.reserveCapacity(corpus.characters.count + corpus.count)
    for word in 0..<corpus.count {
      let range = corpus.range(word)
      for place in range { characters.append(numbers[Int(corpus.characters[place])]) }
      characters.append(Self.end)
      starts.append(characters.count)
      let (product, overflows) = UInt64(range.count).multipliedReportingOverflow(by: counts[word])
      let (sum, overflowsToo) = total.addingReportingOverflow(product)
      guard !overflows, !overflowsToo, sum <= 1 << 48 else {
        throw TrainingError(.limit, "the text has more than \(1 << 48) characters")
      }
      total = sum
    }
  }

  /// Stands for characters that are not in the alphabet.
  var unknown: UInt32 { UInt32(alphabet.count + 1) }

  /// How many different words there are.
  var wordCount: Int { counts.count }

  /// The places of the characters of word `index`.
  func range(_ index: Int) -> Range<Int> { starts[index]..<(starts[index + 1] - 1) }

  /// The code points at these places.
  func codePoints(_ places: Range<Int>) -> [UInt32] {
    characters[places].map { $0 == Self.end || $0 == unknown ? 0xFFFD : alphabet[Int($0) - 1] }
  }
}
