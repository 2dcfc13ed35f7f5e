// Operators with Python's meaning.

extension JinjaInterpreter {
  func areEqual(_ one: JinjaValue, _ other: JinjaValue) throws(ChatTemplateError) -> Bool {
    try charge()
    switch (one, other) {
    case (.undefined, .undefined), (.none, .none): return true
    case (.text(let one), .text(let other)):
      guard one.count == other.count else { return false }
      try chargeText(one.count)
      return one == other
    case (.list(let one), .list(let other)): return try areEqual(one, other)
    case (.dictionary(let one), .dictionary(let other)):
      guard one.count == other.count else { return false }
      for entry in one.entries {
        guard let value = other[try JinjaDictionary.Key(entry.key)],
          try areEqual(entry.value, value)
        else { return false }
      }
      return true
    case (.namespace(let one), .namespace(let other)): return one === other
    case (.object(let one), .object(let other)): return one === other
    case (.iterator(let one), .iterator(let other)): return one === other
    default:
      if let one = one.wholeNumber, let other = other.wholeNumber { return one == other }
      guard let float = one.floatNumber, let otherFloat = other.floatNumber else { return false }
      // A whole number beyond 2⁵³ is compared as it is.
      if let whole = one.wholeNumber { return Int(exactly: otherFloat) == whole }
      if let whole = other.wholeNumber { return Int(exactly: float) == whole }
      return float == otherFloat
    }
  }

  private func areEqual(
    _ one: JinjaList, _ other: JinjaList
  ) throws(ChatTemplateError) -> Bool {
    let areSets = [one, other].allSatisfy { $0.kind == .keys || $0.kind == .items }
    guard areSets || one.kind == other.kind, one.items.count == other.items.count else {
      return false
    }
    if areSets {
      for item in one.items where !(try contains(.list(other), item)) { return false }
      return true
    }
    if one.kind == .values { return false }
    for (item, otherItem) in zip(one.items, other.items) {
      guard try areEqual(item, otherItem) else { return false }
    }
    return true
  }

  /// - Throws: `wrongType` for what has no order.
  func isLess(
    _ one: JinjaValue, _ other: JinjaValue, orEqual: Bool = false
  ) throws(ChatTemplateError) -> Bool {
    try charge()
    for case .undefined(let undefined) in [one, other] { throw undefined.error }
    switch (one, other) {
    case (.text(let one), .text(let other)):
      try chargeText(min(one.count, other.count))
      return orEqual ? one <= other : one < other
    case (.list(let one), .list(let other))
    where one.kind == other.kind && (one.kind == .list || one.kind == .tuple):
      for (item, otherItem) in zip(one.items, other.items)
      where !(try areEqual(item, otherItem)) {
        return try isLess(item, otherItem, orEqual: orEqual)
      }
      return orEqual
        ? one.items.count <= other.items.count : one.items.count < other.items.count
    default:
      if let one = one.wholeNumber, let other = other.wholeNumber {
        return orEqual ? one <= other : one < other
      }
      if let one = one.floatNumber, let other = other.floatNumber {
        return orEqual ? one <= other : one < other
      }
      throw ChatTemplateError(
        .wrongType, "values of types `\(one.typeName)` and `\(other.typeName)` have no order")
    }
  }

  /// `item in container`
  func contains(
    _ container: JinjaValue, _ item: JinjaValue
  ) throws(ChatTemplateError) -> Bool {
    switch container {
    case .undefined: return false
    case .text(let text):
      let part = try item.requireText()
      try chargeText(text.count + part.count)
      return text.firstMatch(of: part) != nil
    case .dictionary(let dictionary):
      return dictionary[try JinjaDictionary.Key(item)] != nil
    case .list, .iterator:
      let iterator = try iterate(container)
      while let found = try iterator.next() {
        if try areEqual(found, item) { return true }
      }
      return false
    default: throw container.mismatch("something that holds values")
    }
  }

  func negate(_ value: JinjaValue) throws(ChatTemplateError) -> JinjaValue {
    if case .float(let number) = value { return .float(-number) }
    return .integer(try Self.whole(0.subtractingReportingOverflow(value.requireInteger())))
  }
}

// MARK: Arithmetic

