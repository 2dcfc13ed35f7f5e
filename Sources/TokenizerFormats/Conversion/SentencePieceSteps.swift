import SplitPatterns
import Tokenization

/// SentencePiece's rules in the steps that tokenizer.json has for them.
///
///     normalizer          Prepend U+2581, Replace space by U+2581
///     decoder             Replace U+2581 by space, ByteFallback, Fuse, Strip one space in front
///
/// As for Llama 2 by huggingface's library, and further: spaces that are taken away, and the surface of the
/// unknown token.
extension SentencePieceNormalizer {
  /// The steps that do the same to a text of UTF-8 without symbols of the user; with a map of characters,
  /// which huggingface's library applies by grapheme clusters, nearly the same. Nil for a space behind
  /// the text.
  func steps() -> [Normalizer]? {
    guard !addsSpaceBehind else { return nil }
    var steps: [Normalizer] = []
    if let charsmap { steps.append(.precompiled(charsmap)) }
    if removesExtraSpaces {
      guard let ends = try? SplitPattern(#"\A +| +\z"#, dialect: .oniguruma),
        let runs = try? SplitPattern(" {2,}", dialect: .oniguruma)
      else { return nil }
      steps.append(.replace(.pattern(ends), ""))
      steps.append(.replace(.pattern(runs), " "))
    }
    let mark = "\u{2581}"
    if addsDummySpace { steps.append(.prepend(escapesSpaces ? mark : " ")) }
    if escapesSpaces { steps.append(.replace(.literal(" "), mark)) }
    return steps
  }

  /// Whether ``steps()`` does the same to every text.
  var hasExactSteps: Bool { charsmap == nil && userSymbols.isEmpty && !addsSpaceBehind }
}

extension SentencePieceDecoder {
  /// The steps that do the same, but for rules of its own at the end, and a space that the surface of an
  /// unknown token at the beginning loses.
  ///
  /// - Parameter tokens: the texts of the vocabulary.
  func steps(_ model: any ModelDefinition) -> [TokenDecoder] {
    var steps: [TokenDecoder] = []
    if !unknown.isEmpty, unknownSurface != unknown, !model.neverMakesUnknown {
      steps.append(.replace(.string(unknown), content: unknownSurface))
    }
    steps.append(.replace(.string("\u{2581}"), content: " "))
    if hasBytes, model.hasByteTokens { steps.append(.byteFallback) }
    steps.append(.fuse)
    if dropsAllFirstSpaces, let first = try? SplitPattern(#"\A +"#, dialect: .oniguruma) {
      steps.append(.replace(.regex(first), content: ""))
    } else if dropsFirstSpace {
      steps.append(.strip(content: " ", start: 1, stop: 0))
    }
    return steps
  }
}

extension ModelDefinition {
  /// Whether a token is named like a byte.
  var hasByteTokens: Bool {
    let tokens = tokens
    return (0..<tokens.count).contains { place in
      tokens.range(place).count == 6 && byteToken(tokens[place]) != nil
    }
  }

  /// Whether every text has tokens: unknown characters become those of their bytes.
  var neverMakesUnknown: Bool {
    let fallsBack =
      switch self {
      case let model as CharacterPairDefinition: model.fallsBackToBytes
      case let model as UnigramDefinition: model.byteFallback
      default: false
      }
    guard fallsBack else { return false }
    let index = ByteStringIndex(tokens)
    return (0...255 as ClosedRange<UInt8>).allSatisfy { byte in
      let name = CharacterPairDefinition.nameOfByte(byte)
      return index[name.span] != nil
    }
  }
}
