import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct GGUFVocabularyTests {
  static let prefix = "tokenizer.ggml."

  static var sample: GGUFWriter {
    var file = GGUFWriter()
    file["general.architecture"] = .text("llama")
    file["general.alignment"] = .uint32(32)
    file["some.numbers"] = .nested([[1], [2]])
    file["some.texts"] = .texts(["a", ""])
    file["some.doubles"] = .double(1)
    file[prefix + "model"] = .text("llama")
    file[prefix + "tokens"] = .texts(["<unk>", "<s>", "</s>", "\u{2581}a", "b"])
    file[prefix + "scores"] = .floats([0, 0, 0, -1, -2])
    file[prefix + "token_type"] = .int32s([2, 3, 3, 1, 9])
    file[prefix + "bos_token_id"] = .uint32(1)
    file[prefix + "eos_token_id"] = .uint32(2)
    file[prefix + "padding_token_id"] = .uint32(.max)
    file[prefix + "add_bos_token"] = .bool(true)
    file[prefix + "add_space_prefix"] = .bool(false)
    file["tokenizer.chat_template"] = .text("{{ x }}")
    return file
  }

  static func read(_ bytes: [UInt8]) throws(VocabularyError) -> GGUFVocabulary {
    try GGUFVocabulary(bytes.span)
  }

  static func refusal(_ file: GGUFWriter) -> VocabularyError? {
    do throws(VocabularyError) {
      _ = try read(file.bytes)
      return nil
    } catch { return error }
  }

  @Test(arguments: [(2, false), (3, false), (2, true), (3, true)] as [(UInt32, Bool)])
  func `reads a vocabulary of either order`(version: UInt32, isBigEndian: Bool) throws {
    var writer = Self.sample
    writer.version = version
    writer.isBigEndian = isBigEndian
    let file = try Self.read(writer.bytes)
    #expect(file.model == .scoredBytePair && file.modelName == "llama" && file.pre == nil)
    #expect(
      (0..<5).map { file.texts[$0] }
        == ["<unk>", "<s>", "</s>", "\u{2581}a", "b"].map { Array($0.utf8) })
    #expect(file.scores == [0, 0, 0, -1, -2])
    #expect(file.types == [.unknown, .control, .control, .normal, .undefined])
    var roles = GGUFVocabulary.Roles()
    roles.beginning = 1
    roles.end = 2
    #expect(file.roles == roles)
    #expect(file.addsBeginning == true && file.addsEnd == nil && file.addsSpacePrefix == false)
    #expect(file.chatTemplate == "{{ x }}" && file.architecture == "llama" && file.name == nil)
    #expect(file.merges == nil && file.precompiledCharsMap.isEmpty)
    let settings = try file.settings()
    #expect(settings.addsBeginning && !settings.addsEnd && !settings.addsSpacePrefix)
    #expect(settings.unknown == 0 && settings.padding == nil && settings.pre == nil)
  }

  @Test func `what lies behind the metadata is not looked at`() throws {
    let bytes = Self.sample.bytes + [UInt8](repeating: 0xAB, count: 100)
    #expect(try Self.read(bytes).texts.count == 5)
  }

  @Test func `scores may be whole numbers, and lists longer than the tokens`() throws {
    var file = Self.sample
    file[Self.prefix + "scores"] = .int32s([0, 0, 0, -1, -2, -3])
    file[Self.prefix + "token_type"] = .int32s([2, 3, 3, 1, 1, 1])
    let read = try Self.read(file.bytes)
    #expect(read.scores == [0, 0, 0, -1, -2] && read.types.count == 5)
  }

  @Test func `a token without text has a name`() throws {
    var file = Self.sample
    file[Self.prefix + "tokens"] = .texts(["", "<s>", "", "a", "b"])
    let texts = try Self.read(file.bytes).texts
    #expect(texts[0] == Array("[EMPTY_0]".utf8) && texts[2] == Array("[EMPTY_2]".utf8))
    #expect(texts[3] == [0x61])
  }

  /// A change to the sample, and how it is refused.
  struct Refusal: Sendable {
    var reason: VocabularyError.Reason
    var path: String
    var change: @Sendable (inout GGUFWriter) -> Void

    init(
      _ reason: VocabularyError.Reason, _ path: String,
      _ change: @escaping @Sendable (inout GGUFWriter) -> Void
    ) {
      self.reason = reason
      self.path = path.isEmpty ? "" : path.contains(".") ? path : prefix + path
      self.change = change
    }

    /// Another value for a key.
    init(
      _ reason: VocabularyError.Reason, _ key: String, path: String? = nil,
      is value: GGUFWriter.Value
    ) {
      let values = [value]
      self.init(reason, path ?? key) { $0[prefix + key] = values[0] }
    }
  }

  static let refusals: [Refusal] = [
    Refusal(.version, "") { $0.version = 1 },
    Refusal(.version, "") { $0.version = 4 },
    Refusal(.version, "") { $0.version = 0 },
    Refusal(.truncated, "") { $0.claimedCount = 1 << 31 },
    Refusal(.truncated, "") { $0.claimedCount = .max },
    Refusal(.duplicate, "general.architecture") {
      $0.pairs.append(("general.architecture", .text("")))
    },
    Refusal(.malformed, "") { $0.pairs.insert(("", .uint8(0)), at: 0) },
    Refusal(.limit, "") {
      $0.pairs.insert((String(repeating: "k", count: 65_536), .uint8(0)), at: 0)
    },
    Refusal(.malformed, "a.b") { $0["a.b"] = .raw(type: 13, [0]) },
    Refusal(.missing, "") { $0[prefix + "model"] = nil },
    Refusal(.missing, "tokens") { $0[prefix + "tokens"] = nil },
    Refusal(.unsupported, "model", is: .text("plamo2")),
    Refusal(.wrongType, "model", is: .uint32(1)),
    Refusal(.wrongType, "tokens", is: .text("a")),
    Refusal(.wrongType, "tokens", is: .int32s([1])),
    Refusal(.missing, "tokens", is: .texts([])),
    Refusal(.malformed, "scores", is: .floats([0])),
    Refusal(.malformed, "scores", path: "scores[1]", is: .floats([0, .nan, 0, 0, 0])),
    Refusal(.wrongType, "scores", is: .texts(["a"])),
    Refusal(.malformed, "token_type", is: .int32s([1])),
    Refusal(.wrongType, "token_type", is: .floats([1])),
    Refusal(.wrongType, "bos_token_id", is: .text("a")),
    Refusal(.wrongType, "add_bos_token", is: .uint8(1)),
    Refusal(.wrongType, "precompiled_charsmap", is: .text("a")),
    Refusal(.truncated, "precompiled_charsmap", is: .bytes([1, 2])),
    Refusal(.duplicate, "tokens", path: "tokens[4]", is: .texts(["?", "a", "b", "c", "a"])),
  ]

  @Test(arguments: refusals.indices)
  func `refuses`(row: Int) {
    var file = Self.sample
    Self.refusals[row].change(&file)
    let error = Self.refusal(file)
    #expect(error?.reason == Self.refusals[row].reason)
    #expect(error?.path == Self.refusals[row].path)
  }

  @Test func `counts are not believed`() {
    var file = Self.sample
    let writer = file
    for (type, count) in [(8, 1 << 31), (8, Int.max), (5, 1 << 31), (9, 1 << 60)] as [(UInt32, Int)]
    {
      file[Self.prefix + "merges"] = .raw(
        type: 9, writer.number(type) + writer.number(UInt64(count)) + [0, 0, 0, 0])
      let error = Self.refusal(file)
      #expect(error?.reason == .truncated)
      #expect(error?.message.contains("\(count) elements") == true)
      #expect(error?.message.contains("4 are left") == true)
    }
    file[Self.prefix + "merges"] = .raw(
      type: 9, writer.number(8 as UInt32) + writer.number(1 as UInt64) + writer.number(1 << 62))
    let error = Self.refusal(file)
    #expect(error?.path == Self.prefix + "merges[0]" && error?.reason == .truncated)
  }

  @Test func `arrays within each other have a limit`() {
    func nested(_ depth: Int) -> GGUFWriter {
      var file = Self.sample
      let head = file.number(9 as UInt32) + file.number(1 as UInt64)
      var value: [UInt8] = []
      for _ in 0..<depth - 1 { value += head }
      value += file.number(0 as UInt32) + file.number(1 as UInt64) + [7]
      file["a.b"] = .raw(type: 9, value)
      return file
    }
    #expect(Self.refusal(nested(16)) == nil)
    let error = Self.refusal(nested(100_000))
    #expect(error?.reason == .limit)
    #expect(error?.message == "17 arrays within each other where 16 are allowed")
  }

  @Test func `what llama.cpp takes where the file is silent`() throws {
    func settings(_ model: String, _ change: (inout GGUFWriter) -> Void) throws
      -> GGUFVocabulary.Settings
    {
      var file = GGUFWriter()
      file[Self.prefix + "model"] = .text(model)
      file[Self.prefix + "tokens"] = .texts((0..<200).map { "t\($0)" })
      change(&file)
      return try Self.read(file.bytes).settings()
    }
    let bert = try settings("bert") { _ in }
    #expect(bert.beginning == 101 && bert.separator == 102 && bert.unknown == 100)
    #expect(bert.addsBeginning && bert.addsSeparator && bert.lowercases && bert.stripsAccents)
    let cased = try settings("bert") { $0[Self.prefix + "normalizer.lowercase"] = .bool(false) }
    #expect(!cased.lowercases && !cased.stripsAccents)
    let t5 = try settings("t5") { _ in }
    #expect(t5.end == 1 && t5.unknown == 2 && t5.padding == 0 && t5.addsEnd && !t5.addsBeginning)
    let gpt2 = try settings("gpt2") { $0[Self.prefix + "pre"] = .text("llama-bpe") }
    #expect(gpt2.beginning == 11 && gpt2.addsBeginning && gpt2.takesWholePretokens)
    #expect(!gpt2.escapesWhitespaces)
    #expect(throws: VocabularyError.self) {
      try settings("gpt2") { $0[Self.prefix + "pre"] = .text("nothing") }
    }
    let rwkv = try settings("rwkv") { _ in }
    #expect(rwkv.beginning == nil && rwkv.unknown == nil && !rwkv.addsBeginning)
    // There is no beginning token to be added.
    #expect(throws: VocabularyError.self) {
      try settings("t5") { $0[Self.prefix + "add_bos_token"] = .bool(true) }
    }
  }
}
