public import CTokTypes
internal import Tok
internal import TokenizerFormats
internal import TokenizerTraining

/// A trainer: what is to be trained, and on what. One thread uses it at a time.
public typealias TokTrainer = OpaquePointer

/// What text for training is cut into before it becomes words; tokens never reach over.
@c(tok_training_unit)
public enum TrainingUnit: Int32, Sendable {
  /// As the original trainer does.
  case usual = 0
  /// A line with its newline.
  case line = 1
  /// A line without its newline.
  case bareLine = 2
  /// All of a file, or of a text.
  case document = 3
}

/// What the bytes of a source of text are.
@c(tok_content)
public enum Content: Int32, Sendable {
  case text = 0
  /// Lines of JSON objects, one of whose members is the text. Files only.
  case jsonLines = 1
  /// Word counts, as tok_trainer_count() writes them. Files only.
  case wordCounts = 2
}

final class TrainerObject: ExclusiveObject, HandleObject {
  static var kind: HandleKind { .trainer }
  var settings: any TrainerSettings
  var sources: [(content: TrainingSource.Content, unit: TrainingSource.Unit?, weight: Double)] = []

  init(_ settings: any TrainerSettings) { self.settings = settings }

  /// - Throws: `option` for a weight out of bounds.
  func trainingSources() throws(TrainingError) -> [TrainingSource] {
    var made: [TrainingSource] = []
    let usual = settings.unit
    for source in sources {
      made.append(
        try TrainingSource(source.content, unit: source.unit ?? usual, weight: source.weight))
    }
    return made
  }
}

/// Makes a trainer.
///
/// @param kind     NUL-terminated: `bpe`, `wordpiece`, `unigram`, `sentencepiece_bpe`, `superbpe`,
///                 `boundless`, `lib` (Less-is-Better), or `extend`: more tokens for a tokenizer that there is.
/// @param base     the tokenizer that `extend` and, if it is not NULL, `lib` go on from; otherwise NULL. It
///                 may be freed before the trainer.
/// @param trainer  the new trainer, to be freed with tok_trainer_free(); NULL on failure.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_trainer_create)
public func createTrainer(
  _ kind: UnsafePointer<CChar>?, _ base: TokTokenizer?,
  _ trainer: UnsafeMutablePointer<TokTrainer?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(trainer, "trainer")
    unsafe place.pointee = nil
    let source: TokenizerSource? =
      unsafe base == nil
      ? nil : try unsafe object(base, "base", as: TokenizerObject.self).source
    let settings: any TrainerSettings
    switch try unsafe Memory.text(kind, "kind") {
    case "bpe": settings = BPESettings()
    case "wordpiece": settings = WordPieceSettings()
    case "unigram": settings = UnigramSettings()
    case "sentencepiece_bpe": settings = SentencePieceBPESettings()
    case "superbpe": settings = SuperBPESettings()
    case "boundless": settings = BoundlessSettings()
    case "lib": settings = LessIsBetterSettings(source)
    case "extend":
      guard let source else { throw .argument("base", "is NULL") }
      settings = ExtendingSettings(source)
    default: throw .argument("kind", "is none of the trainers")
    }
    if source != nil, !(settings is LessIsBetterSettings), !(settings is ExtendingSettings) {
      throw .argument("base", "is not NULL, and the trainer goes on from nothing")
    }
    unsafe place.pointee = try newHandle(TrainerObject(settings))
  }
}

