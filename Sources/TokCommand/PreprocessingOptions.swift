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
      """, valueName: "name"),
    transform: { name in
      guard let normalization = NormalizationName(rawValue: name) else {
        let names = NormalizationName.allCases.map(\.rawValue)
        throw ValidationError("no `\(name)`: there are \(names.joined(separator: ", "))")
      }
      return normalization
    })
  var normalize: [NormalizationName] = []

  /// - Parameters:
  ///   - pattern: what cuts where the user does not say.
  ///   - normalize: what is changed where the user does not say.
  func preprocessing(
    isByteLevel: Bool, pattern: String, normalize: [NormalizationName] = []
  ) throws -> Preprocessing {
    do {
      return try Preprocessing(
        pattern: self.pattern ?? pattern, dialect: dialect == .rust ? .rust : .oniguruma,
        normalizations: self.normalize.isEmpty ? normalize : self.normalize,
        isByteLevel: isByteLevel)
    } catch {
      throw Failure(usage: "--\(error)")
    }
  }
}

extension PatternDialect {
  /// A known pattern by its name, or a regular expression.
  func pattern(_ text: String, option: String) throws -> SplitPattern {
    do {
      return try SplitPattern(nameOrExpression: text, dialect: self == .rust ? .rust : .oniguruma)
    } catch {
      throw Failure(usage: "\(option): \(error)")
    }
  }
}
