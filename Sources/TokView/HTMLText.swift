/// Text as it may stand in a page, whatever it holds.
enum HTMLText {
  /// Appends `text` as the content of an element or of an attribute in double quotes. It must be UTF-8
  /// without NUL, which pages cannot hold.
  static func append(_ text: some Sequence<UInt8>, to page: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): page += "&amp;".utf8
      case UInt8(ascii: "<"): page += "&lt;".utf8
      case UInt8(ascii: ">"): page += "&gt;".utf8
      case UInt8(ascii: "\""): page += "&quot;".utf8
      case UInt8(ascii: "'"): page += "&#39;".utf8
      // subtle: a browser reads a bare carriage return as a line feed.
      case 0x0D: page += "&#13;".utf8
      case 0: page += "\u{FFFD}".utf8
      default: page.append(byte)
      }
    }
  }

  /// Appends `text` as it is shown in one line: what has no look by its name in brackets.
  static func appendVisible(_ text: [UInt8], to page: inout [UInt8]) {
    append(VisibleText.line(text).utf8, to: &page)
  }
}

/// JSON within a page's script element.
enum PageJSON {
  /// Appends `text`, UTF-8, as a string. No sign in it can end the element or begin a comment.
  static func append(_ text: some Sequence<UInt8>, to page: inout [UInt8]) {
    page.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "&"), 0..<0x20, 0x7F:
        page += "\\u00\(VisibleText.hexadecimal(byte))".utf8
      default: page.append(byte)
      }
    }
    page.append(UInt8(ascii: "\""))
  }

  /// Appends a list of numbers.
  static func append(_ numbers: [Int], to page: inout [UInt8]) {
    page.append(UInt8(ascii: "["))
    for (index, number) in numbers.enumerated() {
      if index > 0 { page.append(UInt8(ascii: ",")) }
      page += String(number).utf8
    }
    page.append(UInt8(ascii: "]"))
  }
}
