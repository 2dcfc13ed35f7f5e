/// The English endings 's 't 're 've 'm 'll 'd that most patterns keep whole.
enum Contractions {
  /// The end of the ending at `index`, or nil if there is none.
  ///
  /// - Parameter ignoringCase: by simple case folding, so that U+017F, the long s, counts as an s.
  @inline(__always)
  static func end(in text: Span<UInt8>, at index: Int, ignoringCase: Bool) -> Int? {
    guard index < text.count, text[index] == 0x27 else { return nil }
    return endBehindApostrophe(in: text, at: index + 1, ignoringCase: ignoringCase)
  }

  private static func endBehindApostrophe(
    in text: Span<UInt8>, at index: Int, ignoringCase: Bool
  ) -> Int? {
    guard index < text.count else { return nil }
    let fold: UInt8 = ignoringCase ? 0x20 : 0
    let first = text[index] | (text[index] < 0x60 ? fold : 0)
    switch first {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return index + 1
    case UInt8(ascii: "r"), UInt8(ascii: "v"), UInt8(ascii: "l"):
      guard index + 1 < text.count else { return nil }
      let second = text[index + 1] | (text[index + 1] < 0x60 ? fold : 0)
      let expected = first == UInt8(ascii: "l") ? UInt8(ascii: "l") : UInt8(ascii: "e")
      return second == expected ? index + 2 : nil
    case 0xC5 where ignoringCase && index + 1 < text.count && text[index + 1] == 0xBF:
      return index + 2
    default:
      return nil
    }
  }
}