/// Sets an option. Options that are lists take one more element with each call; flags are `true` or `false`.
///
/// `bpe` and `wordpiece`, by the names of huggingface's trainers: vocab_size, min_frequency,
/// special_tokens (a list), unk_token, initial_alphabet (`bytes`, `none`, or characters), limit_alphabet,
/// character_coverage, continuing_subword_prefix, end_of_word_suffix, max_token_length, required_tokens (a
/// list); pattern (a regular expression, or gpt2, cl100k, o200k, bert, whitespace, metaspace, none),
/// dialect (rust, oniguruma), normalize (a list of nfc, nfd, nfkc, nfkd, lowercase, strip-accents, nmt,
/// strip, bert, bert-cased). Only `bpe`: characters (tokens are made of characters instead of bytes),
/// compatibility (none, huggingface), picky_threshold. Only `wordpiece`: score (counts, likelihood).
///
/// `unigram` and `sentencepiece_bpe`: the options of sentencepiece's trainer that change its result, by
/// its names.
///
/// `superbpe`: vocab_size, word_merges, word_limit, keep_colons_out, min_frequency, special_tokens,
/// word_pattern, chunk_pattern, chunk_length. `boundless`: vocab_size, tau, min_frequency, special_tokens,
/// pattern, join_pattern, dialect, compatibility (none, authors). `extend`: vocab_size, min_frequency, max_token_length. `lib`:
/// variant (lib2020, lib2023) and published first, then vocab_size, documents, memorizing_rate,
/// forgetting_rate, update_rate, life, max_token_length, max_gap, inspect_context, seed, keep_characters,
/// byte_fallback, unk_token, reading_limit, skip_lone_units.
///
/// @param name   NUL-terminated.
/// @param value  UTF-8, NUL-terminated.
/// @param error  what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_OPTION for a name that the trainer does not have and a value without meaning.
/// Since 0.1.
@c(tok_trainer_set)
public func setTrainer(
  _ trainer: TokTrainer?, _ name: UnsafePointer<CChar>?, _ value: UnsafePointer<CChar>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(trainer, "trainer", as: TrainerObject.self)
    guard let name = try unsafe Memory.text(name, "name") else {
      throw .argument("name", "is NULL")
    }
    guard let value = try unsafe Memory.text(value, "value") else {
      throw .argument("value", "is NULL")
    }
    try object.use { () throws(CallError) in
      guard try object.settings.set(Setting(name: name, text: value)) else {
        throw CallError(.option, "the trainer has no such option", place: name)
      }
    }
  }
}

/// Adds a file to what is trained on.
///
/// @param path     UTF-8, NUL-terminated. The file is read when the training runs.
/// @param options  may be NULL.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_trainer_add_file)
public func addFile(
  _ trainer: TokTrainer?, _ path: UnsafePointer<CChar>?,
  _ options: UnsafePointer<tok_source_options>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(trainer, "trainer", as: TrainerObject.self)
    guard let path = try unsafe Memory.text(path, "path") else {
      throw .argument("path", "is NULL")
    }
    let options = try unsafe SourceOptions(options)
    let content: TrainingSource.Content =
      switch options.content {
      case .text: .file(path)
      case .jsonLines: .jsonLines(path, field: options.field)
      case .wordCounts: .wordCounts(path)
      }
    try object.use { () throws(CallError) in
      object.sources.append((content, options.unit, options.weight))
    }
  }
}

/// Adds a text in memory to what is trained on. It is not copied: it must stay as it is until the trainer is
/// freed.
///
/// @param text     UTF-8; what is none is trained on as it is by byte-level trainers.
/// @param options  may be NULL; `content` must be TOK_CONTENT_TEXT.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_trainer_add_text)
public func addText(
  _ trainer: TokTrainer?, _ text: UnsafePointer<CChar>?, _ length: Int,
  _ options: UnsafePointer<tok_source_options>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(trainer, "trainer", as: TrainerObject.self)
    let bytes = try unsafe Memory.read(UnsafeRawPointer(text), length, "text")
    let options = try unsafe SourceOptions(options)
    guard options.content == .text else {
      throw .argument("options.content", "is for files")
    }
    let lent = unsafe LentText(bytes, isWhole: (options.unit ?? object.settings.unit) == .document)
    try object.use { () throws(CallError) in
      object.sources.append((.texts { lent.read(into: &$0) }, options.unit, options.weight))
    }
  }
}

