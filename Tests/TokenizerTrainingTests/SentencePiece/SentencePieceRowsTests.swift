import TestSupport
import Testing
import Tok

@testable import TokenizerFormats
@testable import TokenizerTraining

/// What sentencepiece 0.2.3 trains with `model_type` `bpe`:
/// `Tests/Conformance/training_sentencepiece.jsonl`, by `training_sentencepiece.py`.
@Suite struct SentencePieceRowsTests {
  private static func set(
    _ name: String, _ value: JSONValue, of options: inout SentencePieceTrainingOptions
  ) throws {
    switch name {
    case "vocab_size": options.vocabSize = try value.integer()
    case "pad_id": options.padID = try value.integer()
    case "max_sentencepiece_length": options.maxSentencepieceLength = try value.integer()
    case "character_coverage":
      #expect(value == .number("1.0"))
      options.characterCoverage = 1
    case "normalization_rule_name":
      options.normalizationRuleName = try #require(.init(rawValue: value.text()))
    case "required_chars": options.requiredChars = try value.text()
    case "auto_character_coverage": options.autoCharacterCoverage = try value.boolean()
    case "byte_fallback": options.byteFallback = try value.boolean()
    case "split_digits": options.splitDigits = try value.boolean()
    case "split_by_number": options.splitByNumber = try value.boolean()
    case "split_by_unicode_script": options.splitByUnicodeScript = try value.boolean()
    case "split_by_whitespace": options.splitByWhitespace = try value.boolean()
    case "treat_whitespace_as_suffix": options.treatWhitespaceAsSuffix = try value.boolean()
    case "allow_whitespace_only_pieces": options.allowWhitespaceOnlyPieces = try value.boolean()
    case "remove_extra_whitespaces": options.removeExtraWhitespaces = try value.boolean()
    case "pretokenization_delimiter": options.pretokenizationDelimiter = try value.text()
    case "add_dummy_prefix": options.addDummyPrefix = try value.boolean()
    case "user_defined_symbols":
      options.userDefinedSymbols = try value.elements().map { try $0.text() }
    case "control_symbols": options.controlSymbols = try value.elements().map { try $0.text() }
    default: Issue.record("the option \(name) is not known here")
    }
  }

  @Test func tokensScoresAndIDsAreThoseOfTheOriginal() throws {
    let bytes = try Files.read("\(Files.root)/Tests/Conformance/training_sentencepiece.jsonl")
    var rows: [JSONValue] = []
    for line in bytes.split(separator: 0x0A) {
      let content = Array(line)
      rows.append(try JSONValue(parsing: content.span))
    }
    var text: [UInt8] = []
    for line in try rows[1].elements() {
      text += Array(try line.text().utf8) + [0x0A]
    }
    for row in rows.dropFirst(2) {
      var options = SentencePieceTrainingOptions()
      for member in try #require(row["options"]).members() {
        try Self.set(member.key, member.value, of: &options)
      }
      let source = try TrainingSource(.buffer(text), unit: .bareLine)
      let trainer = try SentencePieceBPETrainer(options)
      let trained = try trainer.train(on: [source])
      let written = try trained.source.written(as: .sentencePiece)
      let content = written.bytes
      let file = try SentencePieceFile(content.span)
      let expected = try #require(row["tokens"]).elements()
      #expect(file.texts.count == expected.count)
      #expect(trained.report.tokenCount == expected.count)
      #expect(trained.report.shortage == nil)
      var differing: [String] = []
      for id in 0..<min(file.texts.count, expected.count) {
        let token = try expected[id].elements()
        let (name, score) = (try token[0].text(), file.scores[id])
        guard case .number(let digits) = token[1], Float(digits) == score,
          file.texts[id] == Array(name.utf8)
        else {
          differing.append("\(id): \(name)")
          continue
        }
      }
      #expect(differing.isEmpty, "\(differing.first ?? "")")
    }
    #expect(rows.count == 13)
  }
}
