/// Writes fields of a message of protocol buffers; see ``ProtobufReader``.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  /// A whole number; a negative one has its sign in 64 bits.
  mutating func write(_ field: Int, _ value: Int) {
    writeVarint(UInt64(field) << 3)
    writeVarint(UInt64(bitPattern: Int64(value)))
  }

  mutating func write(_ field: Int, _ value: Bool) { write(field, value ? 1 : 0) }

  mutating func write(_ field: Int, _ value: Float) {
    writeVarint(UInt64(field) << 3 | 5)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }

  /// Bytes, a text or a message.
  mutating func write(_ field: Int, _ value: some Collection<UInt8>) {
    writeVarint(UInt64(field) << 3 | 2)
    writeVarint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  private mutating func writeVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
