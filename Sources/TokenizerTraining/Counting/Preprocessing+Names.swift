public import SplitPatterns
public import Tokenization
internal import TokenizerFormats
internal import UnicodeText

/// What is changed in a text before it is cut, by the names that users know.
public enum NormalizationName: String, Hashable, Sendable, CaseIterable {
  case nfc, nfd, nfkc, nfkd, lowercase
  case stripAccents = "strip-accents"
  case nmt, strip, bert
  case bertCased = "bert-cased"

  public var normalizer: Normalizer {
    switch self {
    case .nfc: .form(.nfc)
    case .nfd: .form(.nfd)
    case .nfkc: .form(.nfkc)
    case .nfkd: .form(.nfkd)
    case .lowercase: .lowercase
    case .stripAccents: .stripAccents
    case .nmt: .nmt
    case .strip: .strip(left: true, right: true)
    case .bert: .bert(Normalizer.BertOptions())
    case .bertCased: .bert(Normalizer.BertOptions(lowercases: false))
    }
  }
}

extension Preprocessing {
  /// Takes steps by their names.
  ///
  /// - Parameters:
  ///   - pattern: a known pattern, as `gpt2`, `cl100k`, `o200k`; `bert`, `whitespace`, `metaspace`, `none`
  ///     for other steps; or a regular expression.
  ///   - normalizations: done in their order.
  /// - Throws: `option` for what is no regular expression.
  public init(
    pattern: String, dialect: SplitPattern.Dialect = .oniguruma,
    normalizations: [NormalizationName] = [], isByteLevel: Bool
  ) throws(TrainingError) {
    let steps = normalizations.map(\.normalizer)
    self.init(
      normalizer: steps.count > 1 ? .sequence(steps) : steps.first,
      splitter: try Self.splitter(pattern, dialect, isByteLevel: isByteLevel),
      isByteLevel: isByteLevel)
  }

  private static func splitter(
    _ name: String, _ dialect: SplitPattern.Dialect, isByteLevel: Bool
  ) throws(TrainingError) -> Splitter {
    let byteStep: [SplitStep] =
      isByteLevel ? [.byteLevel(addsPrefixSpace: false, splits: false)] : []
    switch name {
    // The step for bytes has this pattern itself.
    case "gpt2" where isByteLevel:
      return Splitter([.byteLevel(addsPrefixSpace: false, splits: true)])
    case "metaspace":
      return Splitter(
        [.metaspace(replacement: "\u{2581}", scheme: .always, splits: true)] + byteStep)
    case "bert": return Splitter([.bert] + byteStep)
    case "whitespace": return Splitter([.whitespace] + byteStep)
    case "none": return Splitter(byteStep)
    default:
      do throws(PatternError) {
        let pattern = try SplitPattern(nameOrExpression: name, dialect: dialect)
        return Splitter([.pattern(pattern, .isolated, inverted: false)] + byteStep)
      } catch {
        throw TrainingError(.option, "\(error)", place: "pattern")
      }
    }
  }
}
