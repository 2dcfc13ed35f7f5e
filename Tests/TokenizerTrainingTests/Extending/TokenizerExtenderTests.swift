import TestSupport
import Testing
import Tok
import Tokenization
import TokenizerFormats

@testable import TokenizerTraining

@Suite struct TokenizerExtenderTests {
  /// Words of syllables, those of `syllables` often.
  private func text(_ syllables: [String], seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var text = ""
    for _ in 0..<600 {
      for _ in 0..<6 {
        for _ in 0...Int.random(in: 0...3, using: &generator) {
          text += syllables[Int.random(in: 0..<syllables.count, using: &generator)]
        }
        text += " "
      }
      text += "\n"
    }
    return Array(text.utf8)
  }

  private var old: [UInt8] { text(["lo", "we", "rest", "new", "th", "in", "é"], seed: 1) }
  private var new: [UInt8] { text(["we", "in", "ga", "ram", "o", "aa", "é", "漢"], seed: 2) }

  private func sources(_ text: [UInt8]) throws -> [TrainingSource] {
    try [TrainingSource(.buffer(text), unit: .bareLine)]
  }

  private let gpt2 = Preprocessing(
    splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: true)]), isByteLevel: true)
  private let words = Preprocessing(splitter: Splitter([.whitespace]), isByteLevel: false)

  private var options: BPETrainer.Options {
    var options = BPETrainer.Options()
    options.vocabularySize = 400
    options.specialTokens = ["<s>"]
    options.initialAlphabet = .byteLevel
    return options
  }

  /// All old ids have their tokens, and what is new stands in the text.
  private func check(
    _ base: TokenizerSource, _ extended: TrainedTokenizer, size: Int
  ) throws -> (base: Tokenizer, extended: Tokenizer) {
    let one = try base.tokenizer()
    let other = try extended.source.tokenizer()
    for id in 0..<one.idCount {
      #expect(one.bytes(of: TokenID(id)) == other.bytes(of: TokenID(id)))
    }
    #expect(one.pipeline == other.pipeline)
    #expect(other.tokenCount == size && extended.report.tokenCount == size)
    #expect(extended.report.shortage == nil)
    return (one, other)
  }

  /// Merges ids of one word: of the pairs that `rank` knows the one of the least rank, the first one of
  /// several, again and again.
  private func merged(
    _ ids: [TokenID], _ rank: (TokenID, TokenID) -> (rank: Int, result: TokenID)?
  ) -> [TokenID] {
    var ids = ids
    while true {
      var best: (rank: Int, place: Int, result: TokenID)?
      for place in ids.indices.dropLast() {
        guard let found = rank(ids[place], ids[place + 1]), found.rank < best?.rank ?? .max else {
          continue
        }
        best = (found.rank, place, found.result)
      }
      guard let best else { return ids }
      ids.replaceSubrange(best.place...best.place + 1, with: [best.result])
    }
  }

  @Test func listedMergesComeBehindTheOldOnes() throws {
    let base = try BPETrainer(options, gpt2).train(on: sources(old)).source
    let trained = try TokenizerExtender(base, to: 700).train(on: sources(new))
    let (one, other) = try check(base, trained, size: 700)
    let model = try #require(try trained.source.definition().model as? BytePairDefinition)
    let before = try #require(try base.definition().model as? BytePairDefinition)
    let merges = try model.listedMerges()
    #expect(try Array(merges.prefix(before.listedMerges().count)) == before.listedMerges())
    var ranks: [[TokenID]: (Int, TokenID)] = [:]
    for (rank, merge) in merges.enumerated() {
      ranks[[merge.left, merge.right]] = (rank, merge.result)
    }
    for word in try WordCounter(gpt2).count(sources(new + old)).words.all {
      let ids = try one.encode(word.span)
      #expect(try other.encode(word.span) == merged(ids) { ranks[[$0, $1]] })
    }
  }

  @Test func ranksGoOn() throws {
    var options = options
    options.specialTokens = []
    let listed = try BPETrainer(options, gpt2).train(on: sources(old)).source
    let file = try listed.written(as: .tiktoken, allowsLosses: true).bytes
    let base = try TokenizerSource(
      bytes: file.span, pattern: SplitPattern(name: "gpt2"), specialTokens: ["<end>": 450])
    let trained = try TokenizerExtender(base, to: 600).train(on: sources(new))
    let (one, other) = try check(base, trained, size: 600)
    for word in try WordCounter(gpt2).count(sources(new + old)).words.all {
      let ids = try one.encode(word.span)
      let expected = merged(ids) { left, right in
        let bytes = (other.bytes(of: left) ?? []) + (other.bytes(of: right) ?? [])
        return other.id(of: bytes.span).map { (Int($0), $0) }
      }
      #expect(try other.encode(word.span) == expected)
    }
    // It is a file of ranks still.
    let again = try trained.source.written(as: .tiktoken, allowsLosses: true).bytes
    #expect(again.starts(with: file))
  }

  @Test func scoresGoOn() throws {
    var options = SentencePieceTrainingOptions()
    options.vocabSize = 400
    options.byteFallback = true
    let base = try SentencePieceBPETrainer(options).train(on: sources(old)).source
    let trained = try TokenizerExtender(base, to: 500, maximumTokenLength: 9)
      .train(on: sources(new))
    let (_, other) = try check(base, trained, size: 500)
    for id in 400..<500 {
      let text = String(decoding: try #require(other.bytes(of: TokenID(id))), as: UTF8.self)
      #expect(text.count <= 9 && !text.contains("漢"))
    }
    #expect(other.unreachableTokens().allSatisfy { $0.id < 400 })
    let file = try trained.source.written(as: .sentencePiece).bytes
    let read = try TokenizerSource(bytes: file.span).tokenizer()
    #expect(try read.encode(new.span) == other.encode(new.span))
  }

  @Test func charactersAndWordPieces() throws {
    var options = options
    options.initialAlphabet = .none
    options.vocabularySize = 120
    options.endOfWordSuffix = "</w>"
    let characters = try BPETrainer(options, words).train(on: sources(old)).source
    _ = try check(
      characters, TokenizerExtender(characters, to: 200).train(on: sources(new)), size: 200)
    options.endOfWordSuffix = nil
    let pieces = try WordPieceTrainer(options, words).train(on: sources(old)).source
    let trained = try TokenizerExtender(pieces, to: 200).train(on: sources(new))
    let (one, other) = try check(pieces, trained, size: 200)
    let count = try one.encode(new.span).count
    #expect(try other.encode(new.span).count < count)
  }

  @Test func nothingNewIsTheSame() throws {
    let base = try BPETrainer(options, gpt2).train(on: sources(old)).source
    for text in [new, []] {
      let same = try TokenizerExtender(base, to: 400).train(on: sources(text)).source
      #expect(try same.written(as: .tokenizerJSON).bytes == base.written(as: .tokenizerJSON).bytes)
    }
    let empty = try TokenizerExtender(base, to: 500).train(on: sources([]))
    #expect(empty.report.shortage == .exhausted && empty.report.tokenCount == 400)
    #expect(
      try empty.source.written(as: .tokenizerJSON).bytes
        == base.written(as: .tokenizerJSON).bytes)
  }

  @Test func noTokenIsMadeThatIsSpecial() throws {
    var options = options
    options.specialTokens = ["zzz"]
    let base = try BPETrainer(options, gpt2).train(on: sources(old)).source
    let text = Array(String(repeating: "zzz\n", count: 100).utf8)
    let trained = try TokenizerExtender(base, to: 405).train(on: sources(text))
    #expect(trained.report.tokenCount < 405)
    #expect(try trained.source.tokenizer().encode("zzz").count == 2)
  }

  @Test func whatCannotBeExtendedIsAnError() throws {
    let base = try BPETrainer(options, gpt2).train(on: sources(old)).source
    let error = #expect(throws: TrainingError.self) { try TokenizerExtender(base, to: 399) }
    #expect(error?.reason == .option)
    let json = #"{"model": {"type": "WordLevel", "vocab": {"a": 0, "?": 1}, "unk_token": "?"}}"#
    let words = try TokenizerSource(bytes: Array(json.utf8).span)
    let other = #expect(throws: TrainingError.self) { try TokenizerExtender(words, to: 200) }
    #expect(other?.reason == .vocabulary)
  }

  @Test func itGoesOnFromACheckpoint() throws {
    let base = try BPETrainer(options, gpt2).train(on: sources(old)).source
    let expected = try TokenizerExtender(base, to: 1000).train(on: sources(new)).source
    try Files.withFolder { folder in
      let checkpoint = CheckpointFolder(folder + "/checkpoint")
      let extender = try TokenizerExtender(base, to: 1000)
      let counts = try WordCounter(gpt2).count(sources(new))
      let stopped = try extender.train(
        on: counts,
        TrainingRun(checkpoint: checkpoint) { $0.completed > 500 ? .stop : .goOn })
      #expect(stopped.report.shortage == .stopped)
      let trained = try extender.train(on: counts, TrainingRun(checkpoint: checkpoint))
      #expect(
        try trained.source.written(as: .compiled).bytes
          == expected.written(as: .compiled).bytes)
    }
  }
}

extension ByteStrings {
  fileprivate var all: [[UInt8]] { (0..<count).map { self[$0] } }
}
