import Foundation
import Testing
import Tokenization

@testable import TokenizerTraining

/// Lexicons that the authors' code learned, entry by entry, in their order. The files are not part of the
/// repository: `TOK_PAPER_REFERENCES` names the folder that has them.
struct PublishedLexicons {
  static let folder = ProcessInfo.processInfo.environment["TOK_PAPER_REFERENCES"]

  struct Parameters: Decodable {
    var memoryIn: Double?
    var memoryOut: Double?
    var inRate: Double?
    var outRate: Double?
    var updateRate: Double
    var life: Int
    var seed: UInt64?
    var epochs: Int?
    var steps: Int?
    var sampled: Bool?
    var removeTokenDivider: Bool?
  }

  struct Run: Decodable {
    var corpus: String
    var params: Parameters
    var log: [[Int]]
    var lexicon: [String]
    var lexiconBeforeClean: Int?
    var first20: [String]?
    var testFirst20: [String]?
    var allTokens: Int?
    var tokens: Int?
    var pendingProbation: [Pending]?
  }

  struct Pending: Decodable, Equatable {
    var unit: String
    var life: Int
    init(from decoder: any Decoder) throws {
      var values = try decoder.unkeyedContainer()
      unit = try values.decode(String.self)
      life = try values.decode(Int.self)
    }
  }

  static func sentences(_ run: Run) throws -> [String] {
    let text = try String(contentsOfFile: "\(folder ?? "")/\(run.corpus)", encoding: .utf8)
    var lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    if run.params.memoryIn != nil {
      var seen = Set<String>()
      lines = lines.filter { seen.insert($0).inserted }
    }
    return lines.map { line in
      let words = line.split(separator: " ")
      if run.params.memoryIn == nil, run.params.removeTokenDivider != true {
        return words.map { $0 + " " }.joined()
      }
      return words.joined()
    }
  }

  static func options(_ run: Run) -> LessIsBetterOptions {
    let params = run.params
    var options = LessIsBetterOptions.published(params.memoryIn == nil ? .lib2023 : .lib2020)
    options.memorizingRate = params.memoryIn ?? params.inRate ?? 0
    options.forgettingRate = params.memoryOut ?? params.outRate ?? 0
    options.updateRate = params.updateRate
    options.life = params.life
    options.seed = params.seed ?? 0
    options.documentCount = params.epochs ?? params.steps ?? 0
    options.documents =
      params.sampled == true
      ? .sampled(documents: 400, sentences: 200) : .consecutive(sentences: 200)
    return options
  }

  @Test(
    .enabled(if: folder != nil, "TOK_PAPER_REFERENCES does not name the folder of the lexicons"),
    arguments: [
      "lib2020_brtext_det", "lib2020_brtext_splitmix", "lib2020_brphono_5001",
      "lib2023_brtext_det", "lib2023_brtext_splitmix", "lib2023_zh_splitmix",
    ])
  func `entry by entry`(name: String) throws {
    let file = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder ?? "")/\(name).json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let run = try decoder.decode(Run.self, from: file)
    let sentences = try Self.sentences(run)
    var strings = ByteStrings()
    for sentence in sentences { strings.append(sentence.utf8) }
    var training = LessIsBetterTraining(Self.options(run), strings)
    var log = run.log[...]
    while training.documentsRead < training.options.documentCount {
      training.readDocument()
      if let row = log.first, row[0] == training.documentsRead {
        #expect(training.lexicon.count == row[1], "after \(row[0]) documents")
        if row.count > 2 { #expect(training.lexicon.watchedCount == row[2]) }
        log.removeFirst()
      }
    }
    #expect(log.isEmpty)
    if let count = run.lexiconBeforeClean { #expect(training.lexicon.count == count) }
    if let pending = run.pendingProbation {
      let own = training.lexicon.probation.map { "\(Self.text($0.string, training)) \($0.life)" }
      #expect(own.sorted() == pending.map { "\($0.unit) \($0.life)" }.sorted())
    }
    training.finish()
    let lexicon = training.lexicon.units.map { Self.text($0, training) }
    #expect(lexicon.count == run.lexicon.count)
    #expect(lexicon == run.lexicon)
    try checkReading(run, training.definition(), sentences)
  }

  private func checkReading(
    _ run: Run, _ definition: TokenizerDefinition, _ sentences: [String]
  ) throws {
    let tokenizer = try Tokenizer(definition)
    var tokenCount = 0
    var chunks: [String] = []
    for sentence in sentences {
      let ranges = try tokenizer.encodeText(sentence).ranges
      tokenCount += ranges.count
      let bytes = Array(sentence.utf8)
      chunks.append(
        ranges.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: "|"))
    }
    #expect(tokenCount == run.allTokens ?? run.tokens)
    let rows = run.first20 ?? run.testFirst20 ?? []
    let first = run.first20 == nil ? sentences.count * 9 / 10 : 0
    #expect(chunks[first...].prefix(20) == rows[...])
  }

  private static func text(_ string: Int32, _ training: LessIsBetterTraining) -> String {
    var text = String.UnicodeScalarView()
    for character in training.lexicon.trie.characters(of: string) {
      text.append(Unicode.Scalar(character) ?? "\u{FFFD}")
    }
    return String(text)
  }
}
