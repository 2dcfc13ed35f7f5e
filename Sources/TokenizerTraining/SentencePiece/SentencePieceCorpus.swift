internal import SplitPatterns
internal import Tokenization
internal import UnicodeText

/// The words of a text as code points, as sentencepiece's trainers see them: cut at U+2581, with a boundary
/// for each reserved token and each delimiter.
struct SentencePieceCorpus {
  /// All words, one behind another.
  private(set) var characters: [UInt32] = []
  /// Where each ends in ``characters``.
  private(set) var ends: [Int] = []
  private(set) var counts: [UInt64] = []
  /// What becomes a boundary behind reserved tokens; empty for nothing.
  private var delimiter: [UInt32] = []

  /// What stands for a reserved token, since version 0.2.3; no token has it.
  static let boundary: UInt32 = 0x1F
  static let spaceMark: UInt32 = 0x2581

  /// - Complexity: O(*n*) in the bytes of the words, unless many begin as reserved tokens do.
  init(
    _ words: WordCounts, _ options: SentencePieceTrainingOptions,
    _ reserved: SentencePieceReserved
  ) {
    let matcher = reserved.matcher
    delimiter = options.pretokenizationDelimiter.unicodeScalars.map(\.value)
    let bytes = words.words.bytes.span
    characters.reserveCapacity(bytes.count)
    var marked: [UInt8] = []
    for index in 0..<words.count {
      let word = bytes.extracting(words.words.range(index))
      let count = words.counts[index]
      guard word.indices.contains(where: { word[$0] == 0x20 }) else {
        append(word, count, matcher, options)
        continue
      }
      marked.removeAll(keepingCapacity: true)
      for place in word.indices {
        if word[place] == 0x20 {
          SpaceMark.append(to: &marked)
        } else {
          marked.append(word[place])
        }
      }
      append(marked.span, count, matcher, options)
    }
  }

  /// Words in which a space is a space.
  ///
  /// - Parameter matcher: finds what becomes a boundary.
  /// - Complexity: as above.
  init(
    asTheyAre words: WordCounts, _ options: SentencePieceTrainingOptions,
    cutAt matcher: SentencePieceReserved.Matcher
  ) {
    let bytes = words.words.bytes.span
    for index in 0..<words.count {
      append(bytes.extracting(words.words.range(index)), words.counts[index], matcher, options)
    }
  }

  private mutating func append(
    _ word: Span<UInt8>, _ count: UInt64, _ matcher: SentencePieceReserved.Matcher,
    _ options: SentencePieceTrainingOptions
  ) {
    let start = characters.count
    var place = 0
    while place < word.count {
      if let end = matcher.end(in: word, at: place) {
        characters.append(Self.boundary)
        place = end
        continue
      }
      let scalar = decodeScalar(in: word, at: place)
      characters.append(scalar.isValid ? scalar.value : 0xFFFD)
      place += scalar.length
    }
    if !delimiter.isEmpty { cutAtDelimiters(from: start) }
    close(from: start, options, count)
  }

  /// Makes boundaries of the delimiters in what was added since `start`, from the left.
  private mutating func cutAtDelimiters(from start: Int) {
    var (place, kept) = (start, start)
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

  /// Cuts what was added since `start` into words.
  private mutating func close(
    from start: Int, _ options: SentencePieceTrainingOptions, _ count: UInt64
  ) {
    if options.splitByWhitespace {
      for place in start..<characters.count where place > start {
        let (before, here) = (characters[place - 1], characters[place])
        let isCut =
          options.treatWhitespaceAsSuffix
          ? before == Self.spaceMark
            && !(options.allowWhitespaceOnlyPieces && here == Self.spaceMark)
          : here == Self.spaceMark
            && !(options.allowWhitespaceOnlyPieces && before == Self.spaceMark)
        if isCut { end(at: place, count) }
      }
    }
    if characters.count > start { end(at: characters.count, count) }
  }

  private mutating func end(at place: Int, _ count: UInt64) {
    ends.append(place)
    counts.append(count)
  }

  var count: Int { ends.count }

  /// Where word `index` lies in ``characters``.
  func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
