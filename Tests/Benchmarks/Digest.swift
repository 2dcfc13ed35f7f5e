/// CRC-32 as zlib has it, of ids and of where each document's end: two runs that agree in it and in
/// the number of ids found the same ids in the same order.
struct Digest {
  private var state: UInt32 = .max

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }

  /// Ids as 32 bits each, ends as 64, the lowest byte first.
  static func of(_ ids: [UInt32], ends: [Int]) -> String {
    var digest = Digest()
    for id in ids { digest.add(UInt64(id), byteCount: 4) }
    for end in ends { digest.add(UInt64(end), byteCount: 8) }
    let hex = String(~digest.state, radix: 16)
    return String(repeating: "0", count: 8 - hex.count) + hex
  }

  private mutating func add(_ number: UInt64, byteCount: Int) {
    for index in 0..<byteCount {
      let byte = UInt8(truncatingIfNeeded: number >> UInt64(index * 8))
      state = Self.table[Int(UInt8(truncatingIfNeeded: state) ^ byte)] ^ (state >> 8)
    }
  }
}
