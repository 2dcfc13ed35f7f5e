extension JinjaParser {
  typealias Expression = JinjaExpression

  /// An expression, with `… if … else …` unless a condition may follow that is not its own.
  mutating func readExpression(
    withCondition: Bool = true
  ) throws(ChatTemplateError) -> Expression {
    try nested { (parser) throws(ChatTemplateError) in
      withCondition ? try parser.readConditional() : try parser.readBinary(.or)
    }
  }

  private mutating func readConditional() throws(ChatTemplateError) -> Expression {
    let unknown = unknownNames.count
    var value = try readBinary(.or)
    while takeIf("if") {
      let test = try readBinary(.or)
      var otherwise: Expression?
      if takeIf("else") { otherwise = try readExpression() }
      value = try make(
        .conditional(test: test, then: value, otherwise: otherwise), value.place, value, test,
        otherwise)
      forgiveUnknownNames(from: unknown)
    }
    return value
  }

  /// How tight operators bind, from `or` on.
  private enum Level: Int {
    case or, and, not, comparison, sum, concatenation, product, power, unary

    var next: Level { Level(rawValue: rawValue + 1) ?? .unary }
  }

  /// The level of the operator that is next, if there is one.
  private var nextLevel: Level? {
    switch next.kind {
    case .name("or"): .or
    case .name("and"): .and
    case .name("in"): .comparison
    case .name("not"): second.kind == .name("in") ? .comparison : nil
    case .sign(let sign):
      switch sign {
      case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
      case .add, .subtract: .sum
      case .tilde: .concatenation
      case .multiply, .divide, .floorDivide, .remainder: .product
      case .power: .power
      default: nil
      }
    default: nil
    }
  }

  /// An expression of operators that bind at least as tight as those of `level`. One function for all
  /// levels keeps the stack small where expressions stand deep within each other.
  private mutating func readBinary(_ level: Level) throws(ChatTemplateError) -> Expression {
    var left: Expression
    if level.rawValue <= Level.not.rawValue, isNext("not") {
      let place = take().place
      let value = try nested { (parser) throws(ChatTemplateError) in try parser.readBinary(.not) }
      left = try make(.not(value), place, value)
    } else {
      left = try readUnary()
    }
    while let found = nextLevel, found.rawValue >= level.rawValue {
      left = try readOperation(found, on: left)
    }
    return left
  }

  /// The operation whose operator is next, with `left` before it. Operators of a level bind from the
  /// left; powers too, other than in Python.
  private mutating func readOperation(
    _ level: Level, on left: Expression
  ) throws(ChatTemplateError) -> Expression {
    switch level {
    case .comparison: return try readComparison(from: left)
    case .concatenation:
      var parts = [left]
      while takeIf(.tilde) { parts.append(try readBinary(.product)) }
      return try make(.concatenation(parts), left.place, parts)
    default: break
    }
    let sign = take().kind
    let right = try readBinary(level.next)
    var kind = Expression.Kind.or(left, right)
    if level == .and { kind = .and(left, right) }
    if case .sign(let sign) = sign { kind = .arithmetic(sign, left, right) }
    return try make(kind, left.place, left, right)
  }

  private mutating func readComparison(
    from first: Expression
  ) throws(ChatTemplateError) -> Expression {
    var rest: [(JinjaComparison, Expression)] = []
    while let comparison = takeComparison() { rest.append((comparison, try readBinary(.sum))) }
    let depth = rest.reduce(first.depth) { max($0, $1.1.depth) } + 1
    try check(depth, at: first.place)
    return Expression(kind: .comparison(first, rest), place: first.place, depth: depth)
  }

  private mutating func takeComparison() -> JinjaComparison? {
    let comparison: JinjaComparison
    switch next.kind {
    case .sign(.equal): comparison = .equal
    case .sign(.unequal): comparison = .unequal
    case .sign(.less): comparison = .less
    case .sign(.lessOrEqual): comparison = .lessOrEqual
    case .sign(.greater): comparison = .greater
    case .sign(.greaterOrEqual): comparison = .greaterOrEqual
    case .name("in"): comparison = .isIn
    case .name("not"):
      guard second.kind == .name("in") else { return nil }
      take()
      comparison = .isNotIn
    default: return nil
    }
    take()
    return comparison
  }

  private mutating func readUnary(withFilter: Bool = true) throws(ChatTemplateError) -> Expression {
    let place = next.place
    var value: Expression
    if isNext(.subtract) || isNext(.add) {
      let isNegative = take().kind == .sign(.subtract)
      let operand = try nested { (parser) throws(ChatTemplateError) in
        try parser.readUnary(withFilter: false)
      }
      value = try make(isNegative ? .negative(operand) : .positive(operand), place, operand)
    } else {
      value = try readPrimary()
    }
    value = try readPostfixes(value)
    return withFilter ? try readFilters(value) : value
  }
}

// MARK: Primary expressions

