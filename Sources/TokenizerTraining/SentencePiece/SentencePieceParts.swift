internal import Tokenization
internal import UnicodeText

/// The parts of words between places that no token reaches over: characters that are no tokens, and
/// neighbours of which one must not stand behind the other. Many words share them, so that there are fewer
/// than words, and shorter ones.
struct SentencePieceParts: ~Copyable {
  /// Parts of two characters and more, as places in the alphabet.
  private(set) var words: WordArena
  /// Whether there are neighbours that must not stand together, here or where words were counted.
  private(set) var hasRefused = false
  /// By code point: the place in the alphabet plus 1, or 0.
  private let numbers: [UInt32]
  private let validity: SentencePieceValidity

  /// - Parameters:
  ///   - alphabet: ascending; `validity` has its characters by their places.
  ///   - beginWithMarks: words do, unless they are parts of others.
  /// - Throws: `limit` for too many symbols, and for counts beyond 2^63.
  init(
    _ corpus: SentencePieceCorpus, alphabet: [UInt32], _ validity: SentencePieceValidity,
    beginWithMarks: Bool
  ) throws(TrainingError) {
    var numbers = [UInt32](repeating: 0, count: 0x110000)
    for (place, character) in alphabet.enumerated() {
      numbers[Int(character)] = UInt32(place + 1)
    }
    self.numbers = numbers
    self.validity = validity
    words = WordArena(capacity: corpus.characters.count + corpus.count * 3)
    // Words that are not cut are all different; the parts of others are counted anew.
    var parts = PartCounter()
    var symbols: [UInt32] = []
    for index in 0..<corpus.count {
      let range = corpus.range(index)
      if beginWithMarks, corpus.characters[range.lowerBound] != SentencePieceCorpus.spaceMark {
        hasRefused = true
      }
      symbols.removeAll(keepingCapacity: true)
      for place in range {
        let number = numbers[Int(corpus.characters[place])]
        if number == 0 || !mayJoin(symbols, number) { break }
        symbols.append(number - 1)
      }
      if symbols.count == range.count {
        try words.append(symbols, count: corpus.counts[index])
      } else {
        try cut(corpus.characters[range], corpus.counts[index], into: &parts)
      }
    }
    try append(parts.finish())
  }

  private func mayJoin(_ symbols: [UInt32], _ number: UInt32) -> Bool {
    symbols.last.map { validity.mayJoin($0, number - 1) } ?? true
  }

  /// Counts the parts of a word.
  private mutating func cut(
    _ characters: ArraySlice<UInt32>, _ count: UInt64, into parts: inout PartCounter
  ) throws(TrainingError) {
    var part: [UInt8] = []
    var length = 0
    var last: UInt32 = 0
    for character in characters {
      let number = numbers[Int(character)]
      if last == 0 || number == 0 || !validity.mayJoin(last - 1, number - 1) {
        if last > 0, number > 0 { hasRefused = true }
        if length > 1 { try parts.add(part.span, count) }
        part.removeAll(keepingCapacity: true)
        length = 0
      }
      if number > 0 {
        appendUTF8(of: character, to: &part)
        length += 1
      }
      last = number
    }
    if length > 1 { try parts.add(part.span, count) }
  }

  private mutating func append(_ parts: WordCounts) throws(TrainingError) {
    var symbols: [UInt32] = []
    let bytes = parts.words.bytes.span
    for index in 0..<parts.count {
      let part = bytes.extracting(parts.words.range(index))
      symbols.removeAll(keepingCapacity: true)
      var place = 0
      while place < part.count {
        let scalar = decodeScalar(in: part, at: place)
        symbols.append(numbers[Int(scalar.value)] - 1)
        place += scalar.length
      }
      try words.append(symbols, count: parts.counts[index])
    }
  }

  /// Gives the words away.
  consuming func takeWords() -> WordArena { words }
}
