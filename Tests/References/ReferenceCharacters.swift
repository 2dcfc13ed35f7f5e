/// Where the characters of a text end, by the standard library: a byte that begins no Unicode scalar
/// is a character of its own.
package enum ReferenceCharacters {
  package static func ends(of text: [UInt8]) -> [Int] {
    var ends: [Int] = []
    var place = 0
    while place < text.count {
      let length = (1...4).first { length in
        place + length <= text.count
          && String(validating: text[place..<(place + length)], as: UTF8.self) != nil
      }
      place += length ?? 1
      ends.append(place)
    }
    return ends
  }

  /// Where the character at `place` ends.
  package static func end(in text: [UInt8], at place: Int) -> Int {
    place + (ends(of: Array(text[place...].prefix(4))).first ?? 1)
  }
}
