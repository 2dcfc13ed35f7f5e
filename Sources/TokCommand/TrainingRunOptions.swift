import ArgumentParser
import TokenizerTraining

/// How a training is carried out; nothing of it changes the result.
struct TrainingRunOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How much memory may be used before counting goes to disk and merging looks again for what it cannot keep, as 500M or 4G.",
      valueName: "bytes"))
  var memory: ByteCount?

  @OptionGroup var display: ProgressOptions

  @Option(
    help: ArgumentHelp(
      "Notes how far it is, and goes on from there when the same is started again.",
      valueName: "folder"))
  var checkpoint: String?

  @Option(
    help: ArgumentHelp("How often that is noted, 30 otherwise.", valueName: "seconds"))
  var checkpointEvery: Double?

  @OptionGroup var threads: ThreadOptions

  var progress: ProgressOptions.Style { display.progress }

  func validate() throws {
    guard let checkpointEvery else { return }
    guard checkpoint != nil else {
      throw ValidationError("--checkpoint-every needs --checkpoint")
    }
    guard checkpointEvery >= 0, checkpointEvery < 1e9 else {
      throw ValidationError("--checkpoint-every: \(checkpointEvery) is not from 0 to 1e9")
    }
  }

  func run(_ progress: TrainingProgressLine) -> TrainingRun {
    TrainingRun(
      threads: threads.threads, memoryLimit: memory?.value,
      checkpoint: checkpoint.map { CheckpointFolder($0) },
      checkpointInterval: .seconds(checkpointEvery ?? 30),
      progress: { progress.report($0) })
  }
}

/// A number of bytes with a letter behind it: K, M and G are powers of 1024.
struct ByteCount: ExpressibleByArgument {
  var value: Int

  init?(argument: String) {
    let shifts: [Character: Int] = ["K": 10, "M": 20, "G": 30]
    let shift = argument.last.flatMap { shifts[Character($0.uppercased())] }
    guard let number = Int(shift == nil ? argument[...] : argument.dropLast()), number > 0,
      number <= Int.max >> (shift ?? 0)
    else { return nil }
    value = number << (shift ?? 0)
  }
}
