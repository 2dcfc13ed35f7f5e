/// Seeded text of the kinds that break tokenizers.
package enum RandomText {
  /// Characters that stand at the borders of what patterns ask: white space of all sorts, marks,
  /// letters with and without case, numerals, contractions and their look-alikes, signs, unassigned.
  package static let troublesome: [String] = [
    " ", "  ", "   ", "\n", "\r\n", "\r", "\n\n", "\t", "\u{0B}", "\u{0C}", "\u{85}", "\u{A0}",
    "\u{180E}", "\u{2003}", "\u{2028}", "\u{3000}", "\u{200B}", "\u{200D}", "\u{FEFF}", "\u{0}",
    "\u{301}", "\u{20E3}", "\u{FE0F}", "\u{903}", "a", "Z", "s", "ß", "Ǆ", "ǅ", "ʰ", "ª", "中",
    "一", "龥", "龦", "々", "あ", "ア", "ー", "・", "゠", "\u{3040}", "\u{3099}", "\u{3097}", "ไ", "ก็",
    "ب", "ﬁ", "K", "ſ", "'s", "'S", "'ſ", "'t", "'re", "'RE", "'rE", "'ve", "'m", "'ll", "'lL",
    "'d", "'", "''", "’s", "0", "7", "123", "1234567", "½", "٣", "Ⅷ", "²", ".", ",", "!", "/", "//",
    "-", "_", "\"", "#", "(", "[", "\\", "^", "`", "{", "~", "+", "$", "€", "«", "—", "…", "。",
    "😀", "👩🏽‍🚀", "\u{1F1E9}\u{1F1EA}", "\u{378}", "\u{E000}", "\u{10FFFF}", "\u{323AF}",
    "word", "Word", "WORD", "aB", "don't", "I'LL", "x86", "é", "e\u{301}", "Å", "<|endoftext|>",
  ]

  /// Bytes that are not UTF-8: alone, cut off, overlong, surrogates, too great.
  package static let invalid: [[UInt8]] = [
    [0x80], [0xBF], [0xC0], [0xC3], [0xE2, 0x80], [0xE3, 0x80], [0xF0, 0x9F, 0x98], [0xFF],
    [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
    [0xF4, 0x90, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80],
  ]

  /// A scalar out of all of Unicode.
  package static func scalar(using generator: inout SeededGenerator) -> Unicode.Scalar {
    let limits: [UInt32] = [0x80, 0x800, 0x3000, 0x1_0000, 0x2_0000, 0x11_0000]
    while true {
      let limit = limits.randomElement(using: &generator) ?? 0x80
      if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) {
        return scalar
      }
    }
  }

  /// Any scalars.
  package static func anyScalars(_ count: Int, using generator: inout SeededGenerator) -> [UInt8] {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<count { scalars.append(scalar(using: &generator)) }
    return Array(String(scalars).utf8)
  }

  /// The troublesome characters in any order; one in 16 is any scalar, and, where `invalidBytes` is
  /// set, one in 16 is not UTF-8.
  package static func mixture(
    _ count: Int, invalidBytes: Bool = true, using generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<count {
      switch UInt8.random(in: 0..<16, using: &generator) {
      case 0: bytes += anyScalars(1, using: &generator)
      case 1 where invalidBytes: bytes += invalid.randomElement(using: &generator) ?? []
      default: bytes += (troublesome.randomElement(using: &generator) ?? "").utf8
      }
    }
    return bytes
  }

  /// Any bytes.
  package static func bytes(_ count: Int, using generator: inout SeededGenerator) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// Some of `parts`, one behind another.
  package static func made(
    of parts: [[UInt8]], atLeast count: Int, using generator: inout SeededGenerator
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += parts.randomElement(using: &generator) ?? [0] }
    return bytes
  }

  /// All strings over `alphabet` of up to `length` bytes, the empty one first.
  package static func all(over alphabet: [UInt8], upTo length: Int) -> [[UInt8]] {
    var all: [[UInt8]] = [[]]
    var last = all
    for _ in 0..<length {
      last = last.flatMap { text in alphabet.map { text + [$0] } }
      all += last
    }
    return all
  }

  /// Texts that every suite meets.
  package static let nasty: [[UInt8]] =
    [
      [], [0], [0x20], [0x61], [0x80], [0xFF], Array(0...255 as ClosedRange<UInt8>),
      Array("a\u{301} \u{301} \u{301}\u{302}".utf8), Array("line\r\n\r\n  line\r\n".utf8),
      Array("<|endoftext|> <|endoftext|".utf8), Array(repeating: 0x20, count: 300),
      Array(repeating: 0x61, count: 300), Array(repeating: 0x0A, count: 300),
      Array("👩🏽‍🚀👨‍👩‍👧‍👦🇩🇪".utf8),
    ] + invalid
}
