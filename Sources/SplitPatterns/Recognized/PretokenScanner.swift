/// Cuts text by one family of known patterns, without a general engine.
///
/// A scanner is a value without state. Wherever it stands, the pattern would match there, or the text
/// up to the next match is a pretoken of its own; so cutting is asking again and again for the end.
/// Each is held equal to the general engine by tests.
package protocol PretokenScanner: Sendable {
  /// Where the pretoken ends that begins at `start`, which lies before the end of `text`.
  ///
  /// - Complexity: amortised O(*n*) over a whole text.
  func end(of start: Int, in text: Span<UInt8>) -> Int

  /// The same for the pretoken that begins at `offset` of a window, where the window can tell it;
  /// otherwise the window's width.
  func end(of offset: Int, in window: ASCIIWindow) -> Int

  /// Writes where the next pretokens end, the first of which begins at `start`, as many as there is
  /// room for; returns how many.
  func fill(_ ends: inout MutableSpan<Int>, in text: Span<UInt8>, from start: Int) -> Int
}

extension PretokenScanner {
  @inline(__always)
  package func fill(_ ends: inout MutableSpan<Int>, in text: Span<UInt8>, from start: Int) -> Int {
    var start = start
    var count = 0
    while start < text.count, count < ends.count {
      let base = start
      let window = ASCIIWindow(text, from: base)
      while start &- base < ASCIIWindow.width, start < text.count, count < ends.count {
        let offset = end(of: start &- base, in: window)
        if offset < ASCIIWindow.width {
          start = base &+ offset
        } else if start &- base > ASCIIWindow.width / 2 {
          // Another window may tell.
          break
        } else {
          start = end(of: start, in: text)
        }
        ends[count] = start
        count &+= 1
      }
    }
    return count
  }
}

/// Whether the text may be cut before `index` and both parts encoded apart.
///
/// Under every recognised pattern a letter from A to Z or a to z ends a pretoken if a space follows,
/// and nothing looks back. What the pattern sees ahead of a letter is the same at the end of the text
/// and before a space.
package func isSafeCut(_ text: Span<UInt8>, before index: Int) -> Bool {
  guard index > 0, index < text.count, text[index] == 0x20 else { return false }
  let letter = text[index - 1] | 0x20
  return letter >= 0x61 && letter <= 0x7A
}
