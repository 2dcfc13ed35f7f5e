internal import Tok
internal import TokenizerTraining

/// The options that all trainers of pairs have, by the names of huggingface's trainers.
private func setPairs(
  _ options: inout BPETrainer.Options, _ cutting: inout CuttingSettings, _ setting: Setting
) throws(CallError) -> Bool {
  if try cutting.set(setting) { return true }
  switch setting.name {
  case "vocab_size": options.vocabularySize = try setting.integer()
  case "min_frequency": options.minimumFrequency = try setting.count()
  case "special_tokens": options.specialTokens.append(setting.text)
  case "unk_token": options.unknownToken = setting.text
  case "initial_alphabet":
    switch setting.text {
    case "bytes": options.initialAlphabet = .byteLevel
    case "none": options.initialAlphabet = .none
    default: options.initialAlphabet = .characters(Array(setting.text.unicodeScalars))
    }
  case "limit_alphabet": options.limitAlphabet = try setting.integer()
  case "character_coverage": options.characterCoverage = try setting.number()
  case "continuing_subword_prefix": options.continuingSubwordPrefix = setting.text
  case "end_of_word_suffix": options.endOfWordSuffix = setting.text
  case "max_token_length": options.maximumTokenLength = try setting.integer()
  case "required_tokens": options.requiredTokens.append(setting.text)
  default: return false
  }
  return true
}

/// `bpe`
struct BPESettings: TrainerSettings {
  var options = BPETrainer.Options()
  var cutting = CuttingSettings(pattern: "", isByteLevel: true)
  var pickyThreshold: Double?
  private var hasAlphabet = false

  var unit: TrainingSource.Unit { .line }

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    switch setting.name {
    case "characters": cutting.isByteLevel = !(try setting.boolean())
    case "compatibility":
      options.compatibility = try setting.name(of: BPETrainer.Compatibility.self)
    case "picky_threshold": pickyThreshold = try setting.number()
    default:
      if setting.name == "initial_alphabet" { hasAlphabet = true }
      return try setPairs(&options, &cutting, setting)
    }
    return true
  }

  func preprocessing() throws(TrainingError) -> Preprocessing? { try cut() }

  private func cut() throws(TrainingError) -> Preprocessing {
    var cutting = cutting
    if cutting.pattern.isEmpty { cutting.pattern = cutting.isByteLevel ? "gpt2" : "metaspace" }
    return try cutting.preprocessing()
  }

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    var options = options
    if !hasAlphabet, cutting.isByteLevel { options.initialAlphabet = .byteLevel }
    if let pickyThreshold {
      return try PickyBPETrainer(options, threshold: pickyThreshold, cut()).train(on: sources, run)
    }
    return try BPETrainer(options, cut()).train(on: sources, run)
  }
}

/// `wordpiece`
struct WordPieceSettings: TrainerSettings {
  var options = BPETrainer.Options()
  var cutting = CuttingSettings(pattern: "bert", normalizations: [.bert], isByteLevel: false)
  var score = Score.counts

  enum Score: String, CaseIterable {
    case counts, likelihood
  }

  init() {
    options.unknownToken = "[UNK]"
    options.continuingSubwordPrefix = "##"
  }

  var unit: TrainingSource.Unit { .line }

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    if setting.name == "score" {
      score = try setting.name(of: Score.self)
      return true
    }
    return try setPairs(&options, &cutting, setting)
  }

  func preprocessing() throws(TrainingError) -> Preprocessing? { try cutting.preprocessing() }

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    var options = options
    if options.specialTokens.isEmpty {
      options.specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    }
    let trainer = try WordPieceTrainer(
      options, score: score == .counts ? .counts : .likelihood, cutting.preprocessing())
    return try trainer.train(on: sources, run)
  }
}

/// `superbpe`
struct SuperBPESettings: TrainerSettings {
  var options = SuperBPEOptions()

  var unit: TrainingSource.Unit { .line }

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    switch setting.name {
    case "vocab_size": options.vocabularySize = try setting.integer()
    case "word_merges": options.wordMerges = try setting.integer()
    case "min_frequency": options.minimumFrequency = try setting.count()
    case "word_limit":
      let limit = try setting.integer()
      options.wordLimit = limit == 0 ? nil : limit
    case "keep_colons_out": options.keepsColonsOut = try setting.boolean()
    case "special_tokens": options.specialTokens.append(setting.text)
    case "word_pattern": options.wordPattern = setting.text
    case "chunk_pattern": options.chunkPattern = setting.text
    case "chunk_length": options.chunkLength = try setting.integer()
    default: return false
    }
    return true
  }

  func preprocessing() throws(TrainingError) -> Preprocessing? {
    try SuperBPETrainer(options).preprocessing
  }

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    try SuperBPETrainer(options).train(on: sources, run)
  }
}

/// `extend`
struct ExtendingSettings: TrainerSettings {
  var base: TokenizerSource
  var vocabularySize = 0
  var minimumFrequency: UInt64 = 0
  var maximumTokenLength: Int?

  init(_ base: TokenizerSource) { self.base = base }

  // Of sentencepiece's family lines have no newline.
  var unit: TrainingSource.Unit {
    (try? trainer().preprocessing.cutsAtSpaceMarks) == true ? .bareLine : .line
  }

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    switch setting.name {
    case "vocab_size": vocabularySize = try setting.integer()
    case "min_frequency": minimumFrequency = try setting.count()
    case "max_token_length": maximumTokenLength = try setting.integer()
    default: return false
    }
    return true
  }

  private func trainer() throws(TrainingError) -> TokenizerExtender {
    try TokenizerExtender(
      base, to: vocabularySize, minimumFrequency: minimumFrequency,
      maximumTokenLength: maximumTokenLength)
  }

  func preprocessing() throws(TrainingError) -> Preprocessing? { try trainer().preprocessing }

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    try trainer().train(on: sources, run)
  }
}
