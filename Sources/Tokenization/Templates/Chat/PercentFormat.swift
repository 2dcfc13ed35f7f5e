/// Python's `format % values`.
struct PercentFormat {
  private let format: JinjaText
  private let interpreter: JinjaInterpreter
  private let named: JinjaDictionary?
  private var values: [JinjaValue]
  private var offset = 0
  private var result = JinjaText()
  private var usesNames = false

  static func format(
    _ format: JinjaText, with value: JinjaValue, _ interpreter: JinjaInterpreter
  ) throws(ChatTemplateError) -> JinjaText {
    var values = [value]
    var named: JinjaDictionary?
    if case .list(let list) = value, list.kind == .tuple { values = list.items }
    if case .dictionary(let dictionary) = value { named = dictionary }
    var formatter = PercentFormat(
      format: format, interpreter: interpreter, named: named, values: values)
    try formatter.run()
    // A dictionary may be left over, and a list too: it has its values by name, as Python sees it.
    let isMapping =
      switch value {
      case .list(let list): list.kind == .list || list.kind == .range
      case .dictionary, .undefined: true
      default: false
      }
    guard formatter.values.isEmpty || isMapping else {
      throw ChatTemplateError(.wrongType, "more values than the format has places for")
    }
    var result = formatter.result
    result.isMarkup = format.isMarkup
    return result
  }

  private mutating func run() throws(ChatTemplateError) {
    let bytes = format.bytes
    var plain = 0
    while offset < bytes.count {
      guard bytes[offset] == UInt8(ascii: "%") else {
        offset += 1
        continue
      }
      result.append(format, plain..<offset)
      offset += 1
      try convert()
      try interpreter.chargeText(result.count / 64)
      plain = offset
    }
    result.append(format, plain..<bytes.count)
    try interpreter.chargeText(result.count)
  }

  private var next: UInt8 { offset < format.count ? format.bytes[offset] : 0 }

  private mutating func convert() throws(ChatTemplateError) {
    if next == UInt8(ascii: "%") {
      offset += 1
      result.append("%")
      return
    }
    var specification = FormatSpecification()
    var name: JinjaText?
    if next == UInt8(ascii: "(") { name = try readName() }
    var isZero = false
    specification.alignment = .right
    flags: while true {
      switch next {
      case UInt8(ascii: "-"): specification.alignment = .left
      case UInt8(ascii: "+"): specification.plus = "+"
      case UInt8(ascii: " "): if specification.plus.isEmpty { specification.plus = " " }
      case UInt8(ascii: "0"): isZero = true
      case UInt8(ascii: "#"): specification.isAlternate = true
      default: break flags
      }
      offset += 1
    }
    if let width = try readNumber() {
      if width < 0 { specification.alignment = .left }
      specification.width = Int(clamping: width.magnitude)
    }
    if next == UInt8(ascii: ".") {
      offset += 1
      specification.precision = max(try readNumber() ?? 0, 0)
    }
    while [UInt8(ascii: "h"), UInt8(ascii: "l"), UInt8(ascii: "L")].contains(next) { offset += 1 }
    guard offset < format.count else {
      throw ChatTemplateError(.wrongValue, "the format ends within a place for a value")
    }
    specification.kind = next
    offset += 1
    let value = try self.value(name)
    result.append(try convert(value, specification.checked(), isZero))
  }

  private func convert(
    _ value: JinjaValue, _ specification: FormatSpecification, _ isZero: Bool
  ) throws(ChatTemplateError) -> JinjaText {
    var specification = specification
    let isText = [UInt8(ascii: "s"), UInt8(ascii: "r"), UInt8(ascii: "a"), UInt8(ascii: "c")]
      .contains(specification.kind)
    if isZero, specification.alignment == .right, !isText {
      specification.alignment = .behindSign
      specification.fill = JinjaText("0")
    }
    switch specification.kind {
    case UInt8(ascii: "s"):
      var text = try interpreter.text(of: value)
      if format.isMarkup { text = text.escapedForHTML }
      return specification.text(text)
    case UInt8(ascii: "r"): return specification.text(try interpreter.representation(of: value))
    case UInt8(ascii: "a"):
      return specification.text(try interpreter.representation(of: value).inASCII)
    case UInt8(ascii: "c"):
      if case .text(let text) = value, text.scalarCount == 1 {
        specification.precision = nil
        return specification.text(text)
      }
      guard let scalar = UInt32(exactly: try value.requireInteger()).flatMap(Unicode.Scalar.init)
      else { throw ChatTemplateError(.wrongValue, "a number that is no character") }
      return specification.text(JinjaText(String(scalar)))
    case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"), UInt8(ascii: "x"),
      UInt8(ascii: "X"), UInt8(ascii: "o"):
      return try integer(value, specification)
    case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"),
      UInt8(ascii: "g"), UInt8(ascii: "G"):
      guard let number = value.floatNumber else { throw value.mismatch("a number") }
      return try specification.float(number)
    default:
      let letter = Unicode.Scalar(specification.kind)
      throw ChatTemplateError(.wrongValue, "the format has the unknown kind `\(letter)`")
    }
  }

  private func integer(
    _ value: JinjaValue, _ specification: FormatSpecification
  ) throws(ChatTemplateError) -> JinjaText {
    var whole = value.wholeNumber
    let isDecimal = ![UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o")]
      .contains(specification.kind)
    if case .float(let number) = value, isDecimal {
      guard let exact = Int(exactly: number.rounded(.towardZero)) else {
        throw ChatTemplateError(.limit, "no whole number of 64 bits")
      }
      whole = exact
    }
    guard let whole else { throw value.mismatch("a whole number") }
    guard let precision = specification.precision else { return try specification.integer(whole) }
    // So many digits at least, with zeros before them.
    var bare = specification
    bare.width = 0
    bare.plus = ""
    let digits = try bare.integer(whole == .min ? whole : Int(whole.magnitude)).string
    let zeros = String(repeating: "0", count: max(precision - digits.utf8.count, 0))
    return try specification.number(zeros + digits, isNegative: whole < 0)
  }

  private mutating func value(_ name: JinjaText?) throws(ChatTemplateError) -> JinjaValue {
    guard let name else {
      guard !values.isEmpty, !usesNames else {
        throw ChatTemplateError(.wrongType, "the format has more places than there are values")
      }
      return values.removeFirst()
    }
    guard let named else {
      throw ChatTemplateError(.wrongType, "the format has names, and the values have none")
    }
    usesNames = true
    values = []
    guard let value = named[.text(name)] else {
      throw ChatTemplateError(.wrongValue, "there is no value named `\(name.string)`")
    }
    return value
  }

  private mutating func readName() throws(ChatTemplateError) -> JinjaText {
    let start = offset + 1
    var depth = 0
    while offset < format.count {
      if next == UInt8(ascii: "(") { depth += 1 }
      if next == UInt8(ascii: ")") { depth -= 1 }
      offset += 1
      if depth == 0 { return format[start..<(offset - 1)] }
    }
    throw ChatTemplateError(.wrongValue, "a name in the format has no end")
  }

  /// Digits, or `*`, which takes the next value.
  private mutating func readNumber() throws(ChatTemplateError) -> Int? {
    if next == UInt8(ascii: "*") {
      offset += 1
      return try value(nil).requireInteger()
    }
    var number: Int?
    while (0x30...0x39).contains(next) {
      number = min((number ?? 0) * 10 + Int(next) - 0x30, 1 << 40)
      offset += 1
    }
    return number
  }
}
