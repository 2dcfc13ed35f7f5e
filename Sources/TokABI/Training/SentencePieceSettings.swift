internal import Tok
internal import TokenizerTraining

/// The options of sentencepiece's trainer, by its own names.
private func set(
  _ options: inout SentencePieceTrainingOptions, _ setting: Setting
) throws(CallError) -> Bool {
  switch setting.name {
  case "vocab_size": options.vocabSize = try setting.integer()
  case "character_coverage": options.characterCoverage = Float(try setting.number())
  case "max_sentencepiece_length": options.maxSentencepieceLength = try setting.integer()
  case "split_by_unicode_script": options.splitByUnicodeScript = try setting.boolean()
  case "split_by_number": options.splitByNumber = try setting.boolean()
  case "split_by_whitespace": options.splitByWhitespace = try setting.boolean()
  case "treat_whitespace_as_suffix": options.treatWhitespaceAsSuffix = try setting.boolean()
  case "split_digits": options.splitDigits = try setting.boolean()
  case "allow_whitespace_only_pieces": options.allowWhitespaceOnlyPieces = try setting.boolean()
  case "user_defined_symbols": options.userDefinedSymbols.append(setting.text)
  case "control_symbols": options.controlSymbols.append(setting.text)
  case "required_chars": options.requiredChars = setting.text
  case "pretokenization_delimiter": options.pretokenizationDelimiter = setting.text
  case "byte_fallback": options.byteFallback = try setting.boolean()
  case "hard_vocab_limit": options.hardVocabLimit = try setting.boolean()
  case "max_sentence_length": options.maxSentenceLength = try setting.integer()
  case "normalization_rule_name":
    options.normalizationRuleName = try setting.name(
      of: SentencePieceTrainingOptions.NormalizationRule.self)
  case "add_dummy_prefix": options.addDummyPrefix = try setting.boolean()
  case "remove_extra_whitespaces": options.removeExtraWhitespaces = try setting.boolean()
  case "escape_whitespaces": options.escapeWhitespaces = try setting.boolean()
  case "unk_id": options.unkID = try setting.integer()
  case "bos_id": options.bosID = try setting.integer()
  case "eos_id": options.eosID = try setting.integer()
  case "pad_id": options.padID = try setting.integer()
  case "unk_piece": options.unkPiece = setting.text
  case "bos_piece": options.bosPiece = setting.text
  case "eos_piece": options.eosPiece = setting.text
  case "pad_piece": options.padPiece = setting.text
  case "unk_surface": options.unkSurface = setting.text
  default: return false
  }
  return true
}

/// `sentencepiece_bpe`
struct SentencePieceBPESettings: TrainerSettings {
  var options = SentencePieceTrainingOptions()

  var unit: TrainingSource.Unit { .bareLine }

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    if setting.name == "auto_character_coverage" {
      options.autoCharacterCoverage = try setting.boolean()
      return true
    }
    return try TokABI.set(&options, setting)
  }

  func preprocessing() throws(TrainingError) -> Preprocessing? {
    try SentencePieceBPETrainer(options).preprocessing
  }

  var reads: @Sendable (Span<UInt8>) -> Bool { { [options] in options.reads($0) } }

  var readingRules: String { options.readingRules }

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    try SentencePieceBPETrainer(options).train(on: sources, run)
  }
}

/// `unigram`
struct UnigramSettings: TrainerSettings {
  var options = UnigramTrainingOptions()

  var unit: TrainingSource.Unit { .bareLine }

  mutating func set(_ setting: Setting) throws(CallError) -> Bool {
    switch setting.name {
    case "seed_sentencepiece_size": options.seedSentencepieceSize = try setting.integer()
    case "seed_sentencepieces_file": options.seedSentencepiecesFile = setting.text
    case "shrinking_factor": options.shrinkingFactor = Float(try setting.number())
    case "num_sub_iterations": options.numSubIterations = try setting.integer()
    default: return try TokABI.set(&options.sentencePiece, setting)
    }
    return true
  }

  func preprocessing() throws(TrainingError) -> Preprocessing? {
    try UnigramTrainer(options).preprocessing
  }

  var reads: @Sendable (Span<UInt8>) -> Bool { { [options] in options.sentencePiece.reads($0) } }

  var readingRules: String { options.sentencePiece.readingRules }

  func train(
    on sources: [TrainingSource], _ run: TrainingRun
  ) throws(TrainingError) -> TrainedTokenizer {
    try UnigramTrainer(options).train(on: sources, run)
  }
}
