import Tok
import Tokenization

/// Small valid files of each format.
enum SmallFiles {
  static let merges = ["Ġ t", "h e", "Ġt he", "i n", "e r", "o n", "Ġ a", "r e"]

  private static let alphabet: [String] = {
    ByteAlphabet.scalars.map { Unicode.Scalar($0).map { String(Character($0)) } ?? "" }
  }()

  static let vocabularyJSON = vocabulary(merges: merges)

  /// The byte alphabet, each with its byte for an id, and what the merges make from 256 on.
  static func vocabulary(merges: [String]) -> [UInt8] {
    let tokens = alphabet + merges.map { $0.split(separator: " ").joined() }
    let members = tokens.enumerated().map { id, token in
      let escaped = token == "\"" || token == "\\" ? "\\" + token : token
      return "\"\(escaped)\":\(id)"
    }
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  static let mergesText = Array(("#version: 0.2\n" + merges.joined(separator: "\n") + "\n").utf8)

  static let json: [UInt8] = {
    let byteLevel = #"{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}"#
    let special =
      #"{"id":300,"content":"<e>","single_word":false,"lstrip":true,"rstrip":false,"#
      + #""normalized":false,"special":true}"#
    let listed = merges.map { "\"\($0)\"" }.joined(separator: ",")
    return Array(
      (#"{"version":"1.0","truncation":null,"padding":null,"added_tokens":[\#(special)],"#
        + #""normalizer":{"type":"NFC"},"pre_tokenizer":\#(byteLevel),"decoder":\#(byteLevel),"#
        + #""model":{"type":"BPE","vocab":"#).utf8)
      + vocabularyJSON + Array(#","merges":[\#(listed)]}}"#.utf8)
  }()

  static let tiktoken: [UInt8] = {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for byte in 0..<256 {
      text += [digits[byte >> 2], digits[(byte & 3) << 4]]
      text += Array("== \(byte)\n".utf8)
    }
    return text + Array("dGg= 256\nIHRo 257\nIHRoZQ== 258\naW4= 259\n".utf8)
  }()

  static func tokenizer() throws -> Tokenizer { try Tokenizer(bytes: json.span) }
}
