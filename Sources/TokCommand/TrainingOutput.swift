import ArgumentParser
import Tok
import TokenizerFormats
import TokenizerTraining

/// Where a trained tokenizer goes, and what is said of it.
struct TrainingOutput: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write. Its name tells the format: tokenizer.json, NAME.tiktoken, NAME.model, NAME.tok.",
      valueName: "file"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "A text that bytes a token are measured on; else the end of the last file.",
      valueName: "file"))
  var heldOut: String?

  func validate() throws {
    guard WritableFormat(fileName: output) != nil else {
      throw ValidationError(
        "the name `\(output)` tells no format: tokenizer.json, NAME.tiktoken, NAME.model, NAME.tok")
    }
  }

  /// Trains, writes the file and says on standard error what became of it.
  func train(
    _ text: TrainingTextOptions, _ options: TrainingRunOptions,
    by body: (TrainingRun) throws -> TrainedTokenizer
  ) throws {
    guard let format = WritableFormat(fileName: output) else { return }
    // Opened first: what cannot be written is better known before than after.
    let file = try OutputFile(output)
    StopRequest.listen()
    let progress = TrainingProgressLine(options.progress)
    let trained: TrainedTokenizer
    do {
      defer { progress.finish() }
      trained = try body(options.run(progress))
    } catch let error as TrainingError {
      throw Failure(error.description)
    }
    // What is no tokenizer is not written.
    var summary = try TrainingSummary(trained, file: output)
    try write(trained.source, as: format, to: file)
    summary.seconds = progress.seconds
    summary.memoryLimit = options.memory?.value
    summary.sample = try HeldOutSample(heldOut, else: text).map {
      (sample: $0, tokens: try $0.tokenCount(summary.tokenizer, threads: options.threads.threads))
    }
    System.complain(options.progress == .json ? summary.json : summary.text)
  }

  private func write(
    _ source: TokenizerSource, as format: WritableFormat, to file: OutputFile
  ) throws {
    let written: WrittenTokenizer
    do {
      written = try source.written(as: format, stem: FileName(output).stem, allowsLosses: true)
    } catch {
      try rescue(source, error)
    }
    if let merges = written.merges {
      let other = try OutputFile(FileName(output).mergesBeside)
      try other.write(merges)
      try other.finish()
    }
    try file.write(written.bytes)
    try file.finish()
    for loss in written.losses { System.complain("tok: lost: \(loss)") }
  }

  /// Keeps in our own form, which has everything, what the format asked for has no place for.
  private func rescue(_ source: TokenizerSource, _ error: VocabularyError) throws -> Never {
    let path = output + ".tok"
    let file = try OutputFile(path)
    do {
      try file.write(try source.written(as: .compiled).bytes)
    } catch let error as VocabularyError {
      throw Failure(error.inFile(output).description)
    }
    try file.finish()
    throw Failure("\(error.inFile(output)): it is in \(path) instead")
  }
}

/// What is wrong with options is bad usage.
func usable<Trainer>(_ make: () throws -> Trainer) throws -> Trainer {
  do {
    return try make()
  } catch let error as TrainingError {
    throw Failure(usage: error.description)
  }
}
