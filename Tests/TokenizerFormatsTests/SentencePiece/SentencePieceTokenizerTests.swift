import Testing
import Tokenization

@testable import TokenizerFormats

/// Tokenizers of small model files with unused tokens and symbols of the user.
@Suite struct SentencePieceTokenizerTests {
  /// The type of the model, as its number in the file, whether it has tokens for bytes, and what
  /// sentencepiece 0.2.3 makes of a text: ids, and the text they are decoded to.
  struct Row: Sendable {
    var type: Int64
    var hasBytes: Bool
    var text: String
    var ids: [TokenID]
    var decoded: String

    init(_ type: Int64, _ hasBytes: Bool, _ text: String, _ ids: [TokenID], _ decoded: String) {
      self.type = type
      self.hasBytes = hasBytes
      self.text = text
      self.ids = ids
      self.decoded = decoded
    }
  }

  static let tokens: [(text: String, score: Float, type: Int64)] = [
    ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("\u{2581}", -1, 1),
    ("a", -1, 1), ("b", -2, 1), ("\u{2581}a", -1.5, 1), ("ab", -3, 5),
    ("\u{2581}ab", -2.5, 1), ("abb", -4, 5), ("bb", -3.5, 1), ("<x>", 0, 4),
    ("a\u{2581}b", 0, 4), ("c", -6, 5), ("<s", -7, 1),
  ]

  static let rows = [
    Row(2, false, "ab", [8], "ab"),
    Row(2, false, "abb", [8, 5], "abb"),
    Row(2, false, "a abb abb", [6, 8, 5, 8, 5], "a abb abb"),
    Row(2, false, "a<x>b", [6, 11, 5], "a<x>b"),
    Row(2, false, "xab a b", [3, 0, 4, 5, 3, 12], " \u{2047} ab a b"),
    Row(2, false, "c", [3, 0], " \u{2047} "),
    Row(2, false, "cc d", [3, 0, 3, 0], " \u{2047}   \u{2047} "),
    Row(2, false, "  b  ", [3, 5], "b"),
    Row(2, false, "<s>", [3, 14, 0], "<s \u{2047} "),
    Row(2, false, "bab abba", [3, 5, 4, 5, 8, 5, 4], "bab abba"),
    Row(2, false, "x y z a", [3, 0, 3, 0, 3, 0, 6], " \u{2047}   \u{2047}   \u{2047}  a"),
    Row(2, false, "éa", [3, 0, 4], " \u{2047} a"),
    Row(2, true, "ab", [8], "ab"),
    Row(2, true, "abb", [8, 5], "abb"),
    Row(2, true, "a abb abb", [6, 8, 5, 8, 5], "a abb abb"),
    Row(2, true, "a<x>b", [6, 11, 5], "a<x>b"),
    Row(2, true, "xab a b", [3, 135, 4, 5, 3, 12], "xab a b"),
    Row(2, true, "c", [3, 114], "c"),
    Row(2, true, "cc d", [3, 114, 114, 3, 115], "cc d"),
    Row(2, true, "  b  ", [3, 5], "b"),
    Row(2, true, "<s>", [3, 14, 77], "<s>"),
    Row(2, true, "bab abba", [3, 5, 4, 5, 8, 5, 4], "bab abba"),
    Row(2, true, "x y z a", [3, 135, 3, 136, 3, 137, 6], "x y z a"),
    Row(2, true, "éa", [3, 210, 184, 4], "éa"),
    Row(3, false, "ab", [8], "ab"),
    Row(3, false, "abb", [0], " \u{2047} "),
    Row(3, false, "a abb abb", [6, 0], "a \u{2047} "),
    Row(3, false, "a<x>b", [0], " \u{2047} "),
    Row(3, false, "xab a b", [0, 6, 0], " \u{2047}  a \u{2047} "),
    Row(3, false, "c", [0], " \u{2047} "),
    Row(3, false, "cc d", [0], " \u{2047} "),
    Row(3, false, "  b  ", [0], " \u{2047} "),
    Row(3, false, "<s>", [0], " \u{2047} "),
    Row(3, false, "bab abba", [0], " \u{2047} "),
    Row(3, false, "x y z a", [0, 6], " \u{2047}  a"),
    Row(3, false, "éa", [0], " \u{2047} "),
    Row(3, true, "ab", [8], "ab"),
    Row(3, true, "abb", [241, 165, 144, 112, 113, 113], "\u{2581}abb"),
    Row(
      3, true, "a abb abb",
      [6, 241, 165, 144, 112, 113, 113, 241, 165, 144, 112, 113, 113],
      "a\u{2581}abb\u{2581}abb"),
    Row(3, true, "a<x>b", [241, 165, 144, 112, 75, 135, 77, 113], "\u{2581}a<x>b"),
    Row(
      3, true, "xab a b",
      [241, 165, 144, 135, 112, 113, 6, 241, 165, 144, 113],
      "\u{2581}xab a\u{2581}b"),
    Row(3, true, "c", [241, 165, 144, 114], "\u{2581}c"),
    Row(3, true, "cc d", [241, 165, 144, 114, 114, 241, 165, 144, 115], "\u{2581}cc\u{2581}d"),
    Row(3, true, "  b  ", [241, 165, 144, 113], "\u{2581}b"),
    Row(3, true, "<s>", [241, 165, 144, 75, 130, 77], "\u{2581}<s>"),
    Row(
      3, true, "bab abba",
      [241, 165, 144, 113, 112, 113, 241, 165, 144, 112, 113, 113, 112],
      "\u{2581}bab\u{2581}abba"),
    Row(
      3, true, "x y z a",
      [241, 165, 144, 135, 241, 165, 144, 136, 241, 165, 144, 137, 6],
      "\u{2581}x\u{2581}y\u{2581}z a"),
    Row(3, true, "éa", [241, 165, 144, 210, 184, 112], "\u{2581}éa"),
    Row(4, false, "ab", [3, 4, 5], "ab"),
    Row(4, false, "abb", [3, 4, 5, 5], "abb"),
    Row(4, false, "a abb abb", [3, 4, 3, 4, 5, 5, 3, 4, 5, 5], "a abb abb"),
    Row(4, false, "a<x>b", [3, 4, 11, 5], "a<x>b"),
    Row(4, false, "xab a b", [3, 0, 4, 5, 3, 12], " \u{2047} ab a b"),
    Row(4, false, "c", [3, 0], " \u{2047} "),
    Row(4, false, "cc d", [3, 0, 3, 0], " \u{2047}   \u{2047} "),
    Row(4, false, "  b  ", [3, 5], "b"),
    Row(4, false, "<s>", [3, 0], " \u{2047} "),
    Row(4, false, "bab abba", [3, 5, 4, 5, 3, 4, 5, 5, 4], "bab abba"),
    Row(4, false, "x y z a", [3, 0, 3, 0, 3, 0, 3, 4], " \u{2047}   \u{2047}   \u{2047}  a"),
    Row(4, false, "éa", [3, 0, 4], " \u{2047} a"),
    Row(4, true, "ab", [3, 4, 5], "ab"),
    Row(4, true, "abb", [3, 4, 5, 5], "abb"),
    Row(4, true, "a abb abb", [3, 4, 3, 4, 5, 5, 3, 4, 5, 5], "a abb abb"),
    Row(4, true, "a<x>b", [3, 4, 11, 5], "a<x>b"),
    Row(4, true, "xab a b", [3, 135, 4, 5, 3, 12], "xab a b"),
    Row(4, true, "c", [3, 114], "c"),
    Row(4, true, "cc d", [3, 114, 114, 3, 115], "cc d"),
    Row(4, true, "  b  ", [3, 5], "b"),
    Row(4, true, "<s>", [3, 75, 130, 77], "<s>"),
    Row(4, true, "bab abba", [3, 5, 4, 5, 3, 4, 5, 5, 4], "bab abba"),
    Row(4, true, "x y z a", [3, 135, 3, 136, 3, 137, 3, 4], "x y z a"),
    Row(4, true, "éa", [3, 210, 184, 4], "éa"),
  ]

