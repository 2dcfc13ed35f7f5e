/// The lines of a text, one after another, each without its LF or CRLF. What stands behind the last
/// LF is a line unless it is empty.
struct Lines: ~Escapable {
  private let bytes: Span<UInt8>
  /// Where the next line begins.
  private var start = 0
  /// The number of the line returned last, from 1.
  private(set) var number = 0

  @_lifetime(copy bytes)
  init(_ bytes: Span<UInt8>) { self.bytes = bytes }

  /// Where the next line lies.
  ///
  /// - Complexity: O(*n*) in its bytes.
  mutating func next() -> Range<Int>? {
    guard start < bytes.count else { return nil }
    let first = start
    var end = first
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    start = end + 1
    number += 1
    if end > first, bytes[end - 1] == 0x0D { end -= 1 }
    return first..<end
  }
}
