package import SplitPatterns
internal import UnicodeText

/// Normaliser and splitter alone, for who wants a text's pretokens and no ids.
package struct Pretokenizer: Sendable {
  private let normalization: NormalizationPlan
  private let split: SplitPlan
  private let addsPrefixSpace: Bool
  private let spacedWords: SpacedWordScanner?

  /// What one thread works with, reused from text to text.
  package struct Scratch {
    fileprivate var normalized: [UInt8] = []
    fileprivate var prefixed: [UInt8] = []
    fileprivate var pretokens = Pretokens()
    fileprivate var ends = [Int](repeating: 0, count: blockCount)
    fileprivate var words = [Range<Int>](repeating: 0..<0, count: blockCount)
    fileprivate var rewritten: [UInt8] = []

    package init() {}
  }

  private static let blockCount = 256

  /// - Parameters:
  ///   - isByteLevel: the step `byteLevel` leaves bytes as they are.
  ///   - cutsAtSpaceMarks: without any step, pretokens begin at runs of U+2581.
  /// - Throws: as ``Tokenizer/init(_:)``.
  package init(
    normalizer: Normalizer?, splitter: Splitter, isByteLevel: Bool, cutsAtSpaceMarks: Bool
  ) throws(VocabularyError) {
    normalization = try NormalizationPlan(normalizer)
    split = try SplitPlan(
      splitter, mapsBytes: !isByteLevel, allowsWordCuts: cutsAtSpaceMarks)
    addsPrefixSpace = split.needsPrefixSpace(splitter)
    spacedWords = nil
  }

  /// Words of SentencePiece's family, which begin at runs of U+2581, with spaces that would become U+2581
  /// left as they are, and cut also where no neighbours are among `joins`.
  ///
  /// - Throws: as ``Tokenizer/init(_:)``.
  package init(
    leavingSpaces normalizer: SentencePieceNormalizer, joins: ByteJoins
  ) throws(VocabularyError) {
    normalization = try NormalizationPlan(leavingSpaces: normalizer)
    split = .wordStarts(WordStartScanner())
    addsPrefixSpace = false
    spacedWords = SpacedWordScanner(repairs: false, joins: joins)
  }

  /// Whether a text may be cut where ``isSafeCut(_:before:)`` says, and its parts be given one by one.
  package var allowsCuts: Bool {
    normalization.allowsCuts && split.allowsCuts && !addsPrefixSpace
  }

  /// Gives the pretokens of `text` to `body`, many at a time, as ranges of the bytes that come with
  /// them; of the ranges only the first `count` are meant, and some may be empty.
  ///
  /// - Throws: `patternLimit`, with the place in `text`.
  /// - Complexity: O(*n*) but for patterns.
  package func forEachBlock(
    of text: Span<UInt8>, using scratch: inout Scratch,
    _ body: (_ bytes: Span<UInt8>, _ ranges: Span<Range<Int>>) -> Void
  ) throws(EncodingError) {
    guard !normalization.isEmpty else {
      return try cut(text, edits: nil, using: &scratch, body)
    }
    var normalized: [UInt8] = []
    swap(&normalized, &scratch.normalized)
    defer { swap(&normalized, &scratch.normalized) }
    var edits = split.mayFail || normalization.mayFail ? TextEdits() : nil
    if try normalization.normalize(text, into: &normalized, edits: &edits) {
      try cut(normalized.span, edits: edits, using: &scratch, body)
    } else {
      try cut(text, edits: nil, using: &scratch, body)
    }
  }

  private func cut(
    _ text: Span<UInt8>, edits: TextEdits?, using scratch: inout Scratch,
    _ body: (Span<UInt8>, Span<Range<Int>>) -> Void
  ) throws(EncodingError) {
    guard addsPrefixSpace, text.count > 0, text[0] != 0x20 else {
      return try cutPlain(text, edits: edits, using: &scratch, body)
    }
    var prefixed: [UInt8] = []
    swap(&prefixed, &scratch.prefixed)
    defer { swap(&prefixed, &scratch.prefixed) }
    prefixed.removeAll(keepingCapacity: true)
    prefixed.append(0x20)
    prefixed.append(contentsOf: text)
    try cutPlain(prefixed.span, edits: edits, using: &scratch, body)
  }

  private func cutPlain(
    _ text: Span<UInt8>, edits: TextEdits?, using scratch: inout Scratch,
    _ body: (Span<UInt8>, Span<Range<Int>>) -> Void
  ) throws(EncodingError) {
    if let spacedWords {
      return scanWords(text, by: spacedWords, rewrites: false, using: &scratch, body)
    }
    switch split {
    case .gpt2(let scanner): scan(text, by: scanner, using: &scratch, body)
    case .cl100k(let scanner): scan(text, by: scanner, using: &scratch, body)
    case .o200k(let scanner): scan(text, by: scanner, using: &scratch, body)
    case .deepSeek(let scanner): scan(text, by: scanner, using: &scratch, body)
    case .wordStarts(let scanner): scan(text, by: scanner, using: &scratch, body)
    case .bert(let scanner): scanWords(text, by: scanner, using: &scratch, body)
    case .wordRuns(let scanner): scanWords(text, by: scanner, using: &scratch, body)
    case .whiteSpace(let scanner): scanWords(text, by: scanner, using: &scratch, body)
    case .markedWords(let scanner): scanWords(text, by: scanner, using: &scratch, body)
    case .metaspace(let scanner, let scheme):
      scanMetaspace(text, by: scanner, scheme, using: &scratch, body)
    case .general(let splitter):
      try cut(text, by: splitter, edits: edits, using: &scratch, body)
    }
  }

  private func scan(
    _ text: Span<UInt8>, by scanner: some PretokenScanner, using scratch: inout Scratch,
    _ body: (Span<UInt8>, Span<Range<Int>>) -> Void
  ) {
    var start = 0
    while start < text.count {
      var ends = scratch.ends.mutableSpan
      let count = scanner.fill(&ends, in: text, from: start)
      for index in 0..<count {
        let end = scratch.ends[index]
        scratch.words[index] = start..<end
        start = end
      }
      body(text, scratch.words.span.extracting(first: count))
    }
  }

  private func scanWords<Scanner: WordScanner>(
    _ text: Span<UInt8>, by scanner: Scanner, from start: Int = 0,
    rewrites: Bool = Scanner.rewrites,
    using scratch: inout Scratch, _ body: (Span<UInt8>, Span<Range<Int>>) -> Void
  ) {
    var position = start
    while position < text.count {
      var words = scratch.words.mutableSpan
      let count = scanner.fill(&words, in: text, from: &position)
      if rewrites {
        scratch.rewritten.removeAll(keepingCapacity: true)
        for index in 0..<count {
          append(text.extracting(scratch.words[index]), by: scanner, at: index, to: &scratch)
        }
        body(scratch.rewritten.span, scratch.words.span.extracting(first: count))
      } else {
        body(text, scratch.words.span.extracting(first: count))
      }
    }
  }

  /// The first word has a mark put before it, as the scheme says.
  private func scanMetaspace(
    _ text: Span<UInt8>, by scanner: MetaspaceScanner, _ scheme: MetaspaceScheme,
    using scratch: inout Scratch, _ body: (Span<UInt8>, Span<Range<Int>>) -> Void
  ) {
    guard text.count > 0 else { return }
    var end = 0
    if scheme != .never, text[0] != 0x20, !SpaceMark.stands(in: text, at: 0) {
      end = scanner.endOfFirstWord(in: text)
      scratch.rewritten.removeAll(keepingCapacity: true)
      SpaceMark.append(to: &scratch.rewritten)
      append(text.extracting(0..<end), by: scanner, at: 0, to: &scratch)
      scratch.words[0] = 0..<scratch.rewritten.count
      body(scratch.rewritten.span, scratch.words.span.extracting(first: 1))
    }
    scanWords(text, by: scanner, from: end, using: &scratch, body)
  }

  /// Rewrites a word as the model sees it, and notes where it lies.
  private func append(
    _ word: Span<UInt8>, by scanner: some WordScanner, at index: Int, to scratch: inout Scratch
  ) {
    let start = scratch.rewritten.count
    var edits: TextEdits?
    scanner.append(word, to: &scratch.rewritten, edits: &edits)
    scratch.words[index] = start..<scratch.rewritten.count
  }

  private func cut(
    _ text: Span<UInt8>, by splitter: GeneralSplitter, edits: TextEdits?,
    using scratch: inout Scratch, _ body: (Span<UInt8>, Span<Range<Int>>) -> Void
  ) throws(EncodingError) {
    do {
      try splitter.split(
        text, startCount: text.count, wantsEdits: false, into: &scratch.pretokens)
    } catch {
      var placed = error
      if let edits { placed.range = edits.originalRange(of: error.range) }
      throw placed
    }
    if scratch.pretokens.isRewritten {
      body(scratch.pretokens.rewritten.span, scratch.pretokens.ranges.span)
    } else {
      body(text, scratch.pretokens.ranges.span)
    }
  }
}
