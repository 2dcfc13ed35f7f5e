internal import SplitPatterns
internal import Tok
internal import TokenizerTraining

/// What is to be trained, collected option by option.
protocol TrainerSettings {
  /// What is cut by itself where the source does not say.
  var unit: TrainingSource.Unit { get }

  /// Takes an option; false for a name that it does not have.
  ///
  /// - Throws: `option` for a value that has no meaning.
  mutating func set(_ setting: Setting) throws(CallError) -> Bool

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer

  /// How texts become words; nil for a trainer that reads more than words.
  func preprocessing() throws(TrainingError) -> Preprocessing?

  /// Whether a unit of text is read at all.
  var reads: @Sendable (Span<UInt8>) -> Bool { get }

  /// What `reads` depends on, as a text.
  var readingRules: String { get }
}

extension TrainerSettings {
  /// All are.
  var reads: @Sendable (Span<UInt8>) -> Bool { { _ in true } }

  /// Nothing.
  var readingRules: String { "" }
}

/// Whose regular expressions a pattern is written for.
enum PatternDialect: String, CaseIterable {
  case rust, oniguruma

  var dialect: SplitPattern.Dialect { self == .rust ? .rust : .oniguruma }
}

/// How texts are cut into words, where a trainer leaves that to the user.
struct CuttingSettings {
  var pattern: String
  var dialect = PatternDialect.oniguruma
  var normalizations: [NormalizationName] = []
  var isByteLevel: Bool

  init(pattern: String, normalizations: [NormalizationName] = [], isByteLevel: Bool) {
    self.pattern = pattern
    self.usualNormalizations = normalizations
    self.isByteLevel = isByteLevel
  }

  private let usualNormalizations: [NormalizationName]

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    switch setting.name {
    case "pattern": pattern = setting.text
    case "dialect": dialect = try setting.name(of: PatternDialect.self)
    case "normalize": normalizations.append(try setting.name(of: NormalizationName.self))
    default: return false
    }
    return true
  }

  func preprocessing() throws(TrainingError) -> Preprocessing {
    try Preprocessing(
      pattern: pattern, dialect: dialect.dialect,
      normalizations: normalizations.isEmpty ? usualNormalizations : normalizations,
      isByteLevel: isByteLevel)
  }
}