/// Adds texts that a function gives, one after another, to what is trained on. They are read while the
/// training runs, and not kept.
///
/// @param next     see tok_next_text.
/// @param user     what `next` is given.
/// @param options  may be NULL; `content` must be TOK_CONTENT_TEXT.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// A training that reads its texts twice, or goes on from a checkpoint, asks for them again: `next` must
/// begin anew behind their end. Since 0.1.
@c(tok_trainer_add_texts)
public func addTexts(
  _ trainer: TokTrainer?, _ next: tok_next_text?, _ user: UnsafeMutableRawPointer?,
  _ options: UnsafePointer<tok_source_options>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(trainer, "trainer", as: TrainerObject.self)
    guard let next = unsafe next else { throw .argument("next", "is NULL") }
    let options = try unsafe SourceOptions(options)
    guard options.content == .text else {
      throw .argument("options.content", "is for files")
    }
    let callback = unsafe TextCallback(next, user)
    try object.use { () throws(CallError) in
      object.sources.append(
        (.texts { try callback.read(into: &$0) }, options.unit, options.weight))
    }
  }
}

/// Trains.
///
/// The result is the same for any number of threads and on any machine.
///
/// @param options    may be NULL.
/// @param tokenizer  the new tokenizer, to be freed with tok_tokenizer_free(); NULL on failure.
/// @param report     JSON, to be freed with tok_bytes_free(): `tokens`, `requested`, `shortage` (why there
///                   are fewer, or null) and `remarks`; may be NULL.
/// @param error      what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK, also when `progress` ended it; TOK_E_OPTION, TOK_E_INPUT, TOK_E_UNREADABLE and others.
/// Since 0.1.
@c(tok_trainer_run)
public func runTrainer(
  _ trainer: TokTrainer?, _ options: UnsafePointer<tok_run_options>?,
  _ tokenizer: UnsafeMutablePointer<TokTokenizer?>?,
  _ report: UnsafeMutablePointer<TokBytes?>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(tokenizer, "tokenizer")
    unsafe place.pointee = nil
    let report = try unsafe WantedBytes(report, "report")
    let object = try unsafe object(trainer, "trainer", as: TrainerObject.self)
    let run = try unsafe trainingRun(options)
    try object.use { () throws(CallError) in
      let trained: TrainedTokenizer
      do throws(TrainingError) {
        trained = try object.settings.train(on: object.trainingSources(), run)
      } catch { throw CallError(error) }
      try report.set(json(trained.report))
      do throws(CallError) {
        unsafe place.pointee = try newTokenizer(trained.source)
      } catch {
        report.clear()
        throw error
      }
    }
  }
}

/// Counts the words of the texts and writes them to a file, which other trainers with the same pattern and
/// normalization can be given as TOK_CONTENT_WORD_COUNTS: so counting can be done on many machines.
///
/// @param path     the file to write, UTF-8, NUL-terminated.
/// @param options  may be NULL.
/// @param error    what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_UNSUPPORTED for a trainer that reads more than words, as `lib`. Since 0.1.
@c(tok_trainer_count)
public func countWords(
  _ trainer: TokTrainer?, _ path: UnsafePointer<CChar>?,
  _ options: UnsafePointer<tok_run_options>?, _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let object = try unsafe object(trainer, "trainer", as: TrainerObject.self)
    guard let path = try unsafe Memory.text(path, "path") else {
      throw .argument("path", "is NULL")
    }
    let run = try unsafe trainingRun(options)
    try object.use { () throws(CallError) in
      do throws(TrainingError) {
        guard let preprocessing = try object.settings.preprocessing() else {
          throw TrainingError(.option, "this trainer reads more than words", place: "kind")
        }
        let counted = try WordCounter(preprocessing).count(
          object.trainingSources(), run, rules: object.settings.readingRules,
          reads: object.settings.reads)
        try counted.counts.write(to: path)
      } catch { throw CallError(error) }
    }
  }
}

/// Frees a trainer; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_trainer_free)
public func freeTrainer(_ trainer: TokTrainer?) -> Status {
  unsafe free(trainer, as: TrainerObject.self)
}

private func json(_ report: TrainingReport) -> [UInt8] {
  JSONValue([
    "tokens": JSONValue(report.tokenCount),
    "requested": report.requestedCount.map { JSONValue($0) } ?? .null,
    "shortage": report.shortage.map { .string($0.description) } ?? .null,
    "remarks": .array(report.remarks.map { .string($0) }),
  ]).write()
}
