extension JinjaInterpreter {
  /// How a body ended.
  enum Flow { case ended, left, continued }

  func execute(
    _ statements: [JinjaStatement], in scope: JinjaScope
  ) throws(ChatTemplateError) -> Flow {
    for statement in statements {
      try charge()
      let flow: Flow
      do {
        flow = try nested { () throws(ChatTemplateError) in try execute(statement, in: scope) }
      } catch { throw error.at(statement.place) }
      if flow != .ended { return flow }
    }
    return .ended
  }

  private func execute(
    _ statement: JinjaStatement, in scope: JinjaScope
  ) throws(ChatTemplateError) -> Flow {
    switch statement.kind {
    case .data(let bytes): try write(JinjaText(bytes))
    case .output(let value): try write(try text(of: evaluate(value, in: scope)))
    case .condition(let branches, let otherwise):
      for branch in branches where try evaluate(branch.test, in: scope).isTrue {
        return try execute(branch.body, in: scope)
      }
      return try execute(otherwise, in: scope)
    case .loop(let loop): try execute(loop, in: scope)
    case .assign(let target, let value):
      try assign(evaluate(value, in: scope), to: target, in: scope)
    case .assignBlock(let target, let filter, let body):
      let inner = JinjaScope(parent: scope)
      var value = JinjaValue.text(try text(of: body, in: inner))
      if let filter { value = try apply(filter, to: value, in: inner) }
      try assign(value, to: target, in: scope)
    case .macro(let macro): scope.variables[macro.name] = .object(makeMacro(macro, in: scope))
    case .call(let call, let block): try execute(call, block: block, in: scope)
    case .filter(let filter, let body):
      let inner = JinjaScope(parent: scope)
      let written = JinjaValue.text(try text(of: body, in: inner))
      try write(try text(of: apply(filter, to: written, in: inner)))
    case .with(let values, let body):
      let inner = JinjaScope(parent: scope)
      for (target, value) in values {
        try assign(evaluate(value, in: scope), to: target, in: inner)
      }
      return try execute(body, in: inner)
    case .scope(let body, let isIsolated):
      return try execute(body, in: JinjaScope(parent: isIsolated ? root : scope))
    case .generation(let body):
      try write(try text(of: body, in: JinjaScope(parent: scope)).adding(.generation))
    case .escape(let value, let body):
      if try evaluate(value, in: scope).isTrue {
        throw ChatTemplateError(.unsupported, "`autoescape` is not done here")
      }
      return try execute(body, in: JinjaScope(parent: scope))
    case .breakLoop: return .left
    case .continueLoop: return .continued
    case .unsupported(let name):
      throw ChatTemplateError(.unsupported, "`\(name)` asks for another template; there is none")
    }
    return .ended
  }

  /// What a body writes.
  func text(
    of body: [JinjaStatement], in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaText {
    try capture { () throws(ChatTemplateError) in _ = try execute(body, in: scope) }
  }
}

// MARK: Assignments

extension JinjaInterpreter {
  func assign(
    _ value: JinjaValue, to target: JinjaTarget, in scope: JinjaScope
  ) throws(ChatTemplateError) {
    switch target.kind {
    case .name(let name): scope.variables[name] = value
    case .attribute(let name, let attribute):
      guard case .namespace(let namespace)? = scope[name] else {
        throw ChatTemplateError(.wrongType, "`\(name)` is no namespace", at: target.place)
      }
      try Self.checkAttribute(attribute)
      namespace.attributes.set(JinjaText(attribute), try check(value))
    case .tuple(let targets):
      let values = try array(of: value)
      guard values.count == targets.count else {
        throw ChatTemplateError(
          .wrongValue, "\(values.count) values for \(targets.count) names", at: target.place)
      }
      for (target, value) in zip(targets, values) { try assign(value, to: target, in: scope) }
    }
  }

  /// - Throws: `forbidden` for names that begin with an underscore, as transformers does.
  static func checkAttribute(_ name: String) throws(ChatTemplateError) {
    if name.utf8.first == UInt8(ascii: "_") {
      throw ChatTemplateError(.forbidden, "a namespace cannot have `\(name)`")
    }
  }
}

// MARK: Loops

extension JinjaInterpreter {
  private func execute(
    _ statement: JinjaLoopStatement, in scope: JinjaScope
  ) throws(ChatTemplateError) {
    let values = try evaluate(statement.values, in: scope)
    try execute(statement, over: values, level: 0, in: scope)
  }