extension JinjaParser {
  /// A name or a literal.
  mutating func readPrimary() throws(ChatTemplateError) -> Expression {
    let token = next
    switch token.kind {
    case .name(let name):
      take()
      switch name {
      case "true", "True": return try make(.bool(true), token.place)
      case "false", "False": return try make(.bool(false), token.place)
      case "none", "None": return try make(.none, token.place)
      default:
        namesRead.insert(name)
        return try make(.name(name), token.place)
      }
    case .string:
      var text: [UInt8] = []
      while case .string(let more) = next.kind {
        text += more
        take()
      }
      return try make(.text(text), token.place)
    case .integer(let value):
      take()
      return try make(.integer(value), token.place)
    case .float(let value):
      take()
      return try make(.float(value), token.place)
    case .sign(.openParenthesis):
      take()
      let value = try readTuple(isInParentheses: true)
      try expect(.closeParenthesis)
      return value
    case .sign(.openBracket):
      take()
      let items = try readItems(until: .closeBracket)
      return try make(.list(items), token.place, items)
    case .sign(.openBrace): return try readDictionary()
    default: throw unexpected("a value")
    }
  }

  /// An expression, or several with commas between them as a tuple.
  mutating func readTuple(
    isInParentheses: Bool = false, withCondition: Bool = true, endingBefore name: String? = nil
  ) throws(ChatTemplateError) -> Expression {
    let place = next.place
    var items: [Expression] = []
    while true {
      if !items.isEmpty { try expect(.comma) }
      if isTupleEnd(before: name) { break }
      items.append(try readExpression(withCondition: withCondition))
      if isNext(.comma) { continue }
      if items.count == 1 { return items[0] }
      break
    }
    if items.isEmpty, !isInParentheses { throw unexpected("an expression") }
    return try make(.tuple(items), place, items)
  }

  private func isTupleEnd(before name: String?) -> Bool {
    switch next.kind {
    case .variableEnd, .blockEnd, .sign(.closeParenthesis): true
    case .name(let found): found == name
    default: false
    }
  }

  /// Items with commas between them, and one behind the last if it likes.
  private mutating func readItems(
    until closing: JinjaToken.Sign
  ) throws(ChatTemplateError) -> [Expression] {
    var items: [Expression] = []
    while !isNext(closing) {
      if !items.isEmpty {
        try expect(.comma)
        if isNext(closing) { break }
      }
      items.append(try readExpression())
    }
    take()
    return items
  }

  private mutating func readDictionary() throws(ChatTemplateError) -> Expression {
    let place = take().place
    var items: [(key: Expression, value: Expression)] = []
    while !isNext(.closeBrace) {
      if !items.isEmpty {
        try expect(.comma)
        if isNext(.closeBrace) { break }
      }
      let key = try readExpression()
      try expect(.colon)
      items.append((key, try readExpression()))
    }
    take()
    return try make(.dictionary(items), place, items.flatMap { [$0.key, $0.value] })
  }
}

// MARK: What stands behind a value

extension JinjaParser {
  private mutating func readPostfixes(_ value: Expression) throws(ChatTemplateError) -> Expression {
    var value = value
    while true {
      if takeIf(.dot) {
        let token = take()
        switch token.kind {
        case .name(let name): value = try make(.attribute(value, name), value.place, value)
        case .integer(let index):
          value = try make(
            .element(value, try make(.integer(index), token.place)), value.place, value)
        default:
          throw ChatTemplateError(
            .syntax, "found \(token.description) where a name or a number is expected",
            at: token.place)
        }
      } else if takeIf(.openBracket) {
        value = try readSubscript(of: value)
      } else if isNext(.openParenthesis) {
        value = try readCall(of: value)
      } else {
        return value
      }
    }
  }

  private mutating func readSubscript(of value: Expression) throws(ChatTemplateError) -> Expression
  {
    let place = next.place
    var items: [Expression] = []
    while !isNext(.closeBracket) {
      if !items.isEmpty { try expect(.comma) }
      let start: Expression? = isNext(.colon) ? nil : try readExpression()
      if let start, !isNext(.colon) {
        items.append(start)
        continue
      }
      guard items.isEmpty else {
        throw ChatTemplateError(.unsupported, "a slice beside other indices", at: place)
      }
      take()
      var slice = JinjaSlice(start: start)
      if !isNext(.colon), !isNext(.closeBracket) { slice.stop = try readExpression() }
      if takeIf(.colon), !isNext(.closeBracket) { slice.step = try readExpression() }
      guard isNext(.closeBracket) else { throw unexpected("`]`") }
      take()
      return try make(
        .slice(value, slice), value.place, value, slice.start, slice.stop, slice.step)
    }
    take()
    let index = items.count == 1 ? items[0] : try make(.tuple(items), place, items)
    return try make(.element(value, index), value.place, value, index)
  }

