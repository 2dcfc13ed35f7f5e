/// Python's `format.format(values)`.
struct BraceFormat {
  private let arguments: JinjaArguments
  private let interpreter: JinjaInterpreter
  /// The place that the next field without a name takes; nil once fields have numbers.
  private var nextPlace: Int? = 0

  static func format(
    _ format: JinjaText, with arguments: JinjaArguments, _ interpreter: JinjaInterpreter
  ) throws(ChatTemplateError) -> JinjaText {
    var formatter = BraceFormat(arguments: arguments, interpreter: interpreter)
    var result = try formatter.run(format, depth: 0)
    result.isMarkup = format.isMarkup
    return result
  }

  private init(arguments: JinjaArguments, interpreter: JinjaInterpreter) {
    self.arguments = arguments
    self.interpreter = interpreter
  }

  private mutating func run(
    _ format: JinjaText, depth: Int
  ) throws(ChatTemplateError) -> JinjaText {
    guard depth < 3 else {
      throw ChatTemplateError(.wrongValue, "fields of the format stand too deep within each other")
    }
    let bytes = format.bytes
    let (opening, closing) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var result = JinjaText()
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte == opening || byte == closing else {
        result.append(format, offset..<(offset + 1))
        offset += 1
        continue
      }
      if offset + 1 < bytes.count, bytes[offset + 1] == byte {
        result.append(format, offset..<(offset + 1))
        offset += 2
        continue
      }
      guard byte == opening else {
        throw ChatTemplateError(.wrongValue, "a single `}` stands in the format")
      }
      var level = 1
      var end = offset + 1
      while end < bytes.count, level > 0 {
        if bytes[end] == opening { level += 1 }
        if bytes[end] == closing { level -= 1 }
        end += 1
      }
      guard level == 0 else {
        throw ChatTemplateError(.wrongValue, "a `{` in the format is not closed")
      }
      result.append(try field(format[(offset + 1)..<(end - 1)], depth: depth))
      try interpreter.chargeText(result.count / 64)
      offset = end
    }
    try interpreter.chargeText(result.count)
    return result
  }

  /// `name.attribute[index]!conversion:specification`
  private mutating func field(
    _ field: JinjaText, depth: Int
  ) throws(ChatTemplateError) -> JinjaText {
    var nameEnd = 0
    var isInBrackets = false
    while nameEnd < field.count {
      let byte = field.bytes[nameEnd]
      if byte == UInt8(ascii: "[") { isInBrackets = true }
      if byte == UInt8(ascii: "]") { isInBrackets = false }
      if !isInBrackets, byte == UInt8(ascii: "!") || byte == UInt8(ascii: ":") { break }
      nameEnd += 1
    }
    var value = try self.value(field[0..<nameEnd])
    var rest = field[nameEnd..<field.count]
    if rest.bytes.first == UInt8(ascii: "!") {
      guard rest.count >= 2, rest.count == 2 || rest.bytes[2] == UInt8(ascii: ":") else {
        throw ChatTemplateError(.wrongValue, "a conversion in the format is not one letter")
      }
      switch rest.bytes[1] {
      case UInt8(ascii: "s"): value = .text(try interpreter.text(of: value))
      case UInt8(ascii: "r"): value = .text(try interpreter.representation(of: value))
      case UInt8(ascii: "a"): value = .text(try interpreter.representation(of: value).inASCII)
      default: throw ChatTemplateError(.wrongValue, "an unknown conversion in the format")
      }
      rest = rest[2..<rest.count]
    }
    var specification = rest.isEmpty ? rest : rest[1..<rest.count]
    specification = try run(specification, depth: depth + 1)
    return try format(value, specification)
  }

  private mutating func value(_ path: JinjaText) throws(ChatTemplateError) -> JinjaValue {
    let bytes = path.bytes
    var offset =
      bytes.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? bytes.count
    var value = try first(path[0..<offset])
    while offset < bytes.count {
      let isIndex = bytes[offset] == UInt8(ascii: "[")
      offset += 1
      let end =
        bytes[offset...].firstIndex {
          isIndex
            ? $0 == UInt8(ascii: "]") : $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[")
        } ?? bytes.count
      let part = path[offset..<end]
      guard !part.isEmpty, !isIndex || end < bytes.count else {
        throw ChatTemplateError(.wrongValue, "a field of the format is cut off")
      }
      if isIndex {
        let index = part.bytes.allSatisfy { (0x30...0x39).contains($0) } ? Int(part.string) : nil
        value = try interpreter.element(index.map { .integer($0) } ?? .text(part), of: value)
        offset = end + 1
      } else {
        value = try interpreter.attribute(part.string, of: value)
        offset = end
      }
    }
    return value
  }

  private mutating func first(_ name: JinjaText) throws(ChatTemplateError) -> JinjaValue {
    let isNumber = name.bytes.allSatisfy { (0x30...0x39).contains($0) }
    guard isNumber else {
      guard let argument = arguments.named.first(where: { $0.name.utf8.elementsEqual(name.bytes) })
      else {
        throw ChatTemplateError(.wrongValue, "there is no value named `\(name.string)`")
      }
      return argument.value
    }
    var place = Int(name.string) ?? .max
    if name.isEmpty {
      guard let next = nextPlace else {
        throw ChatTemplateError(.wrongValue, "fields of the format with numbers and without")
      }
      place = next
      nextPlace = next + 1
    } else {
      guard nextPlace == nil || nextPlace == 0 else {
        throw ChatTemplateError(.wrongValue, "fields of the format with numbers and without")
      }
      nextPlace = nil
    }
    guard place < arguments.positional.count else {
      throw ChatTemplateError(.wrongValue, "the format has more places than there are values")
    }
    return arguments.positional[place]
  }
}

