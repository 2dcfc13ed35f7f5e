internal import SplitPatterns
internal import Tok
internal import TokenizerFormats
internal import TokenizerTraining

/// `boundless`
struct BoundlessSettings: TrainerSettings {
  var options = BoundlessOptions()
  /// Patterns are read when their dialect is known.
  var pattern: String?
  var joinPattern: String?
  var dialect = PatternDialect.oniguruma

  enum Compatibility: String, CaseIterable {
    case none, authors
  }

  var unit: TrainingSource.Unit { .line }

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    switch setting.name {
    case "vocab_size": options.vocabularySize = try setting.integer()
    case "tau": options.threshold = try setting.number()
    case "min_frequency": options.minimumFrequency = try setting.count()
    case "special_tokens": options.specialTokens.append(setting.text)
    case "pattern": pattern = setting.text
    case "join_pattern": joinPattern = setting.text
    case "dialect": dialect = try setting.name(of: PatternDialect.self)
    case "compatibility":
      options.compatibility =
        try setting.name(of: Compatibility.self) == .authors ? .authors : .none
    default: return false
    }
    return true
  }

  private func trainer() throws(TrainingError) -> BoundlessTrainer {
    var options = options
    options.pattern = try read(pattern, "pattern")
    options.joinedPattern = try read(joinPattern, "join_pattern")
    return try BoundlessTrainer(options)
  }

  private func read(
    _ text: String?, _ name: String
  ) throws(TrainingError) -> SplitPattern? {
    guard let text else { return nil }
    do throws(PatternError) {
      return try SplitPattern(nameOrExpression: text, dialect: dialect.dialect)
    } catch { throw TrainingError(.option, "\(error)", place: name) }
  }

  func preprocessing() throws(TrainingError) -> Preprocessing? { try trainer().preprocessing }

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    try trainer().train(on: sources, run)
  }
}
