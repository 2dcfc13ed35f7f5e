public import Tok
package import Tokenization

/// Learns a lexicon of Less-is-Better from sentences, in their order.
///
/// See ``LessIsBetterOptions`` for the two variants. Training is one chain of steps, each of which
/// depends on the one before it, so that it takes one thread.
public struct LessIsBetterTrainer: Sendable {
  public let options: LessIsBetterOptions
  private let base: BaseLexicon?

  /// - Throws: `option` for one that has no meaning.
  public init(_ options: LessIsBetterOptions = LessIsBetterOptions()) throws(TrainingError) {
    try options.check()
    self.options = options
    base = nil
  }

  /// A trainer that goes on from a lexicon: it begins with its units in their order. They are never
  /// forgotten, and keep their ids; their order may change, as by all learning. New units get ids behind
  /// the greatest one. All that is before and behind the model stays as it is.
  ///
  /// - Throws: `option` for options that have no meaning, or another variant than the lexicon's;
  ///   `vocabulary` for other models.
  public init(
    _ options: LessIsBetterOptions, extending source: TokenizerSource
  ) throws(TrainingError) {
    try options.check()
    let base = try BaseLexicon(source)
    let variant: LessIsBetterOptions.Variant
    switch base.model.reading {
    case .longest: variant = .lib2020
    case .counterfactual: variant = .lib2023
    }
    guard options.variant == variant else {
      throw TrainingError(
        .option, "\(options.variant) where the lexicon is of \(variant)", place: "variant")
    }
    let count = Set(base.model.ids + base.definition.pipeline.addedTokens.map(\.id)).count
    if let size = options.vocabularySize, size < count {
      throw TrainingError(
        .option, "\(size) where the lexicon has \(count) tokens", place: "vocabularySize")
    }
    self.options = options
    self.base = base
  }

  /// Trains on sentences, each the bytes of a UTF-8 text; empty ones are left out. A unit never reaches
  /// from one to the next.
  ///
  /// The result depends on the options and the sentences alone, unless `run` ends it early.
  ///
  /// - Throws: `input` where there is no sentence, `limit` for more than 4 GiB, `checkpoint` for one of
  ///   another training, `unreadable` and `unwritable` for its file.
  public func train(
    on sentences: some Sequence<some Sequence<UInt8>>, _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> TrainedTokenizer {
    var strings = ByteStrings()
    for sentence in sentences {
      strings.appendBytes(sentence)
      try WordCounts.checkSize(strings.bytes.count)
      strings.endString()
    }
    return try train(on: strings, run)
  }

  /// Trains on the units of sources as sentences: with `bareLine` each line is one.
  ///
  /// All of the text is kept in memory.
  ///
  /// - Throws: what is wrong with a source, besides what training on sentences throws.
  public func train(
    on sources: [TrainingSource], _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> TrainedTokenizer {
    try run.checkpoint?.prepare()
    var strings = ByteStrings()
    try TrainingReader(sources).forEachUnit { (unit) throws(TrainingError) in
      try WordCounts.checkSize(strings.bytes.count + unit.count)
      for index in 0..<unit.count { strings.appendByte(unit[index]) }
      strings.endString()
    }
    return try train(on: strings, run)
  }

  /// Trains on sentences that lie one behind another already.
  package func train(
    on sentences: ByteStrings, _ run: TrainingRun = TrainingRun()
  ) throws(TrainingError) -> TrainedTokenizer {
    var sentences = sentences
    if (0..<sentences.count).contains(where: { sentences.range($0).isEmpty }) {
      var kept = ByteStrings()
      for index in 0..<sentences.count where !sentences.range(index).isEmpty {
        kept.append(sentences.bytes[sentences.range(index)])
      }
      sentences = kept
    }
    guard sentences.count > 0 else {
      throw TrainingError(.input, "there is no sentence to learn from")
    }
    guard sentences.count <= Int(Int32.max) else {
      throw TrainingError(.limit, "\(sentences.count) sentences, of at most \(Int32.max)")
    }
    var training = LessIsBetterTraining(options, sentences, base)
    let wasStopped = try learn(&training, run)
    let forgottenCount = training.finish()
    return trained(training, wasStopped: wasStopped, forgottenCount: forgottenCount)
  }

  /// Reads documents until there are enough; true where `run` wanted to end before.
  private func learn(
    _ training: inout LessIsBetterTraining, _ run: TrainingRun
  ) throws(TrainingError) -> Bool {
    let digest = run.checkpoint == nil ? 0 : training.digest
    if let saved = try run.checkpoint?.load(Self.checkpointName, digest: digest) {
      try training.restore(saved)
    }
    var lastSave = ContinuousClock.now
    while training.documentsRead < options.documentCount {
      let stops = run.report(.memorizing, training.documentsRead, of: options.documentCount)
      if let folder = run.checkpoint, stops || lastSave.duration(to: .now) >= run.checkpointInterval
      {
        try folder.save(Self.checkpointName, training.saved(), digest: digest)
        lastSave = .now
      }
      if stops { return true }
      training.readDocument()
    }
    _ = run.report(.memorizing, training.documentsRead, of: options.documentCount)
    return false
  }

  private static let checkpointName = "less-is-better"

  private func trained(
    _ training: LessIsBetterTraining, wasStopped: Bool, forgottenCount: Int
  ) -> TrainedTokenizer {
    let definition = training.definition()
    let last = training.lastDocument
    var remarks: [String] = []
    if last.chunks > 0 {
      let hundredths = last.characters * 100 / last.chunks
      let digits = hundredths % 100
      remarks.append(
        "the last document was read in chunks of \(hundredths / 100).\(digits < 10 ? "0" : "")"
          + "\(digits) characters on average")
    }
    let count = definition.model.ids.count + definition.pipeline.addedTokens.count
    var shortage: TrainingReport.Shortage?
    if let size = options.vocabularySize, count < size {
      shortage = .unlearned
      if forgottenCount > 0 {
        remarks.append("\(forgottenCount) units were on probation at the end and are forgotten")
      }
      let sharedCount = training.lexicon.units.count { unit in
        let characters = training.lexicon.trie.characters(of: unit)
        return characters.count == 1 && characters.allSatisfy { $0 < 0x80 }
      }
      if options.byteFallback, sharedCount > 0 {
        remarks.append("\(sharedCount) of the bytes, for which room is kept, are units")
      }
    }
    return TrainedTokenizer(
      definition,
      report: TrainingReport(
        requestedCount: options.vocabularySize, tokenCount: count,
        shortage: wasStopped ? .stopped : shortage, remarks: remarks))
  }
}
