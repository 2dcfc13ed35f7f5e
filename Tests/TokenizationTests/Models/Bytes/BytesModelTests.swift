import TestSupport
import Testing

@testable import Tokenization

@Suite struct BytesModelTests {
  static func encode(_ text: [UInt8], _ model: BytesModel) -> [PlacedToken] {
    PlacedToken.encoded(text) { model.encode($0, to: &$1, ranges: &$2) }
  }

  @Test(arguments: [0, 3, 4_000_000] as [TokenID])
  func `an id is the byte and the offset`(offset: TokenID) throws {
    let model = try BytesModel(BytesDefinition(offset: offset))
    for text in RandomText.nasty + [[UInt8](repeating: 0xFF, count: 100_000)] {
      let expected = text.enumerated().map { place, byte in
        PlacedToken(id: offset + TokenID(byte), range: place..<(place + 1))
      }
      #expect(Self.encode(text, model) == expected)
    }
    #expect(BytesDefinition(offset: offset).tokens[65] == [65])
    #expect(BytesDefinition(offset: offset).ids[65] == offset + 65)
  }

  // The example of the documentation of transformers' ByT5: ids are bytes and 3.
  @Test func `ByT5`() throws {
    let ids = Self.encode(Array("Life".utf8), try BytesModel(BytesDefinition(offset: 3))).map(\.id)
    #expect(ids == [79, 108, 105, 104])
  }

  @Test(arguments: [4_194_303 - 255, TokenID.max] as [TokenID])
  func `refuses offsets that make ids too great`(offset: TokenID) {
    let error = #expect(throws: VocabularyError.self) {
      try BytesModel(BytesDefinition(offset: offset))
    }
    #expect(error?.reason == .limit)
  }
}
