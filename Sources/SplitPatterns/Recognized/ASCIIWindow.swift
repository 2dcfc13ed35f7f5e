internal import CByteMasks

/// What stands at each of up to 64 bytes of a text, one bit each, so that a run's end is one
/// instruction away however long it is.
///
/// The masks are of ASCII; bytes of other characters, control characters that are no white space, and
/// what lies behind the end of the text are in none of them. A scanner that reaches one of these
/// cannot tell the pretoken's end from the window: it says ``undecided``.
package struct ASCIIWindow {
  private let masks: tok_byte_masks

  /// How many bytes a window shows.
  package static let width = 64
  /// The end of a pretoken that a window cannot tell.
  static let undecided = width

  /// The window on what begins at `start`.
  @inline(__always)
  init(_ text: Span<UInt8>, from start: Int) {
    var found = tok_byte_masks()
    let visible = text.extracting(start..<text.count)
    unsafe visible.withUnsafeBufferPointer { bytes in
      // SAFETY: so many bytes lie there.
      unsafe tok_masks_of_bytes(bytes.baseAddress, bytes.count, &found)
    }
    masks = found
  }

  var letters: UInt64 { masks.letters }
  var smallLetters: UInt64 { masks.small_letters }
  var digits: UInt64 { masks.digits }
  var apostrophes: UInt64 { masks.apostrophes }
  /// Printed characters that are no letters and no digits.
  var signs: UInt64 { masks.signs }
  var spaces: UInt64 { masks.spaces }
  var lineBreaks: UInt64 { masks.line_breaks }
  var whiteSpace: UInt64 { masks.white_space }

  private var known: UInt64 { letters | digits | signs | whiteSpace }

  /// Whether the bit of `offset`, below the width, is set.
  @inline(__always)
  func isSet(_ mask: UInt64, _ offset: Int) -> Bool {
    mask &>> UInt64(truncatingIfNeeded: offset) & 1 != 0
  }

  /// The members of `mask`, and those of `leads` before one.
  @inline(__always)
  func led(_ mask: UInt64, by leads: UInt64) -> UInt64 { mask | leads & mask &>> 1 }

  /// Where the run of `mask` from `offset` on ends, which is `offset` if nothing there is in it;
  /// undecided if a character there might belong to it.
  @inline(__always)
  func endOfRun(_ mask: UInt64, from offset: Int) -> Int {
    guard offset < Self.width else { return Self.undecided }
    let end = offset &+ (~(mask &>> UInt64(truncatingIfNeeded: offset))).trailingZeroBitCount
    return end < Self.width && isSet(known, end) ? end : Self.undecided
  }

  /// The end of one to `limit` digits, the first of which is at `offset`.
  @inline(__always)
  func endOfDigits(from offset: Int, limit: Int) -> Int {
    let end = offset &+ (~(digits &>> UInt64(truncatingIfNeeded: offset))).trailingZeroBitCount
    if end >= offset &+ limit { return offset &+ limit }
    return end < Self.width && isSet(known, end) ? end : Self.undecided
  }

  /// The end of what `\s*[\r\n]+|\s+(?!\S)|\s+` takes at `offset`, where there is white space. With
  /// `breaking` false, of what the last two alternatives take.
  @inline(__always)
  func endOfSpace(from offset: Int, breaking: Bool = true) -> Int {
    let end = endOfRun(whiteSpace, from: offset)
    guard end < Self.width else { return Self.undecided }
    let before: UInt64 = 1 &<< UInt64(truncatingIfNeeded: end) &- 1
    let breaks = (lineBreaks & before) &>> UInt64(truncatingIfNeeded: offset)
    if breaking, breaks != 0 { return offset &+ Self.width &- breaks.leadingZeroBitCount }
    return end &- offset > 1 ? end &- 1 : end
  }
}
