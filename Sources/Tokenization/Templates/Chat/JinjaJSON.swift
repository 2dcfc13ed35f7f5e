/// A value as JSON, the filter `tojson` as transformers sets it up: Python's `json.dumps` without
/// escapes for HTML, and with characters as they are.
///
/// Signs of JSON and numbers are the template's; strings and keys, also where they are escaped, have
/// the origin of their characters.
struct JinjaJSON {
  private let interpreter: JinjaInterpreter
  private var text = JinjaText()
  private var escapesAll = false
  private var sortsKeys = false
  /// What each level is indented by; nil for all in one line.
  private var indent: JinjaText?
  private var itemSeparator = JinjaText(", ")
  private var keySeparator = JinjaText(": ")

  static func text(
    of value: JinjaValue, _ arguments: JinjaArguments, _ interpreter: JinjaInterpreter
  ) throws(ChatTemplateError) -> JinjaText {
    var writer = try JinjaJSON(arguments, interpreter)
    try writer.write(value, level: 0)
    return writer.text
  }

  private init(
    _ arguments: JinjaArguments, _ interpreter: JinjaInterpreter
  ) throws(ChatTemplateError) {
    self.interpreter = interpreter
    let values = try arguments.bind(
      "tojson", ["ensure_ascii", "indent", "separators", "sort_keys"])
    escapesAll = values[0]?.isTrue ?? false
    sortsKeys = values[3]?.isTrue ?? false
    switch values[1] ?? .none {
    case .none: break
    case .text(let text): indent = text
    case let value:
      let width = max(try value.requireInteger(), 0)
      try interpreter.chargeText(width)
      indent = JinjaText(String(repeating: " ", count: width))
    }
    if indent != nil { itemSeparator = JinjaText(",") }
    if let separators = values[2], !separators.isNone {
      let parts = try interpreter.array(of: separators)
      guard parts.count == 2 else {
        throw ChatTemplateError(.wrongValue, "\(parts.count) separators, where two are expected")
      }
      itemSeparator = try parts[0].requireText()
      keySeparator = try parts[1].requireText()
    }
  }

  private mutating func write(_ value: JinjaValue, level: Int) throws(ChatTemplateError) {
    try interpreter.charge()
    switch value {
    case .none: text.append("null")
    case .bool(let value): text.append(value ? "true" : "false")
    case .integer(let value): text.append("\(value)")
    case .float(let value): text.append(Self.text(of: value))
    case .text(let value): try write(value)
    case .list(let list) where list.kind == .list || list.kind == .tuple:
      try write(list.items.count, "[", "]", level) {
        (writer, index) throws(ChatTemplateError) in
        try writer.write(list.items[index], level: level + 1)
      }
    case .dictionary(let dictionary): try write(dictionary, level)
    default:
      throw ChatTemplateError(.wrongType, "a value of type `\(value.typeName)` has no form in JSON")
    }
    try interpreter.chargeText(0)
    if text.count > interpreter.limits.bytes { try interpreter.chargeText(text.count) }
  }

  private mutating func write(
    _ dictionary: JinjaDictionary, _ level: Int
  ) throws(ChatTemplateError) {
    var items = dictionary.items
    if sortsKeys {
      items = try interpreter.sorted(items) { (item) throws(ChatTemplateError) in
        if case .list(let pair) = item { pair.items[0] } else { item }
      }
    }
    try write(items.count, "{", "}", level) { (writer, index) throws(ChatTemplateError) in
      guard case .list(let pair) = items[index] else { return }
      try writer.write(try Self.key(pair.items[0]))
      writer.text.append(writer.keySeparator)
      try writer.write(pair.items[1], level: level + 1)
    }
  }

  /// Writes `count` items between brackets.
  private mutating func write(
    _ count: Int, _ opening: String, _ closing: String, _ level: Int,
    _ item: (inout JinjaJSON, Int) throws(ChatTemplateError) -> Void
  ) throws(ChatTemplateError) {
    text.append(opening)
    for index in 0..<count {
      if index > 0 { text.append(itemSeparator) }
      try breakLine(level + 1)
      try item(&self, index)
    }
    if count > 0 { try breakLine(level) }
    text.append(closing)
  }

  private mutating func breakLine(_ level: Int) throws(ChatTemplateError) {
    guard let indent else { return }
    try interpreter.chargeText(indent.count * level)
    text.append("\n")
    for _ in 0..<level { text.append(indent) }
  }

  private static func key(_ key: JinjaValue) throws(ChatTemplateError) -> JinjaText {
    switch key {
    case .text(let text): return text
    case .integer(let value): return JinjaText("\(value)")
    case .float(let value): return JinjaText(text(of: value))
    case .bool(let value): return JinjaText(value ? "true" : "false")
    case .none: return JinjaText("null")
    default:
      throw ChatTemplateError(.wrongType, "a key of type `\(key.typeName)` has no form in JSON")
    }
  }

  private static func text(of number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
    return PythonNumber.text(of: number)
  }

  private mutating func write(_ value: JinjaText) throws(ChatTemplateError) {
    try interpreter.chargeText(value.count)
    text.append("\"")
    // Runs of characters that stay as they are, and what stands between them.
    var plain = 0
    for scalar in value.scalars {
      guard let escape = escape(of: scalar.value) else { continue }
      text.append(value, plain..<scalar.range.lowerBound)
      text.append(escape, origin: value.origin(at: scalar.range.lowerBound))
      plain = scalar.range.upperBound
    }
    text.append(value, plain..<value.count)
    text.append("\"")
  }

  private func escape(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    case "\u{8}": return "\\b"
    case "\u{C}": return "\\f"
    case _ where scalar.value < 0x20 || (escapesAll && scalar.value > 0x7E):
      return UTF16.encode(scalar).map { units in
        units.map { unit in
          let digits = String(unit, radix: 16)
          return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
      }
    default: return nil
    }
  }
}
