extension JinjaFilters {
  /// Filters of numbers, and of lists of them.
  static let numeric: [String: Filter] = [
    "abs": { (_, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("abs", [])
      if case .float(let number) = value { return .float(number.magnitude) }
      guard let number = value.wholeNumber else { throw value.mismatch("a number") }
      return .integer(
        number < 0 ? try JinjaInterpreter.whole(0.subtractingReportingOverflow(number)) : number)
    },
    "round": round,
    "int": { (_, value, arguments) throws(ChatTemplateError) in
      let values = try arguments.bind("int", ["default", "base"])
      let base = try values[1]?.requireInteger() ?? 10
      return try integer(value, base: base) ?? values[0] ?? .integer(0)
    },
    "float": { (_, value, arguments) throws(ChatTemplateError) in
      let values = try arguments.bind("float", ["default"])
      if case .undefined(let undefined) = value { throw undefined.error }
      if case .text(let text) = value, let number = PythonNumber.float(text) {
        return .float(number)
      }
      return value.floatNumber.map { .float($0) } ?? values[0] ?? .float(0)
    },
    "sum": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let values = try arguments.bind("sum", ["attribute", "start"])
      let path = AttributePath(values[0])
      var sum = values[1] ?? .integer(0)
      if case .text = sum {
        throw ChatTemplateError(.wrongType, "`sum` does not add strings; `join` does")
      }
      for item in try interpreter.array(of: value) {
        sum = try interpreter.check(
          try interpreter.compute(.add, sum, try path.value(in: item, interpreter)))
      }
      return sum
    },
    "min": { (interpreter, value, arguments) throws(ChatTemplateError) in
      try extreme("min", value, arguments, interpreter)
    },
    "max": { (interpreter, value, arguments) throws(ChatTemplateError) in
      try extreme("max", value, arguments, interpreter)
    },
    "filesizeformat": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let isBinary = try arguments.bind("filesizeformat", ["binary"])[0]?.isTrue ?? false
      var number = value.floatNumber
      if case .text(let text) = value { number = PythonNumber.float(text) }
      guard let number else { throw value.mismatch("a number") }
      return .text(try fileSize(number, isBinary))
    },
  ]

  private static let round: Filter = { (_, value, arguments) throws(ChatTemplateError) in
    let values = try arguments.bind("round", ["precision", "method"])
    let places = try values[0]?.requireInteger() ?? 0
    let method = try values[1]?.requireText().string ?? "common"
    guard ["common", "ceil", "floor"].contains(method) else {
      throw ChatTemplateError(
        .wrongValue, "the method `\(method)`, where `common`, `ceil` or `floor` are expected")
    }
    guard let number = value.floatNumber else { throw value.mismatch("a number") }
    if method == "common" {
      if let whole = value.wholeNumber {
        if places >= 0 { return .integer(whole) }
        return .integer(try rounded(whole, places: -places))
      }
      return .float(PythonNumber.rounded(number, places: places))
    }
    let unit = try PythonNumber.power(10, Double(places))
    let scaled = number * unit
    guard scaled.isFinite else {
      throw ChatTemplateError(.wrongValue, "no number that can be rounded")
    }
    // The whole number in between knows no negative zero.
    return .float((scaled.rounded(method == "ceil" ? .up : .down) + 0) / unit)
  }

  /// Rounded to a multiple of a power of ten, halves to the even multiple.
  private static func rounded(_ number: Int, places: Int) throws(ChatTemplateError) -> Int {
    guard places < 19 else { return 0 }
    let unit = (0..<places).reduce(1) { unit, _ in unit * 10 }
    let rest = ((number % unit) + unit) % unit
    let (low, overflow) = number.subtractingReportingOverflow(rest)
    let half = unit / 2
    let isUp = rest > half || (rest == half && (low / unit) % 2 != 0)
    return try JinjaInterpreter.whole(
      overflow ? (0, true) : isUp ? low.addingReportingOverflow(unit) : (low, false))
  }

  private static func integer(
    _ value: JinjaValue, base: Int
  ) throws(ChatTemplateError) -> JinjaValue? {
    var number = value.floatNumber
    switch value {
    case .undefined(let undefined): throw undefined.error
    case .integer, .bool: return value.wholeNumber.map { .integer($0) }
    case .text(let text):
      if let whole = try PythonNumber.integer(text, base: base) { return .integer(whole) }
      number = PythonNumber.float(text)
      if number?.isInfinite == true { return nil }
    default: break
    }
    guard let number, !number.isNaN else { return nil }
    guard let whole = Int(exactly: number.rounded(.towardZero)) else {
      throw ChatTemplateError(.limit, "a whole number of more than 64 bits")
    }
    return .integer(whole)
  }

  private static func extreme(
    _ name: String, _ value: JinjaValue, _ arguments: JinjaArguments,
    _ interpreter: JinjaInterpreter
  ) throws(ChatTemplateError) -> JinjaValue {
    let values = try arguments.bind(name, ["case_sensitive", "attribute"])
    let path = AttributePath(values[1])
    let isExact = values[0]?.isTrue ?? false
    var best: (key: JinjaValue, item: JinjaValue)?
    for item in try interpreter.array(of: value) {
      let key = fold(try path.value(in: item, interpreter), isExact)
      guard let current = best else {
        best = (key, item)
        continue
      }
      let isBetter =
        name == "min"
        ? try interpreter.isLess(key, current.key) : try interpreter.isLess(current.key, key)
      if isBetter { best = (key, item) }
    }
    return best?.item
      ?? .undefined(JinjaUndefined(message: "there is no \(name), the list is empty"))
  }

  private static func fileSize(
    _ number: Double, _ isBinary: Bool
  ) throws(ChatTemplateError) -> String {
    let base: Double = isBinary ? 1024 : 1000
    if number == 1 { return "1 Byte" }
    if number < base {
      guard let whole = Int(exactly: number.rounded(.towardZero)) else {
        throw ChatTemplateError(.wrongValue, "no number that can be a size")
      }
      return "\(whole) Bytes"
    }
    let letters = ["K", "M", "G", "T", "P", "E", "Z", "Y"]
    var unit = base
    for (index, letter) in letters.enumerated() {
      unit *= base
      guard number < unit || index == letters.count - 1 else { continue }
      let size = PythonNumber.text(of: base * number / unit, UInt8(ascii: "f"), precision: 1)
      return "\(size) \(isBinary ? letter + "i" : letter == "K" ? "k" : letter)B"
    }
    return ""
  }
}
