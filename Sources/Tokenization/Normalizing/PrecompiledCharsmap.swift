internal import UnicodeText

/// Rules that turn strings into others, as SentencePiece models hold them (`precompiled_charsmap`).
///
///     4 bytes       the length of the trie, little-endian as all numbers
///     the trie      a Darts double array (Yata, 2008): units of 4 bytes
///     the results   UTF-8, each ended by a zero byte; the trie's values are places in it
///
/// A unit at `p` with the offset `o` has its child for byte `c` at `p ^ o ^ c`, if the label there
/// is `c`; what ends there has its value in the unit at the child `^` the child's offset. Of a
/// damaged trie what points nowhere is no rule.
public struct PrecompiledCharsmap: Hashable, Sendable {
  /// The whole, as it stands in files.
  public let bytes: [UInt8]
  private let unitCount: Int
  private let resultsStart: Int

  /// - Throws: `truncated` or `malformed` for what is no such table.
  /// - Complexity: O(*n*).
  public init(_ bytes: [UInt8]) throws(VocabularyError) {
    guard bytes.count >= 4 else {
      throw VocabularyError(
        .truncated, "found \(bytes.count) bytes where a charsmap begins with the 4 of a length")
    }
    let trieCount = Int(Self.number(in: bytes.span, at: 0))
    guard trieCount <= bytes.count - 4 else {
      throw VocabularyError(
        .truncated,
        "found \(bytes.count - 4) bytes behind the length where the trie takes \(trieCount)")
    }
    guard trieCount > 0, trieCount.isMultiple(of: 4) else {
      throw VocabularyError(
        .malformed, "found a trie of \(trieCount) bytes where whole units of 4 are expected")
    }
    unitCount = trieCount / 4
    resultsStart = 4 + trieCount
    if let invalid = firstInvalidByte(in: bytes.span.extracting(resultsStart...)) {
      throw VocabularyError(
        .malformed, "the results of the charsmap are not UTF-8 from byte \(invalid) on")
    }
    self.bytes = bytes
  }

  private static func number(in bytes: Span<UInt8>, at place: Int) -> UInt32 {
    UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
      | UInt32(bytes[place + 3]) << 24
  }

  /// A string that begins a text, and the place of its result in ``bytes``.
  struct Rule {
    /// The number of bytes of the text.
    var length: Int
    var result: Range<Int>
  }

  enum Choice { case shortest, longest }

  /// The rule for a string that begins at `start`; nil if there is none.
  ///
  /// - Complexity: O(*l*) in the length of the longest string and of the result.
  func rule(
    in text: Span<UInt8>, from start: Int, _ choice: Choice
  ) -> Rule? {
    var found: (length: Int, value: Int)?
    var node = Int(offset(unit(0)))
    let limit = min(text.count, start + Self.longestString)
    for place in start..<limit {
      let byte = text[place]
      node ^= Int(byte)
      guard node < unitCount, unit(node) & Self.labelBits == UInt32(byte) else { break }
      let child = unit(node)
      node ^= Int(offset(child))
      guard child & Self.leafBit != 0 else { continue }
      if node < unitCount {
        found = (place - start + 1, Int(unit(node) & Self.valueBits))
      }
      if choice == .shortest { break }
    }
    guard let found, let result = result(at: found.value) else { return nil }
    return Rule(length: found.length, result: result)
  }

  /// Whether `text` ends, from `start` on, within a string that a rule may be about.
  func mayGoOn(_ text: Span<UInt8>, from start: Int) -> Bool {
    guard text.count - start < Self.longestString else { return false }
    var node = Int(offset(unit(0)))
    for place in start..<text.count {
      let byte = text[place]
      node ^= Int(byte)
      guard node < unitCount, unit(node) & Self.labelBits == UInt32(byte) else { return false }
      node ^= Int(offset(unit(node)))
    }
    return true
  }

  /// Whether a rule is about `string` or what it begins with, and the bytes that go on behind it in other
  /// rules.
  ///
  /// - Complexity: 256 steps where rules begin with `string`.
  func begins(with string: some Sequence<UInt8>) -> (isRule: Bool, following: [UInt8]) {
    var node = Int(offset(unit(0)))
    var isRule = false
    for byte in string {
      guard let child = child(of: node, by: byte) else { return (isRule, []) }
      node = node ^ Int(byte) ^ Int(offset(child))
      isRule = isRule || child & Self.leafBit != 0
    }
    return (isRule, (0...255).filter { child(of: node, by: $0) != nil })
  }

  private func child(of node: Int, by byte: UInt8) -> UInt32? {
    let place = node ^ Int(byte)
    guard place < unitCount, unit(place) & Self.labelBits == UInt32(byte) else { return nil }
    return unit(place)
  }

  /// Longer strings are not looked for: a damaged trie can lead in a circle.
  private static let longestString = 4096

  private static let leafBit: UInt32 = 1 << 8
  private static let valueBits: UInt32 = 1 << 31 - 1
  /// With the highest bit, which units of values have, so that no byte takes them for its own.
  private static let labelBits: UInt32 = 1 << 31 | 0xFF

  @inline(__always)
  private func unit(_ index: Int) -> UInt32 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: unitCount), "no unit \(index)")
    // SAFETY: `init` leaves `unitCount` units behind the first four bytes, and any bytes make a number.
    let raw = unsafe bytes.span.bytes
    return unsafe raw.unsafeLoadUnaligned(fromByteOffset: 4 &+ 4 &* index, as: UInt32.self)
      .littleEndian
  }

  @inline(__always)
  private func offset(_ unit: UInt32) -> UInt32 { (unit >> 10) << ((unit & 1 << 9) >> 6) }

  /// The result that begins at `value`; nil unless a character begins there.
  private func result(at value: Int) -> Range<Int>? {
    guard value <= bytes.count - resultsStart else { return nil }
    let start = resultsStart + value
    if start < bytes.count, bytes[start] & 0xC0 == 0x80 { return nil }
    var end = start
    while end < bytes.count, bytes[end] != 0 { end += 1 }
    return start..<end
  }

  /// The number of bytes of the longest result.
  var longestResult: Int {
    var longest = 0
    var length = 0
    for place in resultsStart..<bytes.count {
      length = bytes[place] == 0 ? 0 : length + 1
      longest = max(longest, length)
    }
    return longest
  }
}
