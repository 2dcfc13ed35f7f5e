/// The tests behind `is`.
enum JinjaTests {
  typealias Test =
    @Sendable (JinjaInterpreter, JinjaValue, JinjaArguments) throws(ChatTemplateError) -> Bool

  static let table: [String: Test] = [
    "defined": plain { !$0.isUndefined },
    "undefined": plain(\.isUndefined),
    "none": plain(\.isNone),
    "boolean": plain { if case .bool = $0 { true } else { false } },
    "true": plain { if case .bool(true) = $0 { true } else { false } },
    "false": plain { if case .bool(false) = $0 { true } else { false } },
    "integer": plain { if case .integer = $0 { true } else { false } },
    "float": plain { if case .float = $0 { true } else { false } },
    "number": plain { $0.floatNumber != nil },
    "string": plain { if case .text = $0 { true } else { false } },
    "escaped": plain { if case .text(let text) = $0 { text.isMarkup } else { false } },
    "mapping": plain { if case .dictionary = $0 { true } else { false } },
    "iterable": plain(isIterable),
    "sequence": plain(isSequence),
    "callable": plain(isCallable),
    "odd": { (_, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("odd", [])
      return try remainder(value, .integer(2)) == 1
    },
    "even": { (_, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("even", [])
      return try remainder(value, .integer(2)) == 0
    },
    "divisibleby": { (_, value, arguments) throws(ChatTemplateError) in
      try remainder(value, arguments.bind("divisibleby", ["num"], required: 1)[0] ?? .none) == 0
    },
    "lower": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("lower", [])
      return try interpreter.text(of: value).isCase(upper: false)
    },
    "upper": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("upper", [])
      return try interpreter.text(of: value).isCase(upper: true)
    },
    "filter": { (_, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("filter", [])
      if case .text(let name) = value { return JinjaFilters.table[name.string] != nil }
      _ = try JinjaDictionary.Key(value)
      return false
    },
    "test": { (_, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("test", [])
      if case .text(let name) = value { return table[name.string] != nil }
      _ = try JinjaDictionary.Key(value)
      return false
    },
    "in": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let container = try arguments.bind("in", ["seq"], required: 1)[0] ?? .none
      return try interpreter.contains(container, value)
    },
    "sameas": { (interpreter, value, arguments) throws(ChatTemplateError) in
      try isSame(interpreter, value, arguments.bind("sameas", ["other"], required: 1)[0] ?? .none)
    },
    "==": comparison(.equal), "eq": comparison(.equal), "equalto": comparison(.equal),
    "!=": comparison(.unequal), "ne": comparison(.unequal),
    ">": comparison(.greater), "gt": comparison(.greater), "greaterthan": comparison(.greater),
    ">=": comparison(.greaterOrEqual), "ge": comparison(.greaterOrEqual),
    "<": comparison(.less), "lt": comparison(.less), "lessthan": comparison(.less),
    "<=": comparison(.lessOrEqual), "le": comparison(.lessOrEqual),
  ]

  private static func plain(_ test: @escaping @Sendable (JinjaValue) -> Bool) -> Test {
    { (_, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("the test", [])
      return test(value)
    }
  }

  private static func comparison(_ comparison: JinjaComparison) -> Test {
    { (interpreter, value, arguments) throws(ChatTemplateError) in
      let other = try arguments.bind("the test", ["other"], required: 1)[0] ?? .none
      return try interpreter.compare(value, comparison, other)
    }
  }

  private static func isIterable(_ value: JinjaValue) -> Bool {
    switch value {
    case .undefined, .text, .list, .dictionary, .iterator: true
    case .object(let object): object.typeName == "LoopContext"
    default: false
    }
  }

  private static func isSequence(_ value: JinjaValue) -> Bool {
    switch value {
    case .text, .dictionary, .undefined: true
    case .list(let list): list.kind.isSequence
    default: false
    }
  }

  private static func isCallable(_ value: JinjaValue) -> Bool {
    switch value {
    case .object(let object): object.call != nil
    // What is not there can be called too, and says then that it is not there.
    case .undefined: true
    default: false
    }
  }

  /// Whether both are the one thing. Of texts, lists and dictionaries there is no telling here; those
  /// that are equal and of one type count as one.
  private static func isSame(
    _ interpreter: JinjaInterpreter, _ value: JinjaValue, _ other: JinjaValue
  ) throws(ChatTemplateError) -> Bool {
    guard value.typeName == other.typeName else { return false }
    return try interpreter.areEqual(value, other)
  }

  private static func remainder(
    _ value: JinjaValue, _ divisor: JinjaValue
  ) throws(ChatTemplateError) -> Double {
    for case .undefined(let undefined) in [value, divisor] { throw undefined.error }
    guard let number = value.floatNumber, let divisorNumber = divisor.floatNumber else {
      throw (value.floatNumber == nil ? value : divisor).mismatch("a number")
    }
    guard divisorNumber != 0 else {
      throw ChatTemplateError(.wrongValue, "a division by zero")
    }
    if let whole = value.wholeNumber, let wholeDivisor = divisor.wholeNumber {
      return whole.remainderReportingOverflow(dividingBy: wholeDivisor).partialValue == 0
        ? 0 : wholeDivisor == 2 ? 1 : 2
    }
    return PythonNumber.floorDivide(number, divisorNumber).remainder
  }
}
