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
  private let numbers: ScalarTable<UInt32>
  private let validity: SentencePieceValidity

  /// - Parameters:
  ///   - alphabet: ascending; `validity` has its characters by their places.
  ///   - beginWithMarks: words do, unless they are parts of others.
  ///   - symbolLimit: all symbols of the training will be below it.
  /// - Throws: `limit` for too many symbols, and for counts beyond 2^63.
  init(
    _ text: SentencePieceWords, alphabet: [UInt32], _ validity: SentencePieceValidity,
    beginWithMarks: Bool, symbolLimit: Int
  ) throws(TrainingError) {
    var numbers = ScalarTable<UInt32>(absent: 0)
    for (place, character) in alphabet.enumerated() { numbers[character] = UInt32(place + 1) }
    self.numbers = numbers
    self.validity = validity
    words = WordArena(capacity: text.byteCount + text.count * 2, symbolLimit: symbolLimit)
    // Words that are not cut are all different; the parts of others are counted anew.
    var parts = PartCounter()
    var symbols: [UInt32] = []
    try text.visit { (word, count) throws(TrainingError) in
      if beginWithMarks, word[0] != SentencePieceWords.spaceMark { hasRefused = true }
      symbols.removeAll(keepingCapacity: true)
      for place in word.indices {
        let number = numbers[word[place]]
        if number == 0 || !mayJoin(symbols, number) { break }
        symbols.append(number - 1)
      }
      if symbols.count == word.count {
        try words.append(symbols, count: count)
      } else {
        try cut(word, count, into: &parts)
      }
    }
    try append(parts.finish())
  }

  private func mayJoin(_ symbols: [UInt32], _ number: UInt32) -> Bool {
    symbols.last.map { validity.mayJoin($0, number - 1) } ?? true
  }

  /// Counts the parts of a word.
  private mutating func cut(
    _ word: Span<UInt32>, _ count: UInt64, into parts: inout PartCounter
  ) throws(TrainingError) {
    var part: [UInt8] = []
    var length = 0
    var last: UInt32 = 0
    for place in word.indices {
      let character = word[place]
      let number = numbers[character]
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
        symbols.append(numbers[scalar.value] - 1)
        place += scalar.length
      }
      try words.append(symbols, count: parts.counts[index])
    }
  }

  /// Gives the words away.
  consuming func takeWords() -> WordArena { words }
}
