internal import CByteMasks
package import UnicodeText

/// Cuts a text of SentencePiece's family, whose spaces become U+2581, before each run of spaces and
/// marks that follows another character, so that `a▁␣a` is two words, `a` and `▁␣a`; and between other
/// characters where no token of the vocabulary reaches from one to the next, if that is known.
///
/// Covers the text. Words are found, and remembered, as they stand in the text; only those that are
/// new are rewritten, which saves writing the whole text anew first.
package struct SpacedWordScanner: WordScanner {
  /// Bytes that are no UTF-8 become U+FFFD, as in SentencePiece.
  private let repairs: Bool
  private let joins: ByteJoins?
  /// Bytes that are no UTF-8 may join with others although they are in no token.
  private let seesReplacements: Bool

  /// - Parameter joins: the bytes of tokens that are neighbours, where 0x20 is U+2581 as well; nil where
  ///   nothing but spaces and marks may be cut at.
  package init(repairs: Bool, joins: ByteJoins?) {
    self.repairs = repairs
    self.joins = joins
    seesReplacements = repairs && joins?.joinsReplacement == true
  }

  package static var rewrites: Bool { true }

  @inline(__always)
  package func fill(
    _ words: inout MutableSpan<Range<Int>>, in text: Span<UInt8>, from position: inout Int
  ) -> Int {
    var count = 0
    var base = position
    // The bits of the last window that reach into this one.
    var (lastSpace, lastWord, marksLeft): (UInt64, UInt64, UInt64) = (0, 0, 0)
    while base < text.count, count < words.count {
      var masks = tok_spaced_masks()
      let visible = text.extracting(base..<text.count)
      unsafe visible.withUnsafeBufferPointer { bytes in
        // SAFETY: so many bytes lie there.
        unsafe tok_spaced_masks_of_bytes(bytes.baseAddress, bytes.count, &masks)
      }
      var spaces = masks.spaces | marksLeft
      marksLeft = 0
      while masks.leads != 0 {
        let place = masks.leads.trailingZeroBitCount
        masks.leads &= masks.leads &- 1
        guard SpaceMark.stands(in: text, at: base &+ place) else { continue }
        spaces |= 7 &<< UInt64(place)
        if place > 61 { marksLeft = 7 >> UInt64(64 &- place) }
      }
      var cuts = spaces & ~(spaces &<< 1 | lastSpace)
      lastSpace = spaces >> 63
      if let joins {
        // Letters are not worth asking for: nearly any two of them, and a space before one, are joined.
        let word = masks.letters | spaces
        var open = ~(masks.continuations | spaces | masks.letters & (word &<< 1 | lastWord))
        lastWord = word >> 63
        let visibleCount = text.count &- base
        if visibleCount < 64 { open &= 1 &<< UInt64(visibleCount) &- 1 }
        if base == position { open &= ~1 }
        while open != 0 {
          let place = base &+ open.trailingZeroBitCount
          if isApart(text, at: place, joins) { cuts |= open & (0 &- open) }
          open &= open &- 1
        }
      }
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

  /// Whether no token reaches over `place`, where a character begins.
  @inline(__always)
  private func isApart(_ text: Span<UInt8>, at place: Int, _ joins: ByteJoins) -> Bool {
    let (left, right) = (text[place &- 1], text[place])
    if joins.contains(left, right) { return false }
    guard seesReplacements, (left | right) >= 0x80 else { return true }
    return decodeScalar(in: text, endingAt: place).isValid
      && decodeScalar(in: text, at: place).isValid
  }

  /// Where a word may end that begins at the front of `text`.
  package func endOfFirstWord(in text: Span<UInt8>) -> Int {
    var end = 0
    while end < text.count, let length = Self.lengthOfMark(text, at: end) { end &+= length }
    while end < text.count, Self.lengthOfMark(text, at: end) == nil {
      if let joins, end > 0, text[end] & 0xC0 != 0x80, isApart(text, at: end, joins) { break }
      end &+= 1
    }
    return end
  }

  /// The number of bytes of a space or mark at `index`, nil for other characters.
  private static func lengthOfMark(_ text: Span<UInt8>, at index: Int) -> Int? {
    if text[index] == 0x20 { return 1 }
    return SpaceMark.stands(in: text, at: index) ? 3 : nil
  }

  package func append(_ word: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) {
    var index = 0
    while index < word.count {
      let byte = word[index]
      if byte == 0x20 {
        SpaceMark.append(to: &output)
        edits?.replace(originalCount: 1, normalizedCount: SpaceMark.byteCount)
        index &+= 1
      } else if repairs, byte >= 0x80 {
        let scalar = decodeScalar(in: word, at: index)
        if scalar.isValid {
          output.append(contentsOf: word.extracting(index..<(index &+ scalar.length)))
          edits?.keep(scalar.length)
        } else {
          output.append(contentsOf: [0xEF, 0xBF, 0xBD])
          edits?.replace(originalCount: scalar.length, normalizedCount: 3)
        }
        index &+= scalar.length
      } else {
        output.append(byte)
        edits?.keep(1)
        index &+= 1
      }
    }
  }
}
