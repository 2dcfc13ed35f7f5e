internal import Tok
internal import TokenizerTraining

/// `lib`
struct LessIsBetterSettings: TrainerSettings {
  /// Where learning goes on from.
  var base: TokenizerSource?
  var options = LessIsBetterOptions()

  init(_ base: TokenizerSource?) { self.base = base }

  var unit: TrainingSource.Unit { .bareLine }

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    switch setting.name {
    // These two set all others, and come first.
    case "variant":
      options = LessIsBetterOptions(try setting.name(of: LessIsBetterOptions.Variant.self))
    case "published":
      options =
        try setting.boolean() ? .published(options.variant) : LessIsBetterOptions(options.variant)
    case "vocab_size": options.vocabularySize = try setting.integer()
    case "documents": options.documentCount = try setting.integer()
    case "memorizing_rate": options.memorizingRate = try setting.number()
    case "forgetting_rate": options.forgettingRate = try setting.number()
    case "update_rate": options.updateRate = try setting.number()
    case "life": options.life = try setting.integer()
    case "max_token_length": options.maximumCharacterCount = try setting.integer()
    case "max_gap": options.maximumGap = try setting.integer()
    case "inspect_context": options.inspectsContext = try setting.boolean()
    case "seed": options.seed = try setting.count()
    case "keep_characters": options.keepsCharacters = try setting.boolean()
    case "byte_fallback": options.byteFallback = try setting.boolean()
    case "unk_token": options.unknownToken = setting.text
    case "reading_limit": options.readingCharacterLimit = try setting.integer()
    case "skip_lone_units": options.skipsLoneUnits = try setting.boolean()
    default: return false
    }
    return true
  }

  func preprocessing() throws(TrainingError) -> Preprocessing? { nil }

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    if let base {
      return try LessIsBetterTrainer(options, extending: base).train(on: sources, run)
    }
    return try LessIsBetterTrainer(options).train(on: sources, run)
  }
}
