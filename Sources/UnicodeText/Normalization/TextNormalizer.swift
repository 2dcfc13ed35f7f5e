/// Brings text into a normalization form (Unicode standard annex 15).
///
/// Gives what the normalizers of the Python package tokenizers 0.23.3 give. Their tables are older
/// than Unicode 16.0: 311 code points that the standard decomposes, composes or reorders today are
/// left as they are, U+32FF in NFKC for one.
///
/// The idea: a text may be cut before a scalar that neither moves back nor joins what stands before
/// it, and the parts be treated one by one. A scan over the text looks for parts that might change;
/// everything between them is copied at once. Only those parts are decomposed, sorted, composed.
///
///     z a U+0323 U+0302 b         NFC: the part is a U+0323 U+0302, and becomes U+1EAD
///
/// Bytes that are not UTF-8 stay, and part the text as a letter would that nothing joins.
package struct TextNormalizer: Sendable {
  package let form: NormalizationForm
  private let table = NormalizationTable()

  package init(_ form: NormalizationForm) {
    self.form = form
  }

  /// Whether normalizing would leave `text` as it is.
  ///
  /// - Complexity: O(*n*), ASCII eight bytes at a time.
  package func isNormalized(_ text: Span<UInt8>) -> Bool {
    var segment = NormalizationSegment(form: form, table: table)
    var place = 0
    while let range = nextSegment(in: text, from: place) {
      segment.normalize(text.extracting(range))
      if !segment.isEqual(to: text.extracting(range)) { return false }
      place = range.upperBound
    }
    return true
  }

  /// Whether no part of `text`, in whatever order, would be changed: there are no combining marks.
  ///
  /// - Complexity: O(*n*), ASCII eight bytes at a time.
  package func isInert(_ text: Span<UInt8>) -> Bool {
    var place = 0
    while place < text.count {
      if text[place] < 0x80 {
        place &+= text.asciiCount(from: place)
        continue
      }
      let scalar = decodeScalar(in: text, at: place)
      if scalar.isValid {
        let row = table[scalar.value]
        if row.changes(in: form) || row.combiningClass != 0 { return false }
      }
      place &+= scalar.length
    }
    return true
  }

  /// Appends the normalized `text` to `output`, and to `edits`, unless they are nil, what was done.
  ///
  /// Text that is already normal becomes one untouched stretch of `edits`. What is composed to one
  /// scalar, or decomposed from one, becomes an edit, and so do marks that change places.
  ///
  /// - Complexity: O(*n*), with any number of combining marks in a row.
  package func append(
    normalized text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?
  ) {
    var segment = NormalizationSegment(form: form, table: table)
    var place = 0
    while let range = nextSegment(in: text, from: place) {
      let part = text.extracting(range)
      segment.normalize(part)
      if segment.isEqual(to: part) {
        output.append(contentsOf: text.extracting(place..<range.upperBound))
        edits?.keep(range.upperBound - place)
      } else {
        output.append(contentsOf: text.extracting(place..<range.lowerBound))
        edits?.keep(range.lowerBound - place)
        output.append(contentsOf: segment.bytes.span)
        segment.appendEdits(of: part, to: &edits)
      }
      place = range.upperBound
    }
    output.append(contentsOf: text.extracting(place...))
    edits?.keep(text.count - place)
  }

  /// The last place of `text` where it may be cut whatever stands around it, so that both parts can be
  /// normalized alone; 0 if there is none.
  ///
  /// - Parameter isCut: asked of the valid scalars before which text may be cut.
  /// - Complexity: O(*m*) in the bytes behind that place.
  package func lastCut(
    in text: Span<UInt8>, where isCut: (UInt32) -> Bool = { _ in true }
  ) -> Int {
    var index = text.count
    while index > 0 {
      let scalar = decodeScalar(in: text, endingAt: index)
      index -= scalar.length
      if !scalar.isValid || table[scalar.value].starts(in: form) && isCut(scalar.value) { break }
    }
    return index
  }

  /// The next part of `text` that might change; `start` is a place where text may be cut.
  private func nextSegment(in text: Span<UInt8>, from start: Int) -> Range<Int>? {
    var index = start
    var cut = start  // the last place before `index` where text may be cut
    var lastClass: UInt8 = 0
    while index < text.count {
      if text[index] < 0x80 {
        index += text.asciiCount(from: index)
        cut = index - 1
        lastClass = 0
        continue
      }
      let scalar = decodeScalar(in: text, at: index)
      let row = scalar.isValid ? table[scalar.value] : .init(bits: NormalizationTable.Row.inert)
      if row.starts(in: form) { cut = index }
      let combiningClass = row.combiningClass
      if row.changes(in: form) || (combiningClass != 0 && combiningClass < lastClass) {
        return cut..<endOfSegment(in: text, from: index + scalar.length)
      }
      lastClass = combiningClass
      index += scalar.length
    }
    return nil
  }

  /// The first place from `start` on where text may be cut.
  private func endOfSegment(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while index < text.count {
      let scalar = decodeScalar(in: text, at: index)
      if !scalar.isValid || table[scalar.value].starts(in: form) { break }
      index += scalar.length
    }
    return index
  }
}

/// Appends `text` in a normalization form to `output`, and what was done to `edits` if not nil.
///
/// For one text; with many, hold a ``TextNormalizer``.
package func normalize(
  _ text: Span<UInt8>, to form: NormalizationForm, appendingTo output: inout [UInt8],
  edits: inout TextEdits?
) {
  TextNormalizer(form).append(normalized: text, to: &output, edits: &edits)
}
