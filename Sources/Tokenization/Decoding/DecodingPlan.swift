internal import SplitPatterns

/// How a ``TokenDecoder`` is carried out.
///
/// Tokens' bytes one behind another need no more than the vocabulary. Everything else is done by
/// steps, one behind another over lists of texts, that keep no more than what later texts can change:
///
/// | decoder | what is kept |
/// |---|---|
/// | `metaspace`, `replace` with a string | what a match may begin with |
/// | `wordPiece` | what its prefix, or a string to clean up, may begin with |
/// | `bpe` | a text from its first suffix on, until the next text comes |
/// | `strip` | characters at the end that may go |
/// | `byteFallback` | bytes in a row: one that is not UTF-8 changes all of them |
/// | `sentencePiece` | what bytes in a row may be a character's; all, if it denormalizes |
/// | `byteLevel`, `ctc`, `replace` with a pattern | a text until it is whole |
///
/// `fuse` and `spaced` make one text of all: what keeps a text until it is whole keeps all behind them.
struct DecodingPlan: Sendable {
  /// The tokens' bytes, one behind another, are the result.
  let joinsBytes: Bool
  /// Texts of tokens are in the byte alphabet; the vocabulary has the bytes they stand for.
  let spellsTokens: Bool
  /// Texts that stand for tokens in the place of what the vocabulary has.
  let otherTexts: [TokenID: [UInt8]]
  /// As they are before the first text.
  let steps: [any DecodingStep]

  /// - Parameters:
  ///   - isByteLevel: the vocabulary has the bytes that its tokens' texts stand for, instead of the
  ///     texts.
  ///   - otherTexts: texts that stand for tokens in the place of what the vocabulary has.
  /// - Throws: `malformed` for a pattern that no engine takes; `limit` for a text that could grow too
  ///   much.
  init(
    _ decoder: TokenDecoder, isByteLevel: Bool, otherTexts: [TokenID: [UInt8]] = [:]
  ) throws(VocabularyError) {
    self.otherTexts = otherTexts
    var parts = decoder.parts[...]
    if otherTexts.isEmpty, parts.count == 1,
      parts.first == .bytes || isByteLevel && decoder.isByteLevel
    {
      joinsBytes = true
      spellsTokens = false
      steps = []
      return
    }
    joinsBytes = false
    if parts.first == .bytes {
      spellsTokens = false
      parts.removeFirst()
    } else {
      spellsTokens = isByteLevel
    }
    var steps: [any DecodingStep] = []
    var growth = 1
    for part in parts {
      guard let step = try Self.step(part) else { continue }
      steps.append(step)
      growth = min(growth &* part.growth, Self.growthLimit + 1)
    }
    guard growth <= Self.growthLimit else {
      throw VocabularyError(
        .limit, "a text could become more than \(Self.growthLimit) times as long", path: "decoder")
    }
    self.steps = steps
  }

  /// How many times as long texts may become. Each replacement alone does what a file may ask for;
  /// forty that double a text would fill any memory.
  private static let growthLimit = 1 << 20

  /// Nil for what changes nothing.
  private static func step(
    _ decoder: TokenDecoder
  ) throws(VocabularyError) -> (any DecodingStep)? {
    switch decoder {
    case .bytes, .sequence: nil
    case .byteLevel: ByteLevelStep()
    case .spaced: SpacingStep()
    case .metaspace(let replacement, let scheme, _):
      MetaspaceStep(replacement, removesInFirst: scheme != .never)
    case .wordPiece(let prefix, let cleansUp): WordPieceStep(prefix: prefix, cleansUp: cleansUp)
    case .bpe(let suffix): SuffixStep(suffix)
    case .ctc(let pad, let wordDelimiter, let cleansUp):
      ConnectionistStep(pad: pad, wordDelimiter: wordDelimiter, cleansUp: cleansUp)
    case .fuse: FusingStep()
    case .strip(let content, let start, let stop):
      StrippingStep(content, start: max(start, 0), stop: max(stop, 0))
    case .replace(.string(let literal), let content):
      LiteralReplacingStep(literal, content: content)
    case .replace(.regex(let pattern), let content):
      PatternReplacingStep(try matcher(pattern), content: content)
    case .byteFallback: ByteFallbackStep()
    case .sentencePiece(let options): try SentencePieceStep(options)
    }
  }

  private static func matcher(
    _ pattern: SplitPattern
  ) throws(VocabularyError) -> PatternMatcher {
    do throws(PatternError) {
      return try PatternMatcher(pattern)
    } catch {
      throw VocabularyError(.malformed, "\(error)", path: "decoder")
    }
  }
}

extension TokenDecoder {
  /// How many times as long a text may become, at most; up to some bytes for each text.
  fileprivate var growth: Int {
    switch self {
    case .replace(.string(let literal), let content) where !literal.utf8.isEmpty:
      (content.utf8.count + literal.utf8.count - 1) / literal.utf8.count + 1
    // Before each byte, behind the last, and nothing goes.
    case .replace(_, let content): 1 + 2 * min(content.utf8.count, 1 << 30)
    case .bpe(let suffix) where suffix.utf8.isEmpty: 3
    case .ctc(_, let wordDelimiter, _) where wordDelimiter.utf8.isEmpty: 3
    default: 1
    }
  }
}
