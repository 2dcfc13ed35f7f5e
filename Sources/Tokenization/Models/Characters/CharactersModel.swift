internal import UnicodeText

/// A token for each character, a Unicode scalar; a byte that is not UTF-8 is a character too.
package struct CharactersModel: Sendable {
  /// The page of each block of 256 scalars, by its number; the last one is for invalid bytes. Page 0
  /// has no tokens.
  package let blocks: FlatArray<UInt32>
  /// Pages of 256 ids; ``noID`` where there is none.
  package let pages: FlatArray<TokenID>
  package let unknown: TokenID?

  package static let noID = TokenID.max
  private static let invalidBlock = 0x1100

  package init(blocks: FlatArray<UInt32>, pages: FlatArray<TokenID>, unknown: TokenID?) {
    self.blocks = blocks
    self.pages = pages
    self.unknown = unknown
  }

  /// - Complexity: O(*b*) in the tokens' bytes.
  package init(_ definition: CharactersDefinition) {
    var blocks = [UInt32](repeating: 0, count: Self.invalidBlock + 1)
    var pages = [TokenID](repeating: Self.noID, count: 256)
    let all = definition.tokens.bytes.span
    for index in 0..<definition.tokens.count {
      let token = all.extracting(definition.tokens.range(index))
      if token.isEmpty { continue }
      let scalar = decodeScalar(in: token, at: 0)
      guard scalar.length == token.count else { continue }
      let key = Self.key(scalar, token[0])
      if blocks[key >> 8] == 0 {
        blocks[key >> 8] = UInt32(pages.count / 256)
        pages.append(contentsOf: repeatElement(Self.noID, count: 256))
      }
      pages[Int(blocks[key >> 8]) * 256 + key & 255] = definition.ids[index]
    }
    self.init(
      blocks: FlatArray(blocks), pages: FlatArray(pages), unknown: definition.unknown)
  }

  @inline(__always)
  private static func key(_ scalar: DecodedScalar, _ first: UInt8) -> Int {
    scalar.isValid ? Int(scalar.value) : invalidBlock << 8 | Int(first)
  }
}

extension CharactersModel {
  /// Appends the ids of a pretoken to `ids`, which has room for one a byte, and where each lies.
  ///
  /// - Complexity: O(*n*).
  func encode(_ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges) {
    var place = 0
    while place < pretoken.count {
      let scalar = decodeScalar(in: pretoken, at: place)
      let key = Self.key(scalar, pretoken[place])
      let found = pages[Int(blocks[key >> 8]) &* 256 &+ key & 255]
      let end = place &+ scalar.length
      if let id = found == Self.noID ? unknown : found {
        ids.append(id)
        ranges.append(place..<end)
      }
      place = end
    }
  }
}

extension CharactersModel {
  package var allowsParts: Bool { true }

  package func lastCut(in text: Span<UInt8>) -> Int { text.count }
}