extension JinjaInterpreter {
  func compute(
    _ sign: JinjaToken.Sign, _ left: JinjaValue, _ right: JinjaValue
  ) throws(ChatTemplateError) -> JinjaValue {
    if case .text(let format) = left, sign == .remainder {
      return .text(try PercentFormat.format(format, with: right, self))
    }
    for case .undefined(let undefined) in [left, right] { throw undefined.error }
    switch (sign, left, right) {
    case (.add, .text(let one), .text(let other)): return .text(try add(one, other))
    case (.add, .list(let one), .list(let other))
    where one.kind == other.kind && (one.kind == .list || one.kind == .tuple):
      try charge(one.items.count + other.items.count)
      return .list(JinjaList(one.items + other.items, one.kind))
    case (.multiply, _, _) where left.wholeNumber != nil && right.wholeNumber == nil:
      if let product = try repeated(right, left) { return product }
    case (.multiply, _, _) where right.wholeNumber != nil:
      if let product = try repeated(left, right) { return product }
    default: break
    }
    if let one = left.wholeNumber, let other = right.wholeNumber {
      return try compute(sign, one, other)
    }
    guard let one = left.floatNumber, let other = right.floatNumber else {
      throw ChatTemplateError(
        .wrongType,
        "`\(sign.rawValue)` has no meaning for values of types `\(left.typeName)` and "
          + "`\(right.typeName)`")
    }
    return .float(try compute(sign, one, other))
  }

  /// Markup stays markup: what is added to it is escaped.
  private func add(_ one: JinjaText, _ other: JinjaText) throws(ChatTemplateError) -> JinjaText {
    try chargeText(one.count + other.count)
    let isMarkup = one.isMarkup || other.isMarkup
    var sum = isMarkup ? one.escapedForHTML : one
    sum.append(isMarkup ? other.escapedForHTML : other)
    sum.isMarkup = isMarkup
    return sum
  }

  private func repeated(
    _ value: JinjaValue, _ times: JinjaValue
  ) throws(ChatTemplateError) -> JinjaValue? {
    let times = max(try times.requireInteger(), 0)
    switch value {
    case .text(let text):
      let (size, overflow) = text.count.multipliedReportingOverflow(by: times)
      try chargeText(overflow ? .max : size)
      return .text(text.isEmpty ? text : text.repeated(times))
    case .list(let list) where list.kind == .list || list.kind == .tuple:
      let (count, overflow) = list.items.count.multipliedReportingOverflow(by: times)
      try chargeText(overflow ? .max : count)
      try charge(count)
      let items = count == 0 ? [] : Array(repeatElement(list.items, count: times).joined())
      return .list(JinjaList(items, list.kind))
    default: return nil
    }
  }

  private func compute(
    _ sign: JinjaToken.Sign, _ one: Int, _ other: Int
  ) throws(ChatTemplateError) -> JinjaValue {
    switch sign {
    case .add: return .integer(try Self.whole(one.addingReportingOverflow(other)))
    case .subtract: return .integer(try Self.whole(one.subtractingReportingOverflow(other)))
    case .multiply: return .integer(try Self.whole(one.multipliedReportingOverflow(by: other)))
    case .power where other >= 0: return .integer(try Self.power(one, other))
    case .floorDivide, .remainder:
      guard other != 0 else { throw Self.zeroDivisor }
      let (quotient, remainder) = (
        one.dividedReportingOverflow(by: other),
        one.remainderReportingOverflow(dividingBy: other).partialValue
      )
      // Python rounds down, and its remainder has the sign of the divisor.
      let isBetween = remainder != 0 && (remainder < 0) != (other < 0)
      if sign == .remainder { return .integer(isBetween ? remainder + other : remainder) }
      return .integer(try Self.whole(quotient) - (isBetween ? 1 : 0))
    default: return .float(try compute(sign, Double(one), Double(other)))
    }
  }

  private func compute(
    _ sign: JinjaToken.Sign, _ one: Double, _ other: Double
  ) throws(ChatTemplateError) -> Double {
    switch sign {
    case .add: return one + other
    case .subtract: return one - other
    case .multiply: return one * other
    case .power: return try PythonNumber.power(one, other)
    default: break
    }
    guard other != 0 else { throw Self.zeroDivisor }
    switch sign {
    case .floorDivide: return PythonNumber.floorDivide(one, other).quotient
    case .remainder: return PythonNumber.floorDivide(one, other).remainder
    default: return one / other
    }
  }

  private static func power(_ base: Int, _ exponent: Int) throws(ChatTemplateError) -> Int {
    var result = 1
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = try whole(result.multipliedReportingOverflow(by: square)) }
      rest >>= 1
      if rest > 0 { square = try whole(square.multipliedReportingOverflow(by: square)) }
    }
    return result
  }

  private static var zeroDivisor: ChatTemplateError {
    ChatTemplateError(.wrongValue, "a division by zero")
  }

  /// A result of 64 bits.
  static func whole(
    _ result: (partialValue: Int, overflow: Bool)
  ) throws(ChatTemplateError) -> Int {
    guard !result.overflow else {
      throw ChatTemplateError(.limit, "a whole number of more than 64 bits")
    }
    return result.partialValue
  }
}
