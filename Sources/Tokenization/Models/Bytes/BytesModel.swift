/// Each byte is a token: Xue et al., "ByT5: Towards a Token-Free Future with Pre-trained Byte-to-Byte
/// Models" (2022), section 3. The id of a byte is its value and an offset.
package struct BytesModel: Sendable {
  package let offset: TokenID

  /// - Throws: `limit` for ids that are too great.
  package init(_ definition: BytesDefinition) throws(VocabularyError) {
    guard Int(definition.offset) + 256 <= Vocabulary.idLimit else {
      throw VocabularyError(
        .limit, "the id \(Int(definition.offset) + 255), of at most \(Vocabulary.idLimit - 1)")
    }
    offset = definition.offset
  }

  /// Appends the ids of a pretoken to `ids`, which has room for one a byte, and where each lies.
  ///
  /// - Complexity: O(*n*).
  func encode(_ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges) {
    for place in 0..<pretoken.count {
      ids.append(offset &+ TokenID(pretoken[place]))
      ranges.append(place..<(place &+ 1))
    }
  }
}

extension BytesModel {
  package var allowsParts: Bool { true }

  package func lastCut(in text: Span<UInt8>) -> Int { text.count }
}
