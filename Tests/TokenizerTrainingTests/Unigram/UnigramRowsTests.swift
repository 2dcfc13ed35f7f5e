import TestSupport
import Testing
import Tok
import Tokenization

@testable import TokenizerFormats
@testable import TokenizerTraining

/// How sentencepiece 0.2.3 reads what is trained here: `Tests/Conformance/training_unigram.jsonl`, by
/// `training_unigram_rows.py`. The rows also hold the training to what it made then.
@Suite struct UnigramRowsTests {
  private static func rows(_ name: String) throws -> [JSONValue] {
    var rows: [JSONValue] = []
    for line in try Files.read("\(Files.root)/Tests/Conformance/\(name)").split(separator: 0x0A) {
      let content = Array(line)
      rows.append(try JSONValue(parsing: content.span))
    }
    return rows
  }

  private static func options(_ members: JSONValue) throws -> UnigramTrainingOptions {
    var options = UnigramTrainingOptions()
    func texts(_ value: JSONValue) throws -> [String] { try value.elements().map { try $0.text() } }
    for member in try members.members() {
      switch member.key {
      case "vocab_size": options.sentencePiece.vocabSize = try member.value.integer()
      case "byte_fallback": options.sentencePiece.byteFallback = try member.value.boolean()
      case "split_digits": options.sentencePiece.splitDigits = try member.value.boolean()
      case "user_defined_symbols":
        options.sentencePiece.userDefinedSymbols = try texts(member.value)
      case "control_symbols": options.sentencePiece.controlSymbols = try texts(member.value)
      case "normalization_rule_name":
        options.sentencePiece.normalizationRuleName = try #require(
          .init(rawValue: member.value.text()))
      default: Issue.record("the option \(member.key) is not known here")
      }
    }
    return options
  }

  @Test func idsAreThoseThatSentencePieceGivesWithTheWrittenModel() throws {
    var text: [UInt8] = []
    for line in try Self.rows("training_sentencepiece.jsonl")[1].elements() {
      text += Array(try line.text().utf8) + [0x0A]
    }
    let rows = try Self.rows("training_unigram.jsonl")
    for row in rows.dropFirst() {
      let options = try Self.options(#require(row["options"]))
      let trained = try UnigramTrainer(options).train(
        on: [try TrainingSource(.buffer(text), unit: .bareLine)], TrainingRun(threads: 2))
      #expect(trained.report.tokenCount == options.sentencePiece.vocabSize)
      let model = try trained.source.written(as: .sentencePiece).bytes
      let tokenizer = try TokenizerSource(bytes: model.span).tokenizer()
      for pair in try #require(row["rows"]).elements() {
        let (text, ids) = (try pair.elements()[0].text(), try pair.elements()[1].elements())
        let expected = try ids.map { TokenID(try $0.integer()) }
        #expect(try tokenizer.encode(text) == expected, "\(text)")
      }
    }
    #expect(rows.count == 4)
  }
}
