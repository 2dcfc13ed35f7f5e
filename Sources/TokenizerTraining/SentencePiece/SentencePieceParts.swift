internal import Tokenization
internal import UnicodeText

/// The parts of words between places that no token reaches over: characters that are no tokens, and
/// neighbours of which one must not stand behind the other. Many words share them, so that there are fewer
/// than words, and shorter ones.
struct SentencePieceParts {
  /// Parts of two characters and more.
  private let counts: WordCounts
  /// By code point: the place in the alphabet plus 1, or 0.
  private let numbers: [UInt32]
  /// Whether there are neighbours that must not stand together.
  private(set) var hasRefused = false

  /// - Parameter alphabet: ascending; `validity` has its characters by their places.
  /// - Throws: `limit` for counts beyond 2^64.
  init(
    _ corpus: SentencePieceCorpus, alphabet: [UInt32], _ validity: SentencePieceValidity
  ) throws(TrainingError) {
    var numbers = [UInt32](repeating: 0, count: 0x110000)
    for (place, character) in alphabet.enumerated() {
      numbers[Int(character)] = UInt32(place + 1)
    }
    var counter = PartCounter()
    var part: [UInt8] = []
    for index in 0..<corpus.count {
      let count = corpus.counts[index]
      var last: UInt32 = 0
      var length = 0
      for place in corpus.range(index) {
        let character = corpus.characters[place]
        let number = numbers[Int(character)]
        if last == 0 || number == 0 || !validity.mayJoin(last - 1, number - 1) {
          if last > 0, number > 0 { hasRefused = true }
          if length > 1 { try counter.add(part.span, count) }
          part.removeAll(keepingCapacity: true)
          length = 0
        }
        if number > 0 {
          appendUTF8(of: character, to: &part)
          length += 1
        }
        last = number
      }
      if length > 1 { try counter.add(part.span, count) }
      part.removeAll(keepingCapacity: true)
    }
    counts = try counter.finish()
    self.numbers = numbers
  }

  /// The parts as symbols: places in the alphabet.
  ///
  /// - Throws: `limit` for too many symbols.
  func words() throws(TrainingError) -> WordArena {
    let bytes = counts.words.bytes.span
    var words = WordArena(capacity: bytes.count + counts.count * 3)
    var symbols: [UInt32] = []
    for index in 0..<counts.count {
      let part = bytes.extracting(counts.words.range(index))
      symbols.removeAll(keepingCapacity: true)
      var place = 0
      while place < part.count {
        let scalar = decodeScalar(in: part, at: place)
        symbols.append(numbers[Int(scalar.value)] - 1)
        place += scalar.length
      }
      try words.append(symbols, count: counts.counts[index])
    }
    return words
  }
}