// MARK: Specifications

extension BraceFormat {
  private func format(
    _ value: JinjaValue, _ text: JinjaText
  ) throws(ChatTemplateError) -> JinjaText {
    if text.isEmpty { return try interpreter.text(of: value) }
    var specification = try Self.specification(text)
    switch value {
    case .text(let text):
      guard specification.kind == 0 || specification.kind == UInt8(ascii: "s"),
        specification.plus.isEmpty, specification.grouping.isEmpty, !specification.isAlternate,
        specification.alignment != .behindSign
      else { throw Self.error(value) }
      return specification.text(text)
    case .integer, .bool:
      let number = value.wholeNumber ?? 0
      switch specification.kind {
      case 0, UInt8(ascii: "d"), UInt8(ascii: "n"), UInt8(ascii: "x"), UInt8(ascii: "X"),
        UInt8(ascii: "o"), UInt8(ascii: "b"):
        guard specification.precision == nil else { throw Self.error(value) }
        return try specification.integer(number)
      case UInt8(ascii: "c"):
        guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init) else {
          throw Self.error(value)
        }
        return specification.text(JinjaText(String(scalar)))
      default: return try float(Double(number), specification, value)
      }
    case .float(let number):
      if specification.kind == 0, specification.precision == nil {
        specification.kind = UInt8(ascii: "r")
        let digits = PythonNumber.text(of: number.magnitude)
        return try specification.number(digits, isNegative: number.sign == .minus && !number.isNaN)
      }
      return try float(number, specification, value)
    default: throw Self.error(value)
    }
  }

  private func float(
    _ number: Double, _ specification: FormatSpecification, _ value: JinjaValue
  ) throws(ChatTemplateError) -> JinjaText {
    var specification = specification
    switch specification.kind {
    case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"),
      UInt8(ascii: "g"), UInt8(ascii: "G"):
      return try specification.float(number)
    case UInt8(ascii: "n"):
      specification.kind = UInt8(ascii: "g")
      return try specification.float(number)
    case UInt8(ascii: "%"):
      let digits = PythonNumber.text(
        of: number.magnitude * 100, UInt8(ascii: "f"), precision: specification.precision ?? 6)
      return try specification.number(digits + "%", isNegative: number.sign == .minus)
    case 0:
      // As `g`, but with a fraction always.
      let precision = max(specification.precision ?? 6, 1)
      var digits = PythonNumber.text(of: number.magnitude, UInt8(ascii: "g"), precision: precision)
      if !digits.contains("."), !digits.contains("e"), number.isFinite {
        if digits.utf8.count >= precision {
          // One digit less stands before the point than there may be digits.
          digits = PythonNumber.text(
            of: number.magnitude, UInt8(ascii: "e"), precision: precision - 1)
        } else {
          digits += ".0"
        }
      }
      return try specification.number(digits, isNegative: number.sign == .minus)
    default: throw Self.error(value)
    }
  }

  private static func error(_ value: JinjaValue) -> ChatTemplateError {
    ChatTemplateError(
      .wrongValue, "the format does not fit a value of type `\(value.typeName)`")
  }

  /// `[[fill]align][sign][#][0][width][grouping][.precision][kind]`
  private static func specification(
    _ text: JinjaText
  ) throws(ChatTemplateError) -> FormatSpecification {
    var specification = FormatSpecification()
    let scalars = text.scalars
    var index = 0
    func scalar(_ index: Int) -> Unicode.Scalar? {
      index < scalars.count ? scalars[index].value : nil
    }
    func alignment(_ scalar: Unicode.Scalar?) -> FormatSpecification.Alignment? {
      switch scalar {
      case "<": .left
      case ">": .right
      case "^": .center
      case "=": .behindSign
      default: nil
      }
    }
    func number() -> Int? {
      var number: Int?
      while let digit = scalar(index), ("0"..."9").contains(digit) {
        number = min((number ?? 0) * 10 + Int(digit.value) - 0x30, 1 << 40)
        index += 1
      }
      return number
    }
    if let found = alignment(scalar(1)) {
      specification.fill = text[scalars[0].range]
      specification.alignment = found
      index = 2
    } else if let found = alignment(scalar(0)) {
      specification.alignment = found
      index = 1
    }
    if let sign = scalar(index), "+- ".unicodeScalars.contains(sign) {
      specification.plus = sign == "-" ? "" : String(sign)
      index += 1
    }
    if scalar(index) == "#" {
      specification.isAlternate = true
      index += 1
    }
    if scalar(index) == "0" {
      if specification.alignment == nil {
        specification.alignment = .behindSign
        specification.fill = JinjaText("0")
      }
      index += 1
    }
    specification.width = number() ?? 0
    if let sign = scalar(index), sign == "," || sign == "_" {
      specification.grouping = String(sign)
      index += 1
    }
    if scalar(index) == "." {
      index += 1
      guard let precision = number() else {
        throw ChatTemplateError(.wrongValue, "the format has no digits behind the point")
      }
      specification.precision = precision
    }
    if let kind = scalar(index), kind.isASCII {
      specification.kind = UInt8(kind.value)
      index += 1
    }
    guard index == scalars.count else {
      throw ChatTemplateError(.wrongValue, "the format `\(text.string)` is none")
    }
    return try specification.checked()
  }
}
