internal import SplitPatterns

/// What files of SentencePiece's family say in several ways: spaces become U+2581, which is put before
/// the text as well. With a model that works on words of its own accord this needs no text written anew,
/// only its words.
///
/// Used where no added token is looked for in the normalised text.
struct SpacedWordPlan: Sendable {
  /// When a mark is put before a text.
  enum Prefix: Hashable, Sendable {
    case always
    case never
    /// As the step `Metaspace`: not before a space or a mark.
    case metaspace(MetaspaceScheme)
  }

  let scanner: SpacedWordScanner
  let prefix: Prefix

  /// Nil for pipelines that say something else.
  init?(_ normalizer: Normalizer?, _ splitter: Splitter, joins: ByteJoins?) {
    if splitter.steps.isEmpty {
      switch normalizer {
      case .sequence([.prepend(Self.mark), Self.replacement]),
        .sequence([Self.replacement, .prepend(Self.mark)]):
        self.init(.always, repairs: false, joins)
      case Self.replacement:
        self.init(.never, repairs: false, joins)
      case .sentencePiece(let options):
        let plain = SentencePieceNormalizer(
          addsDummySpace: options.addsDummySpace, removesExtraSpaces: false)
        guard options == plain else { return nil }
        self.init(options.addsDummySpace ? .always : .never, repairs: true, joins)
      default: return nil
      }
      return
    }
    guard normalizer == nil, splitter.steps.count == 1,
      case .metaspace(let mark, let scheme, splits: false) = splitter.steps[0],
      mark.value == SpaceMark.value
    else { return nil }
    self.init(.metaspace(scheme), repairs: false, joins)
  }

  private init(_ prefix: Prefix, repairs: Bool, _ joins: ByteJoins?) {
    self.prefix = prefix
    scanner = SpacedWordScanner(repairs: repairs, joins: joins)
  }

  private static let mark = "\u{2581}"
  private static let replacement = Normalizer.replace(.literal(" "), mark)

  /// Whether a mark is put before `text`, which is not empty.
  func wantsMark(before text: Span<UInt8>, _ map: RangeMap) -> Bool {
    switch prefix {
    case .always: return true
    case .never: return false
    case .metaspace(let scheme):
      if text[0] == 0x20 || SpaceMark.stands(in: text, at: 0) { return false }
      return switch scheme {
      case .always: true
      case .first: map.startCount(of: text.count) > 0
      case .never: false
      }
    }
  }
}
