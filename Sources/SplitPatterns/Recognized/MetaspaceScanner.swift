internal import CByteMasks
package import UnicodeText

/// `Metaspace` with U+2581: cuts before each space and each U+2581. For the models a space is U+2581.
///
/// Covers the text. Whether something is put before the text is for the caller to see to: only the
/// first word differs by it.
package struct MetaspaceScanner: WordScanner {
  package init() {}

  package static var rewrites: Bool { true }

  package func fill(
    _ words: inout MutableSpan<Range<Int>>, in text: Span<UInt8>, from position: inout Int
  ) -> Int {
    var count = 0
    var base = position
    while base < text.count, count < words.count {
      var (spaces, leads): (UInt64, UInt64) = (0, 0)
      let visible = text.extracting(base..<text.count)
      unsafe visible.withUnsafeBufferPointer { bytes in
        // SAFETY: so many bytes lie there.
        unsafe tok_space_masks_of_bytes(bytes.baseAddress, bytes.count, &spaces, &leads)
      }
      var places = spaces | leads
      // A word does not end where it begins.
      if base == position { places &= ~1 }
      while places != 0, count < words.count {
        let place = places.trailingZeroBitCount
        places &= places &- 1
        if leads &>> UInt64(place) & 1 == 1, !SpaceMark.stands(in: text, at: base &+ place) {
          continue
        }
        words[count] = position..<(base &+ place)
        position = base &+ place
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

  /// Where the word ends that begins at the front of `text`.
  package func endOfFirstWord(in text: Span<UInt8>) -> Int {
    var end = 1
    while end < text.count, text[end] != 0x20, !SpaceMark.stands(in: text, at: end) { end += 1 }
    return min(end, text.count)
  }

  package func append(_ word: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) {
    guard word.count > 0, word[0] == 0x20 else {
      output.append(contentsOf: word)
      edits?.keep(word.count)
      return
    }
    SpaceMark.append(to: &output)
    edits?.replace(originalCount: 1, normalizedCount: SpaceMark.byteCount)
    output.append(contentsOf: word.extracting(1..<word.count))
    edits?.keep(word.count - 1)
  }
}
