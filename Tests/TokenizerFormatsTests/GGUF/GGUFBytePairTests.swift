import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct GGUFBytePairTests {
  static var sample: GGUFWriter {
    var file = GGUFWriter()
    let prefix = GGUFVocabularyTests.prefix
    file[prefix + "model"] = .text("gpt2")
    file[prefix + "pre"] = .text("smollm")
    file[prefix + "tokens"] = .texts(["<s>", "a", "b", "ab", "Ġ", "Ġab", "  ", "1", "<é>"])
    file[prefix + "token_type"] = .int32s([3, 1, 1, 1, 1, 1, 4, 1, 3])
    file[prefix + "merges"] = .texts(["a b", "Ġ ab", "a b"])
    file[prefix + "bos_token_id"] = .uint32(0)
    file[prefix + "add_bos_token"] = .bool(true)
    return file
  }

  static func tokenizer(_ file: GGUFWriter) throws -> Tokenizer {
    try Tokenizer(GGUFVocabulary(file.bytes.span).bytePairTokenizer())
  }

  @Test func `byte pairs are a tokenizer`() throws {
    let tokenizer = try Self.tokenizer(Self.sample)
    #expect(try tokenizer.encode("ab ab11  b") == [0, 3, 5, 7, 7, 6, 2])
    #expect(try tokenizer.encode("a<s>", specialTokens: .parse, addsTemplate: false) == [1, 0])
    // A control token is written as it is, not in the byte alphabet.
    #expect(tokenizer.bytes(of: 8) == Array("<é>".utf8))
    #expect(tokenizer.pipeline.roles.beginning == 0)
  }

  // Its text would be `Ġab` if merges did not make it.
  @Test func `a token that a user defined and merges make`() throws {
    var file = Self.sample
    file[GGUFVocabularyTests.prefix + "token_type"] = .int32s([3, 1, 1, 1, 1, 4, 4, 1, 3])
    let tokenizer = try Self.tokenizer(file)
    #expect(try tokenizer.encode("ab ab", addsTemplate: false) == [3, 5])
    #expect(tokenizer.bytes(of: 5) == Array(" ab".utf8))
  }

  @Test func `refuses merges that make nothing, and none`() {
    let key = GGUFVocabularyTests.prefix + "merges"
    for (merges, path) in [(["a b", "b b"], "[1]"), (["ab"], "[0]")] {
      var file = Self.sample
      file[key] = .texts(merges)
      let error = #expect(throws: VocabularyError.self) { try Self.tokenizer(file) }
      #expect(error?.path == key + path)
    }
    var file = Self.sample
    file[key] = nil
    let error = #expect(throws: VocabularyError.self) { try Self.tokenizer(file) }
    #expect(error?.reason == .missing)
  }

  @Test func `every known way to cut can be built`() throws {
    var names: Set<String> = []
    for entry in GGUFPreTokenizer.all {
      for name in entry.names {
        #expect(names.insert(name).inserted)
        let rule = try GGUFPreTokenizer(named: name)
        #expect(rule.name == name)
        _ = try rule.splitter()
      }
    }
    #expect(names.count > 70)
    #expect(try GGUFPreTokenizer(named: nil).name == "default")
  }

  @Test(
    arguments: [
      ("default", "don't 1234 <=a", ["don", "'", "t", " ", "123", "4", " ", "<=", "a"]),
      ("gpt-2", "a 123  b", ["a", " 123", " ", " b"]),
      ("smollm", "a 12", ["a", " ", "1", "2"]),
      ("llama-bpe", "I'LL 1234\n\n x", ["I", "'LL", " ", "123", "4", "\n\n", " x"]),
      ("qwen2", "12 a", ["1", "2", " a"]),
      ("tekken", "aB1/", ["a", "B", "1", "/"]),
      ("gpt-4o", "aB's", ["a", "B's"]),
      ("falcon", "a+=1234", ["a", "+=", "123", "4"]),
      ("deepseek-v3", "1234 x", ["123", "4", " x"]),
      ("deepseek-coder", "a,12", ["a", ",", "1", "2"]),
      // The signs of the third cut include the letters of ASCII.
      ("deepseek-llm", "éa 12", ["é", "a", " ", "12"]),
      ("superbpe", "1234567", ["1", "234", "567"]),
      ("tiny_aya", "1234567", ["1", "234", "567"]),
      ("laguna", "a\n\nb", ["a", "\n\n", "b"]),
      ("bloom", "a, b", ["a", ",", " b"]),
    ] as [(String, String, [String])])
  func `cuts`(name: String, text: String, expected: [String]) throws {
    var file = GGUFWriter()
    let prefix = GGUFVocabularyTests.prefix
    file[prefix + "model"] = .text("gpt2")
    file[prefix + "pre"] = .text(name)
    // Every pretoken that is expected is a token, and nothing else.
    let texts = Set(expected).sorted().map { (text) -> String in
      var bytes: [UInt8] = []
      ByteAlphabet.appendText(of: Array(text.utf8).span, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    file[prefix + "tokens"] = .texts(texts)
    file[prefix + "merges"] = .texts([])
    file[prefix + "add_bos_token"] = .bool(false)
    var definition = try GGUFVocabulary(file.bytes.span).bytePairTokenizer()
    var model = definition.model.bytePair
    model.takesWholePretokens = true
    definition.model = model
    let tokenizer = try Tokenizer(definition)
    let tokens = try tokenizer.encode(text).map { id in
      String(decoding: tokenizer.bytes(of: id) ?? [], as: UTF8.self)
    }
    #expect(tokens == expected)
  }
}
