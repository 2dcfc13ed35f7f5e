internal import UnicodeText

/// What the rules of a charsmap, and symbols that are looked for, begin with: so that most text need
/// not be looked up.
struct CharsmapStarts: Sendable {
  enum Kind: UInt8 {
    /// The character stays as it is.
    case nothing
    /// Only strings that go on behind it, with one of the bytes of ``mayGoOn(with:)``, begin with it.
    case longer
    /// A rule is about the character by itself, or no more is known.
    case something
  }

  /// Two bits for each character of the basic multilingual plane.
  private var kinds = [UInt8](repeating: 0, count: 1 << 14)
  /// One bit for each byte.
  private var following: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
  /// That of characters beyond that plane.
  private let beyond: Kind
  /// The spaces and printed ASCII characters that need not stay as they are where ASCII follows them,
  /// zeros behind them; nil for more than four.
  private(set) var changingASCII: (UInt8, UInt8, UInt8, UInt8)?

  /// - Parameter symbols: strings that stay as they are and come before the rules; none is empty.
  /// - Complexity: O(*n*) in the characters of the plane and the symbols.
  init(_ charsmap: PrecompiledCharsmap?, symbols: [[UInt8]]) {
    beyond = charsmap == nil && symbols.isEmpty ? .nothing : .something
    var changing: Set<UInt8> = []
    if let charsmap { add(charsmap, &changing) }
    add(symbols, &changing)
    let bytes = changing.sorted()
    func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
    changingASCII = bytes.count > 4 ? nil : (byte(0), byte(1), byte(2), byte(3))
  }

  private mutating func add(_ charsmap: PrecompiledCharsmap, _ changing: inout Set<UInt8>) {
    for first in stride(from: 0, to: 0x10000, by: 64) as StrideTo<UInt32> {
      // Beyond ASCII 64 characters have all bytes in common but the last.
      if first > 0x7F, let scalar = Unicode.Scalar(first), let bytes = UTF8.encode(scalar) {
        let common = charsmap.begins(with: bytes.dropLast())
        if !common.isRule, common.following.isEmpty { continue }
      }
      add(charsmap, first..<first + 64, &changing)
    }
  }

  private mutating func add(
    _ charsmap: PrecompiledCharsmap, _ values: Range<UInt32>, _ changing: inout Set<UInt8>
  ) {
    for value in values {
      guard let scalar = Unicode.Scalar(value), let bytes = UTF8.encode(scalar) else { continue }
      let found = charsmap.begins(with: bytes)
      if found.isRule {
        set(.something, value)
      } else if !found.following.isEmpty {
        set(.longer, value)
        for byte in found.following { insert(byte) }
      }
      if Self.isPrinted(value), found.isRule || found.following.contains(where: { $0 < 0x80 }) {
        changing.insert(UInt8(value))
      }
    }
  }

  private mutating func add(_ symbols: [[UInt8]], _ changing: inout Set<UInt8>) {
    var longer: Set<UInt32> = []
    var single: Set<UInt32> = []
    for symbol in symbols {
      let first = decodeScalar(in: symbol.span, at: 0)
      guard first.value <= 0xFFFF else { continue }
      if symbol.count == first.length {
        single.insert(first.value)
        continue
      }
      longer.insert(first.value)
      insert(symbol[first.length])
      if Self.isPrinted(first.value), symbol[1] < 0x80 { changing.insert(symbol[0]) }
    }
    for value in longer where self[value] == .nothing { set(.longer, value) }
    for value in single where Self.isPrinted(value) && !longer.contains(value) {
      changing.remove(UInt8(value))
    }
    // What is a symbol by itself stays, unless others begin with it.
    for value in single { set(longer.contains(value) ? .something : .nothing, value) }
  }

  /// Whether it is U+0020 to U+007E.
  private static func isPrinted(_ value: UInt32) -> Bool { (0x20..<0x7F).contains(value) }

  @inline(__always)
  subscript(value: UInt32) -> Kind {
    guard value <= 0xFFFF else { return beyond }
    let bits = kinds[Int(value >> 2)] >> UInt8(truncatingIfNeeded: value & 3 &* 2) & 3
    return Kind(rawValue: bits) ?? .something
  }

  /// Whether a string that begins with a ``Kind/longer`` character may go on with `byte`.
  @inline(__always)
  func mayGoOn(with byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: following.0
      case 1: following.1
      case 2: following.2
      default: following.3
      }
    return word >> UInt64(byte & 63) & 1 == 1
  }

  private mutating func set(_ kind: Kind, _ value: UInt32) {
    let shift = UInt8(truncatingIfNeeded: (value & 3) * 2)
    kinds[Int(value >> 2)] &= ~(3 << shift)
    kinds[Int(value >> 2)] |= kind.rawValue << shift
  }

  private mutating func insert(_ byte: UInt8) {
    let bit: UInt64 = 1 << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: following.0 |= bit
    case 1: following.1 |= bit
    case 2: following.2 |= bit
    default: following.3 |= bit
    }
  }
}
