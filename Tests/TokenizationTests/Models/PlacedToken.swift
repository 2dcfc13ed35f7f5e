@testable import Tokenization

/// An id and the bytes of the pretoken that it stands for: what models give.
struct PlacedToken: Hashable, CustomStringConvertible {
  var id: TokenID
  var range: Range<Int>

  var description: String { "\(id)@\(range.lowerBound)..<\(range.upperBound)" }

  init(id: TokenID, range: Range<Int>) {
    self.id = id
    self.range = range
  }

  /// What `encode` appends for `pretoken`, in a buffer that has the room that models are promised
  /// and holds other ids already.
  static func encoded(
    _ pretoken: [UInt8], _ encode: (Span<UInt8>, inout IDBuffer, inout TokenRanges) -> Void
  ) -> [PlacedToken] {
    var ids = IDBuffer()
    var ranges = TokenRanges(areWanted: true)
    ids.append(77)
    ranges.append(0..<0)
    ids.reserve(pretoken.count)
    encode(pretoken.span, &ids, &ranges)
    precondition(ids[0] == 77 && ids.count == ranges.ranges.count, "an id without a range")
    return (1..<ids.count).map { PlacedToken(id: ids[$0], range: ranges.ranges[$0]) }
  }
}

extension PlacedToken {
  /// The number of ids that `encode` appends where ranges are not wanted; for long texts.
  static func count(
    in pretoken: [UInt8], _ encode: (Span<UInt8>, inout IDBuffer, inout TokenRanges) -> Void
  ) -> Int {
    var ids = IDBuffer()
    var ranges = TokenRanges(areWanted: false)
    ids.reserve(pretoken.count)
    encode(pretoken.span, &ids, &ranges)
    precondition(ranges.ranges.isEmpty, "a range that nobody wants")
    return ids.count
  }
}

extension ByteStrings {
  init(_ strings: [[UInt8]]) {
    self.init()
    for string in strings { append(string) }
  }

  init(_ strings: [String]) { self.init(strings.map { Array($0.utf8) }) }
}
