internal import UnicodeText

/// `byteFallback`: keeps bytes in a row until they end or are known not to be UTF-8, because one
/// byte that is not makes all of them unreadable, as in the original.
struct ByteFallbackStep: DecodingStep {
  private var bytes: [UInt8] = []
  private var characters = CharacterBoundary()
  /// A byte of the row was not UTF-8.
  private var isBroken = false
  /// The beginning of a text that may be a byte's.
  private var head: [UInt8] = []
  /// The text is no byte's and was passed on so far.
  private var passesOn = false

  private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    if passesOn {
      output.append(text)
    } else if endsText, head.isEmpty {
      if let byte = Self.byte(of: text) { return takeByte(byte, into: &output) }
      endBytes(into: &output)
      output.append(text)
    } else {
      let count = min(text.count, 7 - head.count)
      head.append(contentsOf: text.extracting(..<count))
      if !endsText, head.count <= 6, Self.isBeginning(head) { return }
      if endsText, let byte = Self.byte(of: head.span) {
        head.removeAll(keepingCapacity: true)
        return takeByte(byte, into: &output)
      }
      endBytes(into: &output)
      output.append(head.span)
      output.append(text.extracting(count...))
      head.removeAll(keepingCapacity: true)
    }
    passesOn = !endsText
    if endsText { output.endText() }
  }

  mutating func finish(into output: inout TokenTextList) { endBytes(into: &output) }

  private mutating func takeByte(_ byte: UInt8, into output: inout TokenTextList) {
    bytes.append(byte)
    if !isBroken, !characters.take(byte) { isBroken = true }
    if isBroken { replaceBytes(into: &output) }
  }

  private mutating func endBytes(into output: inout TokenTextList) {
    if !bytes.isEmpty {
      if characters.isBetween {
        output.append(bytes.span)
        output.endText()
        bytes.removeAll(keepingCapacity: true)
      } else {
        replaceBytes(into: &output)
      }
    }
    characters = CharacterBoundary()
    isBroken = false
  }

  private mutating func replaceBytes(into output: inout TokenTextList) {
    for _ in bytes {
      output.append(Self.replacement.span)
      output.endText()
    }
    bytes.removeAll(keepingCapacity: true)
  }

  /// The byte that `<0x61>` stands for. The original reads the digits as a number that may have a
  /// sign, so that `<0x+A>` is one too.
  static func byte(of text: Span<UInt8>) -> UInt8? {
    guard text.count == 6, text[0] == UInt8(ascii: "<"), text[1] == UInt8(ascii: "0"),
      text[2] == UInt8(ascii: "x"), text[5] == UInt8(ascii: ">"), let low = digit(text[4])
    else { return nil }
    if text[3] == UInt8(ascii: "+") { return low }
    return digit(text[3]).map { $0 << 4 | low }
  }

  private static func isBeginning(_ head: [UInt8]) -> Bool {
    zip(head, "<0x".utf8).allSatisfy { $0 == $1 }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// `byteLevel` over texts: keeps a text until it is whole, and of its bytes the beginning of a
/// character.
struct ByteLevelStep: DecodingStep {
  private var kept: [UInt8] = []
  private var pending: [UInt8] = []

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    if kept.isEmpty, endsText {
      takeWhole(text)
    } else {
      kept.append(contentsOf: text)
      if !endsText { return }
      // Taken out, so that both can be used.
      var whole: [UInt8] = []
      swap(&whole, &kept)
      takeWhole(whole.span)
      whole.removeAll(keepingCapacity: true)
      swap(&whole, &kept)
    }
    passOn(pending.count - incompleteSuffixCount(of: pending.span), into: &output)
  }

  /// Of no texts at all it makes an empty one, as the original does.
  mutating func finish(into output: inout TokenTextList) {
    passOn(pending.count, into: &output)
    output.endText()
  }

  private mutating func takeWhole(_ text: Span<UInt8>) {
    if !ByteAlphabet.appendBytes(of: text, to: &pending) { pending.append(contentsOf: text) }
  }

  private mutating func passOn(_ count: Int, into output: inout TokenTextList) {
    if firstInvalidByte(in: pending.span.extracting(..<count)) == nil {
      output.append(pending.span.extracting(..<count))
    } else {
      output.bytes.append(contentsOf: String(decoding: pending[..<count], as: UTF8.self).utf8)
    }
    pending.removeFirst(count)
  }
}
