/// Writes messages in the wire format of protocol buffers, for tests.
struct ProtobufWriter {
  var bytes: [UInt8] = []

  static func varint(_ value: UInt64) -> [UInt8] {
    var value = value
    var bytes: [UInt8] = []
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    return bytes + [UInt8(value)]
  }

  static func tag(_ number: Int, _ type: Int) -> [UInt8] { varint(UInt64(number << 3 | type)) }

  mutating func number(_ number: Int, _ value: Int64) {
    bytes += Self.tag(number, 0) + Self.varint(UInt64(bitPattern: value))
  }

  mutating func float(_ number: Int, _ value: Float) {
    bytes += Self.tag(number, 5)
    for shift in [0, 8, 16, 24] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }

  mutating func data(_ number: Int, _ data: [UInt8]) {
    bytes += Self.tag(number, 2) + Self.varint(UInt64(data.count)) + data
  }

  mutating func text(_ number: Int, _ text: String) { data(number, Array(text.utf8)) }

  mutating func message(_ number: Int, _ body: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    body(&inner)
    data(number, inner.bytes)
  }

  /// A token of a model file, as most files have it.
  mutating func token(_ text: String, _ score: Float = 0, type: Int64? = nil) {
    message(1) {
      $0.text(1, text)
      $0.float(2, score)
      if let type { $0.number(3, type) }
    }
  }
}
