internal import Tokenization

/// The characters of words, as byte-pair trainers see them: bytes by the characters that stand for them
/// in files, or the characters of the text.
struct MergeAlphabet {
  let isByteLevel: Bool

  /// Appends the code points of `word`; a byte that is not UTF-8 is ``none``.
  func append(_ word: Span<UInt8>, to characters: inout [UInt32]) {
    if isByteLevel {
      let scalars = ByteAlphabet.scalars
      for index in word.indices { characters.append(UInt32(scalars[Int(word[index])])) }
      return
    }
    var position = 0
    while position < word.count {
      let (scalar, length) = Self.decode(word, at: position)
      characters.append(scalar)
      position += length
    }
  }

  /// No character.
  static let none = UInt32.max

  static func scalar(ofByte byte: UInt8) -> UInt32 { UInt32(ByteAlphabet.scalars[Int(byte)]) }

  private static func decode(_ text: Span<UInt8>, at start: Int) -> (UInt32, Int) {
    let lead = text[start]
    if lead < 0x80 { return (UInt32(lead), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    guard lead >= 0xC2, lead <= 0xF4, start + length <= text.count else { return (none, 1) }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for index in start + 1..<start + length {
      guard text[index] & 0xC0 == 0x80 else { return (none, 1) }
      scalar = scalar << 6 | UInt32(text[index] & 0x3F)
    }
    let least: [UInt32] = [0, 0, 0x80, 0x800, 0x1_0000]
    guard scalar >= least[length], let valid = Unicode.Scalar(scalar) else { return (none, 1) }
    return (valid.value, length)
  }

  /// The bytes that a character stands for.
  func bytes(of character: UInt32) -> [UInt8] {
    guard let scalar = Unicode.Scalar(character) else { return [] }
    let text = Array(String(Character(scalar)).utf8)
    return isByteLevel ? bytes(of: text) ?? text : text
  }

  /// The bytes that the text of a token stands for; nil where it stands for none.
  func bytes(of text: [UInt8]) -> [UInt8]? {
    guard isByteLevel else { return text }
    var bytes: [UInt8] = []
    return ByteAlphabet.appendBytes(of: text.span, to: &bytes) ? bytes : nil
  }

  /// How often each character stands in `counts`.
  ///
  /// - Throws: `limit` where there are 2^64 characters or more.
  func count(_ counts: WordCounts) throws(TrainingError) -> [(character: UInt32, count: UInt64)] {
    var totals = ScalarTable<UInt64>(absent: 0)
    var found: [UInt32] = []
    var sum: UInt64 = 0
    var characters: [UInt32] = []
    let bytes = counts.words.bytes.span
    for index in 0..<counts.count {
      characters.removeAll(keepingCapacity: true)
      append(bytes.extracting(counts.words.range(index)), to: &characters)
      let (added, passes) = counts.counts[index].multipliedReportingOverflow(
        by: UInt64(characters.count))
      let (next, overflows) = sum.addingReportingOverflow(added)
      guard !passes, !overflows else {
        throw TrainingError(.limit, "the text has more than \(UInt64.max) characters")
      }
      sum = next
      for character in characters where character != Self.none {
        let total = totals[character]
        if total == 0 { found.append(character) }
        totals[character] = total + counts.counts[index]
      }
    }
    return found.sorted().map { ($0, totals[$0]) }
  }
}