  private mutating func readCall(of value: Expression) throws(ChatTemplateError) -> Expression {
    let arguments = try readArguments()
    return try make(.call(value, arguments), value.place, [value] + arguments.all)
  }

  private mutating func readArguments() throws(ChatTemplateError) -> JinjaCallArguments {
    let place = next.place
    try expect(.openParenthesis)
    var arguments = JinjaCallArguments()
    var isFirst = true
    func check(_ isAllowed: Bool) throws(ChatTemplateError) {
      if !isAllowed {
        throw ChatTemplateError(.syntax, "the arguments stand in a wrong order", at: place)
      }
    }
    while !isNext(.closeParenthesis) {
      if !isFirst {
        try expect(.comma)
        if isNext(.closeParenthesis) { break }
      }
      isFirst = false
      if takeIf(.multiply) {
        try check(arguments.morePositional == nil && arguments.moreNamed == nil)
        arguments.morePositional = try readExpression()
      } else if takeIf(.power) {
        try check(arguments.moreNamed == nil)
        arguments.moreNamed = try readExpression()
      } else if case .name(let name) = next.kind, second.kind == .sign(.assign) {
        try check(arguments.moreNamed == nil)
        take()
        take()
        guard !arguments.named.contains(where: { $0.name == name }) else {
          throw ChatTemplateError(.syntax, "the argument `\(name)` stands twice", at: place)
        }
        arguments.named.append((name, try readExpression()))
      } else {
        try check(
          arguments.morePositional == nil && arguments.moreNamed == nil && arguments.named.isEmpty)
        arguments.positional.append(try readExpression())
      }
    }
    take()
    return arguments
  }

  private mutating func readFilters(_ value: Expression) throws(ChatTemplateError) -> Expression {
    var value = value
    while true {
      if isNext(.pipe) {
        take()
        value = try readFilter(of: value)
      } else if isNext("is") {
        value = try readTest(of: value)
      } else if isNext(.openParenthesis) {
        value = try readCall(of: value)
      } else {
        return value
      }
    }
  }

  /// Filters that work on a block's text, from the name of the first one on.
  mutating func readBlockFilters() throws(ChatTemplateError) -> Expression {
    var filter = try readFilter(of: nil)
    while takeIf(.pipe) { filter = try readFilter(of: filter) }
    return filter
  }

  private mutating func readFilter(of value: Expression?) throws(ChatTemplateError) -> Expression {
    let place = next.place
    let name = try readDottedName()
    if JinjaFilters.table[name] == nil {
      unknownNames.append(
        ChatTemplateError(.syntax, "there is no filter named `\(name)`", at: place))
    }
    let arguments = isNext(.openParenthesis) ? try readArguments() : JinjaCallArguments()
    return try make(
      .filter(value, name, arguments), value?.place ?? place,
      (value.map { [$0] } ?? []) + arguments.all)
  }

  private mutating func readTest(of value: Expression) throws(ChatTemplateError) -> Expression {
    take()
    let isNegated = takeIf("not")
    let place = next.place
    let name = try readDottedName()
    if JinjaTests.table[name] == nil {
      unknownNames.append(
        ChatTemplateError(.syntax, "there is no test named `\(name)`", at: place))
    }
    var arguments = JinjaCallArguments()
    if isNext(.openParenthesis) {
      arguments = try readArguments()
    } else if try beginsTestArgument() {
      arguments.positional = [try readPostfixes(try readPrimary())]
    }
    let test = try make(.test(value, name, arguments), value.place, [value] + arguments.all)
    return isNegated ? try make(.not(test), value.place, test) : test
  }

  /// Whether the one argument of a test follows, without parentheses.
  private func beginsTestArgument() throws(ChatTemplateError) -> Bool {
    switch next.kind {
    case .name("else"), .name("or"), .name("and"): false
    case .name("is"):
      throw ChatTemplateError(.syntax, "tests cannot follow each other", at: next.place)
    case .name, .string, .integer, .float, .sign(.openBracket), .sign(.openBrace): true
    default: false
    }
  }

  private mutating func readDottedName() throws(ChatTemplateError) -> String {
    var name = try expectName()
    while takeIf(.dot) { name += "." + (try expectName()) }
    return name
  }
}

// MARK: Making expressions

extension JinjaParser {
  private func make(
    _ kind: Expression.Kind, _ place: ChatTemplateError.Place, _ children: Expression?...
  ) throws(ChatTemplateError) -> Expression {
    try make(kind, place, children.compactMap { $0 })
  }

  private func make(
    _ kind: Expression.Kind, _ place: ChatTemplateError.Place, _ children: [Expression]
  ) throws(ChatTemplateError) -> Expression {
    let depth = children.reduce(0) { max($0, $1.depth) } + 1
    try check(depth, at: place)
    return Expression(kind: kind, place: place, depth: depth)
  }
}

extension JinjaCallArguments {
  var all: [JinjaExpression] {
    positional + named.map(\.value) + [morePositional, moreNamed].compactMap { $0 }
  }
}
