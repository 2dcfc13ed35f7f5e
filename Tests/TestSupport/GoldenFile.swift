/// Texts and the ids that the original implementation gives: `vocabularies/NAME/golden.jsonl`.
///
/// Reads what `make-golden.py` writes and no other JSON: a line that says which original, then lines
/// of `{"text": "…", "ids": […]}` in ASCII, with `"decoded": "…"` behind the ids where they do not give
/// the text back.
package struct GoldenFile: Sendable {
  package struct Row: Sendable {
    package var text: [UInt8]
    package var ids: [UInt32]
    /// The text that the original makes of the ids.
    package var decoded: [UInt8]
  }

  package let rows: [Row]

  package init(vocabulary: String) throws(Files.Failure) {
    let path = "\(Files.root)/vocabularies/\(vocabulary)/golden.jsonl"
    let lines = try Files.read(path).split(separator: 0x0A)
    var rows: [Row] = []
    for (number, line) in lines.enumerated().dropFirst() {
      var cursor = Cursor(bytes: Array(line))
      guard cursor.skip(#"{"text": ""#), let text = cursor.string(), cursor.skip(#", "ids": ["#),
        let ids = cursor.numbers()
      else { throw Files.Failure(description: "\(path): line \(number + 1) is not understood") }
      let decoded = cursor.skip(#", "decoded": ""#) ? cursor.string() : text
      guard let decoded, cursor.skip("}"), cursor.isAtEnd else {
        throw Files.Failure(description: "\(path): line \(number + 1) is not understood")
      }
      rows.append(Row(text: text, ids: ids, decoded: decoded))
    }
    self.rows = rows
  }

  private struct Cursor {
    let bytes: [UInt8]
    var index = 0
    var isAtEnd: Bool { index == bytes.count }

    mutating func skip(_ text: String) -> Bool {
      guard bytes[index...].starts(with: text.utf8) else { return false }
      index += text.utf8.count
      return true
    }

    /// The text up to the quote that ends it.
    mutating func string() -> [UInt8]? {
      var text: [UInt8] = []
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == UInt8(ascii: "\"") { return text }
        guard byte == UInt8(ascii: "\\") else {
          text.append(byte)
          continue
        }
        guard let scalar = escaped() else { return nil }
        text += String(Character(scalar)).utf8
      }
      return nil
    }

    private mutating func escaped() -> Unicode.Scalar? {
      guard index < bytes.count else { return nil }
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "u"):
        guard let unit = hexadecimal() else { return nil }
        guard unit & 0xFC00 == 0xD800 else { return Unicode.Scalar(unit) }
        guard skip("\\u"), let low = hexadecimal(), low & 0xFC00 == 0xDC00 else { return nil }
        return Unicode.Scalar(0x1_0000 + (unit & 0x3FF) << 10 + low & 0x3FF)
      default: return Unicode.Scalar(byte)
      }
    }

    private mutating func hexadecimal() -> UInt32? {
      guard index + 4 <= bytes.count else { return nil }
      defer { index += 4 }
      return UInt32(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16)
    }

    /// The numbers up to the bracket that ends them.
    mutating func numbers() -> [UInt32]? {
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
      let parts = String(decoding: bytes[index..<end], as: UTF8.self).split { ", ".contains($0) }
      let numbers = parts.compactMap { UInt32($0) }
      index = end + 1
      return numbers.count == parts.count ? numbers : nil
    }
  }
}
