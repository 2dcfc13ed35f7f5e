import ArgumentParser
import Tok
import TokenizerTraining

/// How texts become words, in training.
struct PreprocessingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What cuts text into words: a regular expression, or the name of a known one (gpt2, cl100k, \
      o200k, llama3, qwen2, qwen3.5, kimi) or of other steps (bert, whitespace, metaspace, none).
      """, valueName: "name|regex"))
  var pattern: String?

  @Option(help: "Whose regular expressions --pattern is written for.")
  var dialect: PatternDialect = .oniguruma

  @Option(
    help: ArgumentHelp(
      """
      What is changed in a text before; several are done in their order: nfc, nfd, nfkc, nfkd, \
      lowercase, strip-accents, nmt, strip, bert, bert-cased.
      """, valueName: "name"))
  var normalize: [NormalizationName] = []

  enum NormalizationName: String, ExpressibleByArgument, CaseIterable {
    case nfc, nfd, nfkc, nfkd, lowercase
    case stripAccents = "strip-accents"
    case nmt, strip, bert
    case bertCased = "bert-cased"

    var normalizer: Normalizer {
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

  /// - Parameters:
  ///   - pattern: what cuts where the user does not say.
  ///   - normalize: what is changed where the user does not say.
  func preprocessing(
    isByteLevel: Bool, pattern: String, normalize: [NormalizationName] = []
  ) throws -> Preprocessing {
    let steps = (self.normalize.isEmpty ? normalize : self.normalize).map(\.normalizer)
    return Preprocessing(
      normalizer: steps.count > 1 ? .sequence(steps) : steps.first,
      splitter: try splitter(self.pattern ?? pattern, isByteLevel: isByteLevel),
      isByteLevel: isByteLevel)
  }

  private func splitter(_ name: String, isByteLevel: Bool) throws -> Splitter {
    switch name {
    // The step for bytes has this pattern itself.
    case "gpt2" where isByteLevel:
      return Splitter([.byteLevel(addsPrefixSpace: false, splits: true)])
    case "metaspace":
      return Splitter(
        [.metaspace(replacement: "\u{2581}", scheme: .always, splits: true)]
          + byteStep(isByteLevel))
    case "bert": return Splitter([.bert] + byteStep(isByteLevel))
    case "whitespace": return Splitter([.whitespace] + byteStep(isByteLevel))
    case "none": return Splitter(byteStep(isByteLevel))
    default:
      return Splitter(
        [.pattern(try dialect.pattern(name, option: "--pattern"), .isolated, inverted: false)]
          + byteStep(isByteLevel))
    }
  }

  private func byteStep(_ isByteLevel: Bool) -> [SplitStep] {
    isByteLevel ? [.byteLevel(addsPrefixSpace: false, splits: false)] : []
  }
}

extension PatternDialect {
  /// A known pattern by its name, or a regular expression.
  func pattern(_ name: String, option: String) throws -> SplitPattern {
    if let pattern = SplitPattern(name: name) { return pattern }
    do {
      return try SplitPattern(name, dialect: self == .rust ? .rust : .oniguruma)
    } catch {
      throw Failure(usage: "\(option): \(error)")
    }
  }
}