  private static func tokenizer(_ type: Int64, _ hasBytes: Bool) throws -> Tokenizer {
    var file = ProtobufWriter()
    for token in tokens { file.token(token.text, token.score, type: token.type) }
    if hasBytes {
      for byte in 0...255 as ClosedRange<UInt8> {
        let name = CharacterPairDefinition.nameOfByte(byte)
        file.token(String(decoding: name, as: UTF8.self), type: 6)
      }
    }
    file.message(2) {
      $0.number(3, type)
      if hasBytes { $0.number(35, 1) }
    }
    file.message(3) { $0.text(1, "identity") }
    return try Tokenizer(SentencePieceFile(file.bytes.span).tokenizer())
  }

  @Test(arguments: [2, 3, 4] as [Int64], [false, true])
  func `rows`(type: Int64, hasBytes: Bool) throws {
    let tokenizer = try Self.tokenizer(type, hasBytes)
    let compiled = try Tokenizer(CompiledImage(tokenizer.compiled().span))
    for row in Self.rows where row.type == type && row.hasBytes == hasBytes {
      for one in [tokenizer, compiled] {
        #expect(try one.encode(row.text) == row.ids, "\(row.text)")
        #expect(try one.decode(row.ids) == row.decoded, "\(row.text)")
      }
      #expect(try tokenizer.tokenize(row.text).map(\.id) == row.ids)
    }
  }
}
