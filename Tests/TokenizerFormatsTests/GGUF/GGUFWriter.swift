/// Writes the header and the metadata of a GGUF file, for tests.
struct GGUFWriter {
  enum Value {
    case uint8(UInt8)
    case uint32(UInt32)
    case int32(Int32)
    case uint64(UInt64)
    case float(Float)
    case double(Double)
    case bool(Bool)
    case text(String)
    case texts([String])
    case int32s([Int32])
    case floats([Float])
    case bytes([UInt8])
    /// An array of arrays of a byte each.
    case nested([[UInt8]])
    /// A type and its value as they stand in the file.
    case raw(type: UInt32, [UInt8])
  }

  var version: UInt32 = 3
  var isBigEndian = false
  /// Instead of the number of pairs.
  var claimedCount: UInt64?
  var pairs: [(key: String, value: Value)] = []

  /// A file without tensors.
  var bytes: [UInt8] {
    var bytes = Array("GGUF".utf8) + number(version) + number(0 as UInt64)
    bytes += number(claimedCount ?? UInt64(pairs.count))
    for (key, value) in pairs { bytes += text(key) + self.value(value) }
    return bytes
  }

  subscript(key: String) -> Value? {
    get { pairs.first { $0.key == key }?.value }
    set {
      let place = pairs.firstIndex { $0.key == key }
      if let newValue {
        if let place { pairs[place].value = newValue } else { pairs.append((key, newValue)) }
      } else if let place {
        pairs.remove(at: place)
      }
    }
  }

  func number(_ value: some FixedWidthInteger) -> [UInt8] {
    var bytes: [UInt8] = []
    for place in 0..<value.bitWidth / 8 {
      bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place)))
    }
    return isBigEndian ? bytes.reversed() : bytes
  }

  func text(_ text: String) -> [UInt8] { number(UInt64(text.utf8.count)) + text.utf8 }

  func head(_ type: UInt32, _ count: Int) -> [UInt8] {
    number(9 as UInt32) + number(type) + number(UInt64(count))
  }

  private func value(_ value: Value) -> [UInt8] {
    switch value {
    case .uint8(let value): number(0 as UInt32) + [value]
    case .uint32(let value): number(4 as UInt32) + number(value)
    case .int32(let value): number(5 as UInt32) + number(value)
    case .float(let value): number(6 as UInt32) + number(value.bitPattern)
    case .bool(let value): number(7 as UInt32) + [value ? 1 : 0]
    case .text(let value): number(8 as UInt32) + text(value)
    case .uint64(let value): number(10 as UInt32) + number(value)
    case .double(let value): number(12 as UInt32) + number(value.bitPattern)
    case .texts(let values): head(8, values.count) + values.flatMap { text($0) }
    case .int32s(let values): head(5, values.count) + values.flatMap { number($0) }
    case .floats(let values): head(6, values.count) + values.flatMap { number($0.bitPattern) }
    case .bytes(let values): head(0, values.count) + values
    case .nested(let values):
      head(9, values.count)
        + values.flatMap { number(0 as UInt32) + number(UInt64($0.count)) + $0 }
    case .raw(let type, let bytes): number(type) + bytes
    }
  }
}
