import SplitPatterns

@testable import Tokenization

/// A splitter that a scanner of our own carries out, and the same as steps of the general engine.
enum KnownSplitter: String, CaseIterable, CustomStringConvertible, Sendable {
  case gpt2, gpt2ByteLevel, r50k, cl100k, cl100kPossessive, llama3, qwen2, qwen36, o200k, deepSeek
  case smolLM

  var description: String { rawValue }

  private static let letters = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+"#
  private static let gpt2Source = letters + #"| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
  private static let ending = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)"#
  private static let space = #"\s*[\r\n]+|\s+(?!\S)|\s+"#

  private var source: String {
    let (ending, space) = (Self.ending, Self.space)
    let upper = #"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#
    let lower = #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#
    return switch self {
    case .gpt2, .gpt2ByteLevel, .smolLM: Self.gpt2Source
    case .r50k:
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#
    case .cl100kPossessive:
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"#
        + #"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#
    case .cl100k:
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*"#
        + #"|\s*[\r\n]|\s+(?!\S)|\s+"#
    case .llama3:
      #"\#(ending)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\#(space)"#
    case .qwen2:
      #"\#(ending)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\#(space)"#
    case .qwen36:
      #"\#(ending)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\#(space)"#
    case .o200k:
      #"[^\r\n\p{L}\p{N}]?\#(upper)*\#(lower)+\#(ending)?|[^\r\n\p{L}\p{N}]?\#(upper)+\#(lower)*"#
        + #"\#(ending)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\#(space)"#
    case .deepSeek:
      ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"##
        + #"| ?[\p{P}\p{S}]+[\r\n]*|\#(space)"#
    }
  }

  private var dialect: SplitPattern.Dialect {
    switch self {
    case .r50k, .cl100k, .cl100kPossessive: .rust
    default: .oniguruma
    }
  }

  private func patterns() throws -> [SplitPattern] {
    let last = try SplitPattern(source, dialect: dialect)
    guard self == .deepSeek else { return [last] }
    return [
      try SplitPattern(#"\p{N}{1,3}"#, dialect: .oniguruma),
      try SplitPattern(
        "[\u{4E00}-\u{9FA5}\u{3040}-\u{309F}\u{30A0}-\u{30FF}]+", dialect: .oniguruma),
      last,
    ]
  }

  /// As files have it.
  func splitter() throws -> Splitter {
    let alphabet = SplitStep.byteLevel(addsPrefixSpace: false, splits: false)
    switch self {
    case .gpt2ByteLevel: return Splitter([.byteLevel(addsPrefixSpace: false, splits: true)])
    case .smolLM:
      return Splitter([
        .digits(individually: true), .byteLevel(addsPrefixSpace: false, splits: true),
      ])
    case .r50k, .cl100k, .cl100kPossessive:
      return Splitter([.pattern(try patterns()[0], .removed, inverted: true), alphabet])
    default:
      return Splitter(
        try patterns().map { SplitStep.pattern($0, .isolated, inverted: false) } + [alphabet])
    }
  }

  /// The same steps by patterns alone.
  func general() throws -> GeneralSplitter {
    var steps = try patterns().map { SplitStep.pattern($0, .isolated, inverted: false) }
    if self == .smolLM { steps.insert(.digits(individually: true), at: 0) }
    return try GeneralSplitter(steps)
  }
}

extension SplitPlan {
  /// The pretokens of `text`.
  func ranges(of text: [UInt8]) throws -> [Range<Int>] {
    switch self {
    case .gpt2(let scanner): return Self.ranges(of: text, by: scanner)
    case .cl100k(let scanner): return Self.ranges(of: text, by: scanner)
    case .o200k(let scanner): return Self.ranges(of: text, by: scanner)
    case .deepSeek(let scanner): return Self.ranges(of: text, by: scanner)
    case .wordStarts(let scanner): return Self.ranges(of: text, by: scanner)
    case .bert(let scanner): return Self.words(of: text, by: scanner)
    case .wordRuns(let scanner): return Self.words(of: text, by: scanner)
    case .whiteSpace(let scanner): return Self.words(of: text, by: scanner)
    case .markedWords(let scanner): return Self.words(of: text, by: scanner)
    case .metaspace(let scanner, _): return Self.words(of: text, by: scanner)
    case .general(let splitter): return try splitter.ranges(of: text)
    }
  }

  private static func words(of text: [UInt8], by scanner: some WordScanner) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var position = 0
    // Filled again and again, so that windows begin in many places.
    var block = [Range<Int>](repeating: 0..<0, count: 7)
    while position < text.count {
      var room = block.mutableSpan
      let count = scanner.fill(&room, in: text.span, from: &position)
      words += block[..<count]
    }
    return words
  }

  private static func ranges(
    of text: [UInt8], by scanner: some PretokenScanner
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    // Filled again and again, so that windows begin in many places.
    var ends = [Int](repeating: 0, count: 50)
    while start < text.count {
      var room = ends.mutableSpan
      let count = scanner.fill(&room, in: text.span, from: start)
      for end in ends[..<count] {
        // The windows may not change what the scanner says without them.
        guard end > start, end == scanner.end(of: start, in: text.span) else {
          return ranges + [start..<start]
        }
        ranges.append(start..<end)
        start = end
      }
    }
    return ranges
  }
}

extension GeneralSplitter {
  func ranges(of text: [UInt8]) throws -> [Range<Int>] {
    var pretokens = Pretokens()
    try split(
      text.span, startCount: min(1, text.count), wantsEdits: true, into: &pretokens)
    return pretokens.ranges.map { pretokens.original($0) }
  }
}
