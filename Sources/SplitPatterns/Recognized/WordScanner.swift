internal import CByteMasks
package import UnicodeText

/// Cuts text into words, leaving out what lies between them: the counterpart of ``PretokenScanner``
/// for steps that do not cover the text.
///
/// A scanner is a value without state. Each is held equal to the steps it stands for by tests.
package protocol WordScanner: Sendable {
  /// Writes the next words from `position` on, none empty, as many as there is room for; returns how
  /// many, and leaves `position` where the search goes on. None where there are no more.
  ///
  /// - Complexity: amortised O(*n*) over a whole text.
  func fill(
    _ words: inout MutableSpan<Range<Int>>, in text: Span<UInt8>, from position: inout Int
  ) -> Int

  /// Whether models see words otherwise than the text has them.
  static var rewrites: Bool { get }

  /// Appends what models see of `word`, and to `edits`, unless they are nil, what was done.
  func append(_ word: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?)
}

extension WordScanner {
  package static var rewrites: Bool { false }

  package func append(_ word: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) {
    output.append(contentsOf: word)
    edits?.keep(word.count)
  }
}

/// What stands at each of up to 64 bytes of a text, for those who cut at white space.
struct WordWindow {
  static let width = 64

  private let masks: tok_word_masks

  /// The window on what begins at `start`.
  @inline(__always)
  init(_ text: Span<UInt8>, from start: Int) {
    var found = tok_word_masks()
    let visible = text.extracting(start..<text.count)
    unsafe visible.withUnsafeBufferPointer { bytes in
      // SAFETY: so many bytes lie there.
      unsafe tok_word_masks_of_bytes(bytes.baseAddress, bytes.count, &found)
    }
    masks = found
  }

  var whiteSpace: UInt64 { masks.white_space }
  /// Printed ASCII characters that are no letters and no digits.
  var signs: UInt64 { masks.signs }
  /// ASCII letters and digits, and `_`.
  var wordCharacters: UInt64 { masks.word }
  /// Bytes of characters beyond ASCII.
  var high: UInt64 { masks.high }
  /// The first bytes of all characters beyond ASCII that may be white space.
  var spaceLeads: UInt64 { masks.leads }
}

/// Where the words in a window are: each is a run of one of two kinds, or a single byte.
struct WordMasks {
  var runs: UInt64
  var otherRuns: UInt64 = 0
  var singles: UInt64 = 0
  /// Bytes that only the text itself tells about.
  var unknown: UInt64
}

/// A ``WordScanner`` that sees most words through windows.
protocol WindowedWordScanner: WordScanner {
  /// Bits behind the end of the text may be anything.
  func masks(of window: WordWindow) -> WordMasks

  /// The first word that begins at `start` or behind it; empty at the end of the text if there is
  /// none.
  func word(in text: Span<UInt8>, from start: Int) -> Range<Int>
}

extension WindowedWordScanner {
  @inline(__always)
  package func fill(
    _ words: inout MutableSpan<Range<Int>>, in text: Span<UInt8>, from position: inout Int
  ) -> Int {
    var count = 0
    while position < text.count, count < words.count {
      let base = position
      let masks = masks(of: WordWindow(text, from: base))
      // Up to here everything is known; a run that touches this place may go on.
      let seen = min(masks.unknown.trailingZeroBitCount, text.count &- base)
      let isWhole = base &+ seen == text.count
      let known = seen >= WordWindow.width ? UInt64.max : 1 &<< UInt64(seen) &- 1
      let (runs, others) = (masks.runs & known, masks.otherRuns & known)
      let singles = masks.singles & known
      var starts = singles | runs & ~(runs &<< 1) | others & ~(others &<< 1)
      var ends = singles | runs & ~(runs &>> 1) | others & ~(others &>> 1)
      if !isWhole { ends &= ~(known ^ known &>> 1) | singles }
      while ends != 0, count < words.count {
        let end = base &+ ends.trailingZeroBitCount &+ 1
        words[count] = (base &+ starts.trailingZeroBitCount)..<end
        count &+= 1
        starts &= starts &- 1
        ends &= ends &- 1
        position = end
      }
      if ends != 0 { break }
      if isWhole {
        position = text.count
        break
      }
      // What is left of the window begins with a run that goes on, or there is nothing.
      position = base &+ (starts != 0 ? starts.trailingZeroBitCount : seen)
      if starts == 0, seen == WordWindow.width { continue }
      if starts != 0, masks.unknown == 0, position > base { continue }
      fillSlowly(&words, &count, in: text, from: &position)
    }
    return count
  }

  /// Takes words one by one as long as they do not seem to be ASCII.
  private func fillSlowly(
    _ words: inout MutableSpan<Range<Int>>, _ count: inout Int, in text: Span<UInt8>,
    from position: inout Int
  ) {
    repeat {
      if count == words.count { return }
      let word = word(in: text, from: position)
      position = word.upperBound
      guard !word.isEmpty else { return }
      words[count] = word
      count &+= 1
    } while position &+ 1 < text.count && (text[position] | text[position &+ 1]) >= 0x80
  }
}
