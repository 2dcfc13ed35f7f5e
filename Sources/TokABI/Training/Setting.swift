/// An option of a trainer, as C says it: by its name, as a text.
struct Setting {
  var name: String
  var text: String

  /// - Throws: `option`.
  func integer() throws(CallError) -> Int {
    guard let value = Int(text) else { throw wrong("a whole number") }
    return value
  }

  /// - Throws: `option`.
  func count() throws(CallError) -> UInt64 {
    guard let value = UInt64(text) else { throw wrong("a whole number from 0 on") }
    return value
  }

  /// - Throws: `option`.
  func number() throws(CallError) -> Double {
    guard let value = Double(text), value.isFinite else { throw wrong("a number") }
    return value
  }

  /// - Throws: `option`.
  func boolean() throws(CallError) -> Bool {
    switch text {
    case "true", "1": return true
    case "false", "0": return false
    default: throw wrong("true or false")
    }
  }

  /// - Throws: `option`.
  func name<Value: RawRepresentable & CaseIterable>(
    of type: Value.Type
  ) throws(CallError) -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      throw wrong("one of " + Value.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return value
  }

  func wrong(_ wanted: String) -> CallError {
    CallError(.option, "`\(text)` is not \(wanted)", place: name)
  }
}
