extension JinjaInterpreter {
  func evaluate(
    _ expression: JinjaExpression, in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaValue {
    switch expression.kind {
    case .text(let bytes): return .text(JinjaText(bytes))
    case .integer(let value): return .integer(value)
    case .float(let value): return .float(value)
    case .bool(let value): return .bool(value)
    case .none: return .none
    case .name(let name): return value(of: name, in: scope)
    default: break
    }
    try charge()
    do {
      return try nested { () throws(ChatTemplateError) in
        try check(try compute(expression, in: scope))
      }
    } catch { throw error.at(expression.place) }
  }

  private func value(of name: String, in scope: JinjaScope) -> JinjaValue {
    scope[name] ?? global(name) ?? .undefined(JinjaUndefined(name: name))
  }

  private func compute(
    _ expression: JinjaExpression, in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaValue {
    switch expression.kind {
    case .list(let items): return .list(try values(of: items, in: scope))
    case .tuple(let items): return .tuple(try values(of: items, in: scope))
    case .dictionary(let items): return try dictionary(items, in: scope)
    case .attribute(let value, let name): return try attribute(name, of: evaluate(value, in: scope))
    case .element(let value, let index):
      return try element(evaluate(index, in: scope), of: evaluate(value, in: scope))
    case .slice(let value, let bounds): return try slice(value, bounds, in: scope)
    case .call(let function, let arguments):
      let function = try evaluate(function, in: scope)
      return try call(function, try evaluate(arguments, in: scope))
    case .filter(let value, let name, let arguments):
      let value = try value.map { (value) throws(ChatTemplateError) in
        try evaluate(value, in: scope)
      }
      return try filter(name, value ?? .none, try evaluate(arguments, in: scope))
    case .test(let value, let name, let arguments):
      return .bool(
        try test(name, evaluate(value, in: scope), try evaluate(arguments, in: scope)))
    case .not(let value): return .bool(!(try evaluate(value, in: scope).isTrue))
    case .negative(let value): return try negate(evaluate(value, in: scope))
    case .positive(let value):
      let value = try evaluate(value, in: scope)
      if case .float = value { return value }
      return .integer(try value.requireInteger())
    case .arithmetic(let sign, let left, let right):
      return try compute(sign, evaluate(left, in: scope), evaluate(right, in: scope))
    case .concatenation(let parts): return try concatenate(parts, in: scope)
    case .comparison(let first, let rest): return try compare(first, rest, in: scope)
    case .and(let left, let right):
      let value = try evaluate(left, in: scope)
      return value.isTrue ? try evaluate(right, in: scope) : value
    case .or(let left, let right):
      let value = try evaluate(left, in: scope)
      return value.isTrue ? value : try evaluate(right, in: scope)
    case .conditional(let test, let then, let otherwise):
      if try evaluate(test, in: scope).isTrue { return try evaluate(then, in: scope) }
      guard let otherwise else {
        let message = "the condition of an expression without `else` does not hold"
        return .undefined(JinjaUndefined(message: message))
      }
      return try evaluate(otherwise, in: scope)
    case .text, .integer, .float, .bool, .none, .name: return try evaluate(expression, in: scope)
    }
  }

  private func values(
    of expressions: [JinjaExpression], in scope: JinjaScope
  ) throws(ChatTemplateError) -> [JinjaValue] {
    var values: [JinjaValue] = []
    for expression in expressions { values.append(try evaluate(expression, in: scope)) }
    return values
  }

  private func dictionary(
    _ items: [(key: JinjaExpression, value: JinjaExpression)], in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaValue {
    var dictionary = JinjaDictionary()
    for item in items {
      let key = try evaluate(item.key, in: scope)
      let value = try evaluate(item.value, in: scope)
      dictionary.set(try JinjaDictionary.Key(key), key, value)
    }
    return .dictionary(dictionary)
  }

  private func concatenate(
    _ parts: [JinjaExpression], in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaValue {
    var text = JinjaText()
    for part in parts {
      text.append(try self.text(of: evaluate(part, in: scope)))
      try chargeText(text.count)
    }
    text.isMarkup = false
    return .text(text)
  }

  private func compare(
    _ first: JinjaExpression, _ rest: [(JinjaComparison, JinjaExpression)], in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaValue {
    var left = try evaluate(first, in: scope)
    for (comparison, expression) in rest {
      let right = try evaluate(expression, in: scope)
      guard try compare(left, comparison, right) else { return .bool(false) }
      left = right
    }
    return .bool(true)
  }

  func compare(
    _ left: JinjaValue, _ comparison: JinjaComparison, _ right: JinjaValue
  ) throws(ChatTemplateError) -> Bool {
    switch comparison {
    case .equal: try areEqual(left, right)
    case .unequal: try !areEqual(left, right)
    case .less: try isLess(left, right)
    case .lessOrEqual: try isLess(left, right, orEqual: true)
    case .greater: try isLess(right, left)
    case .greaterOrEqual: try isLess(right, left, orEqual: true)
    case .isIn: try contains(right, left)
    case .isNotIn: try !contains(right, left)
    }
  }
}

// MARK: Calls

extension JinjaInterpreter {
  func evaluate(
    _ arguments: JinjaCallArguments, in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaArguments {
    var values = JinjaArguments(positional: try self.values(of: arguments.positional, in: scope))
    for argument in arguments.named {
      values.named.append((argument.name, try evaluate(argument.value, in: scope)))
    }
    if let more = arguments.morePositional {
      values.positional += try array(of: evaluate(more, in: scope))
    }
    if let more = arguments.moreNamed {
      for entry in try evaluate(more, in: scope).requireDictionary().entries {
        let name = try entry.key.requireText().string
        guard !values.named.contains(where: { $0.name == name }) else {
          throw ChatTemplateError(.wrongType, "the argument `\(name)` is given twice")
        }
        values.named.append((name, entry.value))
      }
    }
    return values
  }

  func call(
    _ function: JinjaValue, _ arguments: JinjaArguments
  ) throws(ChatTemplateError) -> JinjaValue {
    guard case .object(let object) = function, let call = object.call else {
      throw function.mismatch("a function")
    }
    return try call(arguments)
  }

  func filter(
    _ name: String, _ value: JinjaValue, _ arguments: JinjaArguments
  ) throws(ChatTemplateError) -> JinjaValue {
    guard let filter = JinjaFilters.table[name] else {
      throw ChatTemplateError(.syntax, "there is no filter named `\(name)`")
    }
    if case .text(let text) = value { try chargeText(text.count) }
    let result = try filter(self, value, arguments)
    if case .text(let text) = result { try chargeText(text.count) }
    return result
  }

  func test(
    _ name: String, _ value: JinjaValue, _ arguments: JinjaArguments
  ) throws(ChatTemplateError) -> Bool {
    guard let test = JinjaTests.table[name] else {
      throw ChatTemplateError(.syntax, "there is no test named `\(name)`")
    }
    if case .text(let text) = value { try chargeText(text.count) }
    return try test(self, value, arguments)
  }

  /// Puts `value` through the filters of a block, the innermost of which has no value of its own.
  func apply(
    _ filter: JinjaExpression, to value: JinjaValue, in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaValue {
    guard case .filter(let inner, let name, let arguments) = filter.kind else { return value }
    var value = value
    if let inner { value = try apply(inner, to: value, in: scope) }
    do {
      return try self.filter(name, value, try evaluate(arguments, in: scope))
    } catch { throw error.at(filter.place) }
  }
}
