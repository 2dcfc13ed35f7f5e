import TestSupport

/// Changed copies of a valid file.
enum Mutations {
  /// Up to three changes of a bit, a byte, a missing or a repeated one, or a number of 32 bits that is
  /// all ones.
  static func change(_ file: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = file
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      guard let place = bytes.indices.randomElement(using: &generator) else { return bytes }
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 2: bytes.remove(at: place)
      case 3: for index in place..<min(place + 4, bytes.count) { bytes[index] = 0xFF }
      default: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
      }
    }
    return bytes
  }
}
