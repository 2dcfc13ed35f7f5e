internal import CByteMasks
internal import UnicodeText

/// Cuts a text of SentencePiece's family, whose spaces become U+2581, before each run of spaces and
/// marks that follows another character, so that `a▁␣a` is two words, `a` and `▁␣a`; and around runs of
/// line feeds, if the model allows it.
///
/// Covers the text. Words are found, and remembered, as they stand in the text; only those that are
/// new are rewritten, which saves writing the whole text anew first.
package struct SpacedWordScanner: WordScanner {
  /// Bytes that are no UTF-8 become U+FFFD, as in SentencePiece.
  private let repairs: Bool
  /// All bits if runs of line feeds are words of their own.
  private let lineMask: UInt64

  package init(repairs: Bool, cutsLines: Bool) {
    self.repairs = repairs
    lineMask = cutsLines ? .max : 0
  }

  package static var rewrites: Bool { true }

  @inline(__always)
  package func fill(
    _ words: inout MutableSpan<Range<Int>>, in text: Span<UInt8>, from position: inout Int
  ) -> Int {
    var count = 0
    var base = position
    // The bits of the last window that reach into this one.
    var (lastSpace, lastLine, marksLeft): (UInt64, UInt64, UInt64) = (0, 0, 0)
    while base < text.count, count < words.count {
      var (spaces, lines, leads): (UInt64, UInt64, UInt64) = (0, 0, 0)
      let visible = text.extracting(base..<text.count)
      unsafe visible.withUnsafeBufferPointer { bytes in
        // SAFETY: so many bytes lie there.
        unsafe tok_spaced_masks_of_bytes(bytes.baseAddress, bytes.count, &spaces, &lines, &leads)
      }
      spaces |= marksLeft
      marksLeft = 0
      while leads != 0 {
        let place = leads.trailingZeroBitCount
        leads &= leads &- 1
        guard SpaceMark.stands(in: text, at: base &+ place) else { continue }
        spaces |= 7 &<< UInt64(place)
        if place > 61 { marksLeft = 7 >> UInt64(64 &- place) }
      }
      lines &= lineMask
      var cuts = spaces & ~(spaces &<< 1 | lastSpace) | (lines ^ (lines &<< 1 | lastLine))
      lastSpace = spaces >> 63
      lastLine = lines >> 63
      // A word does not end where it begins.
      if base == position { cuts &= ~1 }
      while cuts != 0, count < words.count {
        let place = base &+ cuts.trailingZeroBitCount
        cuts &= cuts &- 1
        words[count] = position..<place
        position = place
        count &+= 1
      }
      base &+= 64
    }
    if count < words.count, position < text.count {
      words[count] = position..<text.count
      position = text.count
      count &+= 1
    }
    return count
  }

  /// Where a word may end that begins at the front of `text`.
  package func endOfFirstWord(in text: Span<UInt8>) -> Int {
    var end = 0
    while end < text.count, let length = Self.lengthOfMark(text, at: end) { end &+= length }
    while end < text.count, Self.lengthOfMark(text, at: end) == nil {
      if lineMask != 0, text[end] == 0x0A { break }
      end &+= 1
    }
    return end
  }

  /// The number of bytes of a space or mark at `index`, nil for other characters.
  private static func lengthOfMark(_ text: Span<UInt8>, at index: Int) -> Int? {
    if text[index] == 0x20 { return 1 }
    return SpaceMark.stands(in: text, at: index) ? 3 : nil
  }

  package func append(_ word: Span<UInt8>, to output: inout [UInt8]) {
    var index = 0
    while index < word.count {
      let byte = word[index]
      if byte == 0x20 {
        SpaceMark.append(to: &output)
        index &+= 1
      } else if repairs, byte >= 0x80 {
        let scalar = decodeScalar(in: word, at: index)
        if scalar.isValid {
          output.append(contentsOf: word.extracting(index..<(index &+ scalar.length)))
        } else {
          output.append(contentsOf: [0xEF, 0xBF, 0xBD])
        }
        index &+= scalar.length
      } else {
        output.append(byte)
        index &+= 1
      }
    }
  }
}
