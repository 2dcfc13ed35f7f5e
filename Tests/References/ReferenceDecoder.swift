/// The decoders of tokenizer.json as they are defined: each turns a list of texts into another one.
///
/// Bytes stand for characters, which is the same where all is UTF-8.
package enum ReferenceDecoder: Sendable {
  case spaced
  case fuse
  case byteLevel
  case byteFallback
  case metaspace(Unicode.Scalar, removesInFirst: Bool)
  case wordPiece(prefix: String, cleansUp: Bool)
  case bpe(suffix: String)
  case ctc(pad: String, wordDelimiter: String, cleansUp: Bool)
  case strip(Unicode.Scalar, start: Int, stop: Int)
  case replace(String, content: String)

  package typealias Text = [UInt8]

  package func decode(_ texts: [Text]) -> [Text] {
    switch self {
    case .spaced: [Text(texts.joined(separator: [0x20]))]
    case .fuse: [Text(texts.joined())]
    case .byteLevel: [Self.repaired(texts.flatMap(Self.bytes))]
    case .byteFallback: Self.fallBack(texts)
    case .metaspace(let scalar, let removesInFirst):
      texts.enumerated().map { index, text in
        replace(text, String(scalar), index == 0 && removesInFirst ? "" : " ")
      }
    case .wordPiece(let prefix, let cleansUp):
      texts.enumerated().map { index, text in
        let word =
          index == 0
          ? text
          : text.starts(with: prefix.utf8) ? Text(text.dropFirst(prefix.utf8.count)) : [0x20] + text
        return cleansUp ? Self.cleanUp(word) : word
      }
    case .bpe(let suffix):
      texts.enumerated().map { index, text in
        replace(text, suffix, index == texts.count - 1 ? "" : " ")
      }
    case .ctc(let pad, let wordDelimiter, let cleansUp):
      texts.indices.filter { $0 == 0 || texts[$0] != texts[$0 - 1] }.map { index in
        let text = replace(texts[index], pad, "")
        return cleansUp ? replace(Self.cleanUp(text), wordDelimiter, " ") : text
      }.filter { !$0.isEmpty }
    case .strip(let content, let start, let stop):
      texts.map { Self.strip($0, Text(String(content).utf8), start, stop) }
    case .replace(let literal, let content):
      texts.map { $0.isEmpty ? [] : replace($0, literal, content) }
    }
  }

  private func replace(_ text: Text, _ literal: String, _ content: String) -> Text {
    Self.replace(text, literal, content)
  }

  /// An empty literal stands before each character and at the end.
  private static func replace(_ text: Text, _ literal: String, _ content: String) -> Text {
    let literal = Text(literal.utf8)
    var result: Text = []
    var rest = text[...]
    while !rest.isEmpty {
      if !literal.isEmpty, rest.starts(with: literal) {
        result += content.utf8
        rest = rest.dropFirst(literal.count)
      } else {
        if literal.isEmpty, rest[rest.startIndex] & 0xC0 != 0x80 { result += content.utf8 }
        result.append(rest.removeFirst())
      }
    }
    return literal.isEmpty ? result + content.utf8 : result
  }

  private static func cleanUp(_ text: Text) -> Text {
    let replacements = [
      (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
      (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ]
    return replacements.reduce(text) { replace($0, $1.0, $1.1) }
  }

  private static func strip(_ text: Text, _ content: Text, _ start: Int, _ stop: Int) -> Text {
    var rest = text[...]
    for _ in 0..<start where rest.starts(with: content) { rest = rest.dropFirst(content.count) }
    for _ in 0..<stop where rest.suffix(content.count) == content[...] {
      rest = rest.dropLast(content.count)
    }
    return Text(rest)
  }

  private static func repaired(_ bytes: Text) -> Text {
    Text(String(decoding: bytes, as: UTF8.self).utf8)
  }

  private static func bytes(_ text: Text) -> Text {
    var bytes: Text = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      guard let byte = alphabet[scalar] else { return text }
      bytes.append(byte)
    }
    return bytes
  }

  /// GPT-2's: what is printable in Latin-1 stands for itself, the rest follows from U+0100 on.
  private static let alphabet: [Unicode.Scalar: UInt8] = {
    var alphabet: [Unicode.Scalar: UInt8] = [:]
    var next = UInt32(0x100)
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: alphabet[Unicode.Scalar(byte)] = byte
      default:
        if let scalar = Unicode.Scalar(next) { alphabet[scalar] = byte }
        next += 1
      }
    }
    return alphabet
  }()

  private static func fallBack(_ texts: [Text]) -> [Text] {
    var result: [Text] = []
    var row: Text = []
    func endRow() {
      if String(validating: row, as: UTF8.self) == nil {
        result += row.map { _ in Text("\u{FFFD}".utf8) }
      } else if !row.isEmpty {
        result.append(row)
      }
      row = []
    }
    for text in texts {
      let string = String(decoding: text, as: UTF8.self)
      if string.utf8.count == 6, string.hasPrefix("<0x"), string.hasSuffix(">"),
        let byte = UInt8(string.dropFirst(3).dropLast(), radix: 16), text[3] != UInt8(ascii: "-")
      {
        row.append(byte)
      } else {
        endRow()
        result.append(text)
      }
    }
    endRow()
    return result
  }
}