  private func execute(
    _ statement: JinjaLoopStatement, over values: JinjaValue, level: Int, in scope: JinjaScope
  ) throws(ChatTemplateError) {
    var iterator = try iterate(values)
    var count = Self.count(of: values)
    if let condition = statement.condition {
      iterator = filtered(iterator, statement.target, condition, scope)
      count = nil
    }
    let recurse: JinjaLoop.Recursion = {
      [unowned self] (inner) throws(ChatTemplateError) in
      guard statement.isRecursive else {
        throw ChatTemplateError(.wrongType, "the loop is not `recursive`")
      }
      return try self.nested { () throws(ChatTemplateError) in
        try self.capture { () throws(ChatTemplateError) in
          try self.execute(statement, over: inner, level: level + 1, in: scope)
        }
      }
    }
    let loop = JinjaLoop(iterator, count: count, level: level, interpreter: self, recurse)
    let object = loop.object
    var isEmpty = true
    while let value = try loop.advance() {
      try charge()
      isEmpty = false
      let inner = JinjaScope(parent: scope)
      inner.variables["loop"] = .object(object)
      try assign(value, to: statement.target, in: inner)
      if try execute(statement.body, in: inner) == .left { break }
    }
    if isEmpty { _ = try execute(statement.otherwise, in: JinjaScope(parent: scope)) }
  }

  /// Those of `iterator` that meet the condition, which is asked when they are wanted.
  private func filtered(
    _ iterator: JinjaIterator, _ target: JinjaTarget, _ condition: JinjaExpression,
    _ scope: JinjaScope
  ) -> JinjaIterator {
    JinjaIterator(depth: iterator.depth) { [unowned self] () throws(ChatTemplateError) in
      while let value = try iterator.next() {
        try self.charge()
        let inner = JinjaScope(parent: scope)
        try self.assign(value, to: target, in: inner)
        if try self.evaluate(condition, in: inner).isTrue { return value }
      }
      return nil
    }
  }
}

// MARK: Macros

extension JinjaInterpreter {
  private func execute(
    _ call: JinjaExpression, block: JinjaMacro, in scope: JinjaScope
  ) throws(ChatTemplateError) {
    guard case .call(let function, let arguments) = call.kind else { return }
    var values = try evaluate(arguments, in: scope)
    values.named.append(("caller", .object(makeMacro(block, in: scope))))
    let callee = try evaluate(function, in: scope)
    do { try write(try text(of: self.call(callee, values))) } catch { throw error.at(call.place) }
  }

  /// A macro sees the names around it as they are when it is called.
  func makeMacro(_ macro: JinjaMacro, in scope: JinjaScope) -> JinjaObject {
    keep(scope)
    return JinjaObject("Macro", name: macro.name) {
      [unowned self] (arguments) throws(ChatTemplateError) in
      let inner = JinjaScope(parent: scope)
      try self.bind(arguments, to: macro, in: inner)
      return .text(try self.text(of: macro.body, in: inner))
    } attribute: { (name) throws(ChatTemplateError) in
      switch name {
      case "name": .text(macro.name)
      case "arguments": .list(macro.parameters.map { .text($0.name) })
      case "caller": .bool(macro.usesCaller)
      case "catch_kwargs": .bool(macro.usesNamedRest)
      case "catch_varargs": .bool(macro.usesPositionalRest)
      default: nil
      }
    }
  }

  private func bind(
    _ arguments: JinjaArguments, to macro: JinjaMacro, in scope: JinjaScope
  ) throws(ChatTemplateError) {
    var named = arguments.named
    func take(_ name: String) -> JinjaValue? {
      guard let place = named.firstIndex(where: { $0.name == name }) else { return nil }
      return named.remove(at: place).value
    }
    // All that was given comes first: a default value may be made of it.
    var missing: [(name: String, value: JinjaExpression?)] = []
    for (index, parameter) in macro.parameters.enumerated() {
      if index < arguments.positional.count {
        scope.variables[parameter.name] = arguments.positional[index]
      } else if let value = take(parameter.name) {
        scope.variables[parameter.name] = value
      } else {
        let hint = "the parameter `\(parameter.name)` was not given"
        scope.variables[parameter.name] = .undefined(JinjaUndefined(message: hint))
        missing.append(parameter)
      }
    }
    if macro.usesCaller {
      scope.variables["caller"] =
        take("caller") ?? .undefined(JinjaUndefined(message: "the macro has no caller"))
    }
    if macro.usesNamedRest {
      var rest = JinjaDictionary()
      for argument in named { rest.set(JinjaText(argument.name), argument.value) }
      scope.variables["kwargs"] = .dictionary(rest)
    } else if let argument = named.first {
      throw ChatTemplateError(
        .wrongType, "the macro `\(macro.name)` has no parameter `\(argument.name)` left")
    }
    let rest = arguments.positional.dropFirst(macro.parameters.count)
    if macro.usesPositionalRest {
      scope.variables["varargs"] = .tuple(Array(rest))
    } else if !rest.isEmpty {
      throw ChatTemplateError(
        .wrongType,
        "\(arguments.positional.count) arguments for the macro `\(macro.name)`, which takes "
          + "\(macro.parameters.count)")
    }
    for parameter in missing {
      if let value = parameter.value {
        scope.variables[parameter.name] = try evaluate(value, in: scope)
      }
    }
  }
}
