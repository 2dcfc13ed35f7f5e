internal import SplitPatterns
internal import Tokenization
internal import UnicodeText

/// The words of a text as code points, as sentencepiece's trainers see them: cut at U+2581, with a boundary
/// for each reserved token and each delimiter.
struct SentencePieceWords {
  let words: WordCounts
  private let options: SentencePieceTrainingOptions
  private let matcher: SentencePieceReserved.Matcher
  /// What becomes a boundary behind reserved tokens; empty for nothing.
  private let delimiter: [UInt32]
  /// A space stands for U+2581.
  private let spacesAreMarks: Bool

  /// What stands for a reserved token, since version 0.2.3; no token has it.
  static let boundary: UInt32 = 0x1F
  static let spaceMark: UInt32 = 0x2581

  init(
    _ words: WordCounts, _ options: SentencePieceTrainingOptions,
    _ reserved: SentencePieceReserved
  ) {
    self.words = words
    self.options = options
    matcher = reserved.matcher
    delimiter = options.pretokenizationDelimiter.unicodeScalars.map(\.value)
    spacesAreMarks = true
  }

  /// Words in which a space is a space.
  ///
  /// - Parameter matcher: finds what becomes a boundary.
  init(
    asTheyAre words: WordCounts, _ options: SentencePieceTrainingOptions,
    cutAt matcher: SentencePieceReserved.Matcher
  ) {
    self.words = words
    self.options = options
    self.matcher = matcher
    delimiter = []
    spacesAreMarks = false
  }

  /// How many words there are at least, before they are cut.
  var count: Int { words.count }
  /// At least as many as they have characters.
  var byteCount: Int { words.words.bytes.count }

  /// Gives each word with its count to `body`, in the order of their bytes.
  ///
  /// - Complexity: O(*n*) in the bytes of the words, unless many begin as reserved tokens do.
  func visit(
    _ body: (Span<UInt32>, UInt64) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    let bytes = words.words.bytes.span
    var marked: [UInt8] = []
    var characters: [UInt32] = []
    for index in 0..<words.count {
      let word = bytes.extracting(words.words.range(index))
      characters.removeAll(keepingCapacity: true)
      if spacesAreMarks, matcher.hasSpaces, word.indices.contains(where: { word[$0] == 0x20 }) {
        marked.removeAll(keepingCapacity: true)
        for place in word.indices {
          if word[place] == 0x20 {
            SpaceMark.append(to: &marked)
          } else {
            marked.append(word[place])
          }
        }
        append(marked.span, to: &characters)
      } else {
        append(word, to: &characters)
      }
      if !delimiter.isEmpty { cutAtDelimiters(&characters) }
      try cut(characters.span, words.counts[index], body)
    }
  }

  private func append(_ word: Span<UInt8>, to characters: inout [UInt32]) {
    var place = 0
    while place < word.count {
      if let end = matcher.end(in: word, at: place) {
        characters.append(Self.boundary)
        place = end
      } else if word[place] < 0x80 {
        let isMark = spacesAreMarks && word[place] == 0x20
        characters.append(isMark ? Self.spaceMark : UInt32(word[place]))
        place += 1
      } else {
        let scalar = decodeScalar(in: word, at: place)
        characters.append(scalar.isValid ? scalar.value : 0xFFFD)
        place += scalar.length
      }
    }
  }

  /// Makes boundaries of the delimiters, from the left.
  private func cutAtDelimiters(_ characters: inout [UInt32]) {
    var (place, kept) = (0, 0)
    while place < characters.count {
      if characters[place...].starts(with: delimiter) {
        characters[kept] = Self.boundary
        place += delimiter.count
      } else {
        characters[kept] = characters[place]
        place += 1
      }
      kept += 1
    }
    characters.removeLast(characters.count - kept)
  }

  /// Gives the words to `body` that `characters` are.
  private func cut(
    _ characters: Span<UInt32>, _ count: UInt64,
    _ body: (Span<UInt32>, UInt64) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    var start = 0
    if options.splitByWhitespace {
      for place in 0..<characters.count where place > 0 {
        let (before, here) = (characters[place - 1], characters[place])
        let isCut =
          options.treatWhitespaceAsSuffix
          ? before == Self.spaceMark
            && !(options.allowWhitespaceOnlyPieces && here == Self.spaceMark)
          : here == Self.spaceMark
            && !(options.allowWhitespaceOnlyPieces && before == Self.spaceMark)
        if isCut {
          try body(characters.extracting(start..<place), count)
          start = place
        }
      }
    }
    if start < characters.count { try body(characters.extracting(start...), count) }
  }
}
