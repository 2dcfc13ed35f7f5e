import Testing

@testable import Tokenization

@Suite struct IDBufferTests {
  private static func ids(_ buffer: borrowing IDBuffer) -> [TokenID] {
    var ids: [TokenID] = []
    buffer.appendAll(to: &ids)
    return ids
  }

  @Test func `grows, shrinks and keeps what it holds`() {
    var buffer = IDBuffer()
    for id in 0..<5_000 as Range<TokenID> {
      buffer.reserve(1)
      buffer.append(id)
    }
    #expect(Self.ids(buffer) == Array(0..<5_000))
    buffer[3] = 70
    buffer.removeLast()
    buffer.removeAll(downTo: 4)
    #expect(Self.ids(buffer) == [0, 1, 2, 70])
    #expect(buffer[3] == 70)
    buffer.removeAll()
    #expect(buffer.count == 0)
  }

  @Test(arguments: 1...7)
  func `packed ids come back`(count: Int) {
    let greatest = TokenID(Vocabulary.idLimit - 1)
    let ids = (0..<TokenID(count)).map { greatest - $0 }
    var buffer = IDBuffer()
    buffer.reserve(100)
    buffer.append(5)
    for id in ids { buffer.append(id) }
    let packed = buffer.packed(from: 1)
    #expect(PackedIDs.count(packed.words.0) == count)
    buffer.removeAll(downTo: 1)
    buffer.appendPacked(packed.words)
    #expect(Self.ids(buffer) == [5] + ids)
    if count <= 4 {
      buffer.appendPacked((packed.words.0, packed.words.1))
      #expect(Self.ids(buffer) == [5] + ids + ids)
    }
  }
}
