/// A value for each code point. Only stretches of 256 of which one has a value of its own take memory.
struct ScalarTable<Value: BitwiseCopyable> {
  /// Stretches one behind another; the first is that of all code points without a value.
  private var values: [Value]
  private var stretches = [UInt16](repeating: 0, count: 0x1100)
  private let absent: Value

  private static var stretchSize: Int { 256 }

  init(absent: Value) {
    self.absent = absent
    values = Array(repeating: absent, count: Self.stretchSize)
  }

  subscript(scalar: UInt32) -> Value {
    @inline(__always)
    get { values[Int(stretches[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)] }
    @inline(__always)
    set {
      if stretches[Int(scalar >> 8)] == 0 { addStretch(of: scalar) }
      values[Int(stretches[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)] = newValue
    }
  }

  private mutating func addStretch(of scalar: UInt32) {
    stretches[Int(scalar >> 8)] = UInt16(values.count / Self.stretchSize)
    values.append(contentsOf: repeatElement(absent, count: Self.stretchSize))
  }
}
