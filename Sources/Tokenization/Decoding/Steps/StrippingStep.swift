internal import UnicodeText

/// `strip`: keeps characters that may be the last of a text, as their number.
struct StrippingStep: DecodingStep {
  private let content: [UInt8]
  private let start: Int
  private let stop: Int
  /// How many more characters may go from the beginning of the text.
  private var toStrip: Int
  /// How many bytes of the content the text ends with; they are not passed on yet.
  private var found = 0
  /// How many times the content stands before them, up to `stop`; they are not passed on yet.
  private var run = 0

  init(_ content: Unicode.Scalar, start: Int, stop: Int) {
    self.content = Array(String(content).utf8)
    self.start = start
    self.stop = stop
    toStrip = start
  }

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    var index = stripStart(of: text, into: &output.bytes)
    if toStrip == 0 {
      if stop == 0 {
        output.append(text.extracting(index...))
      } else {
        while index < text.count { takeByte(of: text, at: &index, into: &output.bytes) }
      }
    }
    if endsText {
      // Part of a character behind the run: only of bytes that are not UTF-8.
      if found > 0 { passOn(into: &output.bytes) }
      output.endText()
      toStrip = start
      run = 0
    }
  }

  /// Takes what may be stripped from the beginning, and returns where the rest begins.
  private mutating func stripStart(of text: Span<UInt8>, into output: inout [UInt8]) -> Int {
    var index = 0
    while toStrip > 0, index < text.count {
      if text[index] == content[found] {
        found += 1
        index += 1
        if found == content.count {
          found = 0
          toStrip -= 1
        }
      } else {
        output.append(contentsOf: content[..<found])
        found = 0
        toStrip = 0
      }
    }
    return index
  }

  private mutating func takeByte(
    of text: Span<UInt8>, at index: inout Int, into output: inout [UInt8]
  ) {
    if text[index] == content[found] {
      found += 1
      if found == content.count {
        found = 0
        if run == stop { output.append(contentsOf: content) } else { run += 1 }
      }
      index += 1
      return
    }
    // subtle: a character's first byte stands nowhere else in it, so no shorter part fits here; but
    // the byte may begin the content, unless it has just been compared with that.
    let begins = found > 0
    passOn(into: &output)
    if begins { return }
    let start = index
    while index < text.count, text[index] != content[0] { index += 1 }
    output.append(contentsOf: text.extracting(start..<index))
  }

  private mutating func passOn(into output: inout [UInt8]) {
    for _ in 0..<run { output.append(contentsOf: content) }
    output.append(contentsOf: content[..<found])
    run = 0
    found = 0
  }
}
