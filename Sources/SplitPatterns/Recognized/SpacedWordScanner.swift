internal import CByteMasks
internal import UnicodeText

/// Cuts a text of SentencePiece's family, whose spaces become U+2581, before each run of spaces and
/// marks that follows another character: `▁`, space and `a` make `a▁␣a` two words, `a` and `▁␣a`.
///
/// Covers the text. Words are found, and remembered, as they stand in the text; only those that are
/// new are rewritten, which saves writing the whole text anew first.
package struct SpacedWordScanner: WordScanner {
  /// Bytes that are no UTF-8 become U+FFFD, as in SentencePiece.
  private let repairs: Bool

  package init(repairs: Bool) { self.repairs = repairs }

  package static var rewrites: Bool { true }

  @inline(__always)
  package func fill(
    _ words: inout MutableSpan<Range<Int>>, in text: Span<UInt8>, from position: inout Int
  ) -> Int {
    var count = 0
    var base = position
    // Where the last run of spaces and marks ends. One that begins there is the same run.
    var endOfRun = position
    while base < text.count, count < words.count {
      var (spaces, leads): (UInt64, UInt64) = (0, 0)
      let visible = text.extracting(base..<text.count)
      unsafe visible.withUnsafeBufferPointer { bytes in
        // SAFETY: so many bytes lie there.
        unsafe tok_space_masks_of_bytes(bytes.baseAddress, bytes.count, &spaces, &leads)
      }
      var places = spaces | leads
      while places != 0, count < words.count {
        let place = base &+ places.trailingZeroBitCount
        let isSpace = spaces & places & (0 &- places) != 0
        places &= places &- 1
        if !isSpace, !MetaspaceScanner.isMark(text, at: place) { continue }
        if place != endOfRun {
          words[count] = position..<place
          position = place
          count &+= 1
        }
        endOfRun = place &+ (isSpace ? 1 : 3)
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

  /// Where the word ends that begins at the front of `text`.
  package func endOfFirstWord(in text: Span<UInt8>) -> Int {
    var end = 0
    while end < text.count, let length = Self.lengthOfMark(text, at: end) { end &+= length }
    while end < text.count, Self.lengthOfMark(text, at: end) == nil { end &+= 1 }
    return end
  }

  /// The number of bytes of a space or mark at `index`, nil for other characters.
  private static func lengthOfMark(_ text: Span<UInt8>, at index: Int) -> Int? {
    if text[index] == 0x20 { return 1 }
    return MetaspaceScanner.isMark(text, at: index) ? 3 : nil
  }

  package func append(_ word: Span<UInt8>, to output: inout [UInt8]) {
    var index = 0
    while index < word.count {
      let byte = word[index]
      if byte == 0x20 {
        MetaspaceScanner.appendMark(to: &output)
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
