// `str` and `repr` of Python; what is printed of a text keeps its origin.

extension JinjaInterpreter {
  /// A value as output has it: a text as it is, what is not there as nothing.
  func text(of value: JinjaValue) throws(ChatTemplateError) -> JinjaText {
    switch value {
    case .text(let text): return text
    case .undefined: return JinjaText()
    default: return try representation(of: value)
    }
  }

  /// A value as it stands in a list that is printed.
  func representation(of value: JinjaValue) throws(ChatTemplateError) -> JinjaText {
    var text = JinjaText()
    try appendRepresentation(of: value, to: &text)
    return text
  }

  private func appendRepresentation(
    of value: JinjaValue, to text: inout JinjaText
  ) throws(ChatTemplateError) {
    try charge()
    switch value {
    case .undefined: text.append("Undefined")
    case .none: text.append("None")
    case .bool(let value): text.append(value ? "True" : "False")
    case .integer(let value): text.append("\(value)")
    case .float(let value): text.append(PythonNumber.text(of: value))
    case .text(let value):
      try chargeText(value.count)
      if value.isMarkup { text.append("Markup(") }
      Self.appendQuoted(value, to: &text)
      if value.isMarkup { text.append(")") }
    case .list(let list): try append(list, to: &text)
    case .dictionary(let dictionary): try append(dictionary, to: &text)
    case .namespace(let namespace):
      text.append("<Namespace ")
      let attributes = JinjaValue.dictionary(namespace.attributes)
      var inner = JinjaText()
      try nested { () throws(ChatTemplateError) in
        try appendRepresentation(of: attributes, to: &inner)
      }
      text.append(inner)
      text.append(">")
    case .iterator(let iterator): text.append("<\(iterator.typeName) object>")
    case .object(let object): text.append("<\(object.typeName) '\(object.name)'>")
    }
    try chargeText(0)
    if text.count > limits.bytes { try chargeText(text.count) }
  }

  private func append(_ list: JinjaList, to text: inout JinjaText) throws(ChatTemplateError) {
    switch list.kind {
    case .list: try append(list.items, "[", "]", to: &text)
    case .tuple: try append(list.items, "(", list.items.count == 1 ? ",)" : ")", to: &text)
    case .keys: try append(list.items, "dict_keys([", "])", to: &text)
    case .values: try append(list.items, "dict_values([", "])", to: &text)
    case .items: try append(list.items, "dict_items([", "])", to: &text)
    case .range:
      let numbers = list.items.compactMap(\.wholeNumber)
      let first = numbers.first ?? 0
      let step = numbers.count > 1 ? numbers[1] - first : 1
      let end = first + step * numbers.count
      text.append(step == 1 ? "range(\(first), \(end))" : "range(\(first), \(end), \(step))")
    }
  }

  private func append(
    _ items: [JinjaValue], _ opening: String, _ closing: String, to text: inout JinjaText
  ) throws(ChatTemplateError) {
    text.append(opening)
    for (index, item) in items.enumerated() {
      if index > 0 { text.append(", ") }
      try appendRepresentation(of: item, to: &text)
    }
    text.append(closing)
  }

  private func append(
    _ dictionary: JinjaDictionary, to text: inout JinjaText
  ) throws(ChatTemplateError) {
    text.append("{")
    for (index, entry) in dictionary.entries.enumerated() {
      if index > 0 { text.append(", ") }
      try appendRepresentation(of: entry.key, to: &text)
      text.append(": ")
      try appendRepresentation(of: entry.value, to: &text)
    }
    text.append("}")
  }

  /// A text in quotes as `repr` has it: in double ones only where it has single ones alone.
  private static func appendQuoted(_ value: JinjaText, to text: inout JinjaText) {
    let hasSingle = value.bytes.contains(UInt8(ascii: "'"))
    let isDouble = hasSingle && !value.bytes.contains(UInt8(ascii: "\""))
    let quote = isDouble ? "\"" : "'"
    text.append(quote)
    for scalar in value.scalars {
      let origin = value.origin(at: scalar.range.lowerBound)
      switch scalar.value {
      case "'" where !isDouble: text.append("\\'", origin: origin)
      case "\\": text.append("\\\\", origin: origin)
      case "\n": text.append("\\n", origin: origin)
      case "\r": text.append("\\r", origin: origin)
      case "\t": text.append("\\t", origin: origin)
      case let other where other.isPrintableInPython: text.append(value, scalar.range)
      case let other: text.append(other.pythonEscape, origin: origin)
      }
    }
    text.append(quote)
  }
}

extension JinjaText {
  /// With all but ASCII as escapes, as `ascii` has it.
  var inASCII: JinjaText {
    mapScalars { scalars, index in
      let scalar = scalars[index].value
      return scalar.isASCII ? String(scalar) : scalar.pythonEscape
    }
  }
}

extension Unicode.Scalar {
  /// Whether `repr` shows it as it is.
  var isPrintableInPython: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    case .spaceSeparator: self == " "
    default: true
    }
  }

  /// The scalar as `\x`, `\u` or `\U` with its number.
  fileprivate var pythonEscape: String {
    let digits = String(value, radix: 16)
    let (letter, width) = value < 0x100 ? ("x", 2) : value < 0x10000 ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
  }
}
