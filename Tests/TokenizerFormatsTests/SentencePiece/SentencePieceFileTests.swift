import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct SentencePieceFileTests {
  /// Two bytes of a length, an array of one unit, one replacement.
  static let charsMap: [UInt8] = [4, 0, 0, 0, 1, 2, 3, 4, 0x61, 0]

  /// A model with a token of each type.
  static func sample(
    trainer: (inout ProtobufWriter) -> Void = { _ in },
    tokens: (inout ProtobufWriter) -> Void = { _ in }
  ) -> [UInt8] {
    var file = ProtobufWriter()
    file.token("<unk>", type: 2)
    file.token("<s>", type: 3)
    file.token("</s>", type: 3)
    file.token("\u{2581}a", -1.5)
    file.token("b", -2, type: 1)
    file.token("<x>", type: 4)
    file.token("bb", -3, type: 5)
    tokens(&file)
    file.message(2) {
      $0.text(2, "a prefix that is not read")
      $0.number(3, 2)
      trainer(&$0)
    }
    file.message(3) {
      $0.text(1, "nmt")
      $0.data(2, charsMap)
      $0.number(3, 0)
      $0.number(4, 0)
    }
    return file.bytes
  }

  static func refusal(_ bytes: [UInt8]) -> VocabularyError? {
    do throws(VocabularyError) {
      _ = try SentencePieceFile(bytes.span)
      return nil
    } catch { return error }
  }

  @Test func `reads a model`() throws {
    let file = try SentencePieceFile(Self.sample().span)
    let texts = (0..<7).map { String(decoding: file.texts[$0], as: UTF8.self) }
    #expect(
      texts == [
        "<unk>", "<s>", "</s>", "\u{2581}a", "b", "<x>", "bb",
      ])
    #expect(file.scores == [0, 0, 0, -1.5, -2, 0, -3])
    #expect(
      file.types == [.unknown, .control, .control, .normal, .normal, .userDefined, .unused])
    #expect(file.trainer.modelType == .bytePair && !file.trainer.hasByteFallback)
    #expect(file.normalizer.name == "nmt" && file.normalizer.precompiledCharsMap == Self.charsMap)
    #expect(!file.normalizer.addsDummyPrefix && !file.normalizer.removesExtraWhitespaces)
    #expect(file.normalizer.escapesWhitespaces && file.denormalizer == nil)
    #expect(file.roles == TokenRoles(beginning: 1, end: 2, unknown: 0))
    #expect(file.byteTokens.isEmpty)
  }

  // sentencepiece_model.proto of SentencePiece 0.2.1, and what its loader does with a file that holds
  // tokens alone.
  @Test func `what a file leaves out`() throws {
    var writer = ProtobufWriter()
    writer.message(1) {
      $0.text(1, "?")
      $0.number(3, 2)
    }
    let file = try SentencePieceFile(writer.bytes.span)
    #expect(file.scores == [0] && file.roles == TokenRoles(unknown: 0))
    #expect(file.trainer == SentencePieceFile.Trainer())
    #expect(file.trainer.modelType == .unigram && file.trainer.paddingID == -1)
    #expect(file.trainer.unknownSurface == Array(" \u{2047} ".utf8))
    #expect(file.normalizer == SentencePieceFile.Normalizer())
    #expect(file.normalizer.addsDummyPrefix && file.normalizer.removesExtraWhitespaces)
  }

  @Test func `the trainer's fields`() throws {
    let bytes = Self.sample {
      $0.number(24, 1)
      $0.number(40, 3)
      $0.number(43, -1)
      $0.text(44, "?")
      $0.text(46, "</s>")
      $0.text(47, "")
      $0.text(48, "b")
    }
    let file = try SentencePieceFile(bytes.span)
    #expect(file.trainer.treatsWhitespaceAsSuffix && file.trainer.unknownID == 3)
    #expect(file.trainer.paddingID == -1 && file.trainer.unknownSurface == [0x3F])
    // An empty text is the usual one; a token that is no control token plays no part.
    #expect(file.roles == TokenRoles(beginning: 2, end: 2, unknown: 0))
  }

  @Test func `byte fallback`() throws {
    let hexadecimal = Array("0123456789ABCDEF")
    func bytes(_ count: Int, declared: Bool = true) -> [UInt8] {
      Self.sample {
        if declared { $0.number(35, 1) }
      } tokens: { file in
        for byte in 0..<count {
          file.token("<0x\(hexadecimal[byte >> 4])\(hexadecimal[byte & 15])>", type: 6)
        }
      }
    }
    #expect(try SentencePieceFile(bytes(256).span).byteTokens == (7..<263).map { TokenID($0) })
    #expect(Self.refusal(bytes(255))?.reason == .missing)
    #expect(Self.refusal(bytes(0))?.reason == .missing)
    let undeclared = Self.refusal(bytes(1, declared: false))
    #expect(undeclared?.reason == .malformed && undeclared?.path == "pieces[7]")
    for text in ["<0xag>", "<0x0a>", "0x0A", "<0x0A> ", "<0x00A>"] {
      let bytes = Self.sample {
        $0.number(35, 1)
      } tokens: {
        $0.token(text, type: 6)
      }
      #expect(Self.refusal(bytes)?.path == "pieces[7]")
    }
  }

  @Test func `a rule for decoding counts if it has rules`() throws {
    var file = ProtobufWriter(bytes: Self.sample())
    file.message(5) { $0.text(1, "none") }
    #expect(try SentencePieceFile(file.bytes.span).denormalizer == nil)
    file.message(5) { $0.data(2, Self.charsMap) }
    #expect(try SentencePieceFile(file.bytes.span).denormalizer?.name == "none")
  }

  // The original, too, keeps the two kinds in two tables.
  @Test func `a text may be a token of text and a control token`() throws {
    let bytes = Self.sample(tokens: { $0.token("<s>") })
    #expect(throws: Never.self) { try SentencePieceFile(bytes.span) }
    let twice = Self.sample(tokens: {
      $0.token("<s>")
      $0.token("<s>", type: 4)
    })
    let error = Self.refusal(twice)
    #expect(error?.reason == .duplicate && error?.path == "pieces[8]")
    #expect(Self.refusal(Self.sample(tokens: { $0.token("<s>", type: 3) }))?.reason == .duplicate)
  }

  /// A change to a valid file, and how it is refused.
  struct Refusal: Sendable {
    var reason: VocabularyError.Reason
    var path: String
    var change: @Sendable (inout ProtobufWriter) -> Void

    init(
      _ reason: VocabularyError.Reason, _ path: String,
      _ change: @escaping @Sendable (inout ProtobufWriter) -> Void
    ) {
      self.reason = reason
      self.path = path
      self.change = change
    }

    /// A map of characters.
    init(_ reason: VocabularyError.Reason, map: [UInt8]) {
      self.init(reason, "normalizer_spec.precompiled_charsmap") {
        $0.message(3) { $0.data(2, map) }
      }
    }
  }

  static let refusals: [Refusal] = [
    Refusal(.malformed, "pieces[7]") { $0.token("") },
    Refusal(.malformed, "pieces[7]") { $0.message(1) { _ in } },
    Refusal(.duplicate, "pieces[7]") { $0.token("b") },
    Refusal(.duplicate, "pieces[7]") { $0.token("?", type: 2) },
    Refusal(.malformed, "pieces[7].score") { $0.token("?", .nan) },
    Refusal(.malformed, "pieces[7].score") { $0.token("?", -.infinity) },
    Refusal(.unsupported, "pieces[7].type") { $0.token("?", type: 0) },
    Refusal(.unsupported, "pieces[7].type") { $0.token("?", type: 7) },
    Refusal(.limit, "pieces[7].type") { $0.token("?", type: 1 << 40) },
    Refusal(.wrongType, "pieces[7].piece") { $0.message(1) { $0.number(1, 3) } },
    Refusal(.wrongType, "pieces[7].score") { $0.message(1) { $0.number(2, 3) } },
    Refusal(.wrongType, "pieces[7]") { $0.number(1, 3) },
    Refusal(.unsupported, "trainer_spec.model_type") { $0.message(2) { $0.number(3, 5) } },
    Refusal(.wrongType, "trainer_spec.byte_fallback") { $0.message(2) { $0.text(35, "") } },
    Refusal(.truncated, "trainer_spec.unk_piece") {
      $0.message(2) {
        $0.text(45, "a")
        $0.bytes.removeLast()
      }
    },
    Refusal(.wrongType, "normalizer_spec.add_dummy_prefix") { $0.message(3) { $0.text(3, "") } },
    Refusal(.truncated, map: [9]), Refusal(.truncated, map: [9, 0, 0, 0, 0]),
    Refusal(.malformed, map: [2, 0, 0, 0, 0, 0]),
    Refusal(.truncated, map: [0xFF, 0xFF, 0xFF, 0xFF, 0]),
    Refusal(.malformed, map: charsMap + [0x61]),
  ]

  @Test(arguments: refusals.indices)
  func `refuses`(row: Int) {
    var file = ProtobufWriter(bytes: Self.sample())
    Self.refusals[row].change(&file)
    let error = Self.refusal(file.bytes)
    #expect(error?.reason == Self.refusals[row].reason)
    #expect(error?.path == Self.refusals[row].path)
  }

  @Test func `a file without tokens, or without an unknown one`() {
    #expect(Self.refusal([])?.reason == .missing)
    var file = ProtobufWriter()
    file.token("a")
    #expect(Self.refusal(file.bytes)?.reason == .missing)
  }

  @Test func `a token of ten megabytes is a token`() throws {
    let bytes = Self.sample(tokens: { $0.token(String(repeating: "a", count: 10_000_000)) })
    let file = try SentencePieceFile(bytes.span)
    #expect(file.texts.range(7).count == 10_000_000)
  }
}
