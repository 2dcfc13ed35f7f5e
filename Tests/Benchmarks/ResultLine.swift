/// A result on its way out: the fields of one JSON object, in order.
struct ResultLine {
  private var fields: [String] = []

  init(_ mode: String) { add("mode", mode) }

  mutating func add(_ name: String, _ value: String) {
    fields.append("\(Self.quoted(name)): \(Self.quoted(value))")
  }

  mutating func add(_ name: String, _ value: Int) {
    fields.append("\(Self.quoted(name)): \(value)")
  }

  /// Adds a measure, to a thousandth.
  mutating func add(_ name: String, _ value: Double) {
    fields.append("\(Self.quoted(name)): \((value * 1000).rounded() / 1000)")
  }

  func write() { print("{" + fields.joined(separator: ", ") + "}") }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Millions of bytes a second.
func megabytesPerSecond(_ bytes: Int, _ seconds: Double) -> Double {
  seconds > 0 ? Double(bytes) / seconds / 1e6 : 0
}
