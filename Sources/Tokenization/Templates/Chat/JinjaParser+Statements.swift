extension JinjaParser {
  typealias Statement = JinjaStatement

  /// Statements up to a tag of one of `names`, whose name is left as the next token; up to the end of
  /// the template for none.
  mutating func readBody(until names: [String]) throws(ChatTemplateError) -> [Statement] {
    var body: [Statement] = []
    while true {
      let token = take()
      switch token.kind {
      case .data(let bytes): body.append(Statement(kind: .data(bytes), place: token.place))
      case .variableBegin:
        body.append(Statement(kind: .output(try readTuple()), place: token.place))
        try expect(.variableEnd, "`}}`")
      case .blockBegin:
        if case .name(let name) = next.kind, names.contains(name) { return body }
        let statements = try nested { (parser) throws(ChatTemplateError) in
          try parser.readStatement(expecting: names)
        }
        body += statements.map { Statement(kind: $0, place: token.place) }
        try expect(.blockEnd, "`%}`")
      default:
        guard names.isEmpty else {
          throw ChatTemplateError(
            .syntax, "the template ends where \(Self.list(names)) is expected", at: token.place)
        }
        return body
      }
    }
  }

  /// The body of a statement, from what ends its tag on.
  private mutating func readBlock(until names: String...) throws(ChatTemplateError) -> [Statement] {
    _ = takeIf(.colon)
    try expect(.blockEnd, "`%}`")
    return try readBody(until: names)
  }

  /// The same with the tag that ends it.
  private mutating func readWholeBlock(
    until name: String
  ) throws(ChatTemplateError) -> [Statement] {
    let body = try readBlock(until: name)
    take()
    return body
  }

  /// The same in a function of its own, which a loop around cannot be left from.
  private mutating func readFunction(until name: String) throws(ChatTemplateError) -> [Statement] {
    let loops = loopDepth
    loopDepth = 0
    defer { loopDepth = loops }
    return try readWholeBlock(until: name)
  }

  private static func list(_ names: [String]) -> String {
    names.map { "`\($0)`" }.joined(separator: " or ")
  }

  private mutating func readStatement(
    expecting names: [String]
  ) throws(ChatTemplateError) -> [Statement.Kind] {
    let place = next.place
    guard case .name(let name) = next.kind else { throw unexpected("the name of a tag") }
    take()
    switch name {
    case "if": return [try readCondition()]
    case "for": return [try readLoop()]
    case "set": return [try readAssignment()]
    case "macro":
      let target = try expectName()
      return [.macro(try readMacro(target, parameters: readParameters(), until: "endmacro"))]
    case "call": return [try readCallBlock()]
    case "filter":
      let filter = try readBlockFilters()
      return [.filter(filter, try readWholeBlock(until: "endfilter"))]
    case "with": return [try readWith()]
    case "generation": return [.generation(try readFunction(until: "endgeneration"))]
    case "autoescape":
      let value = try readExpression()
      return [.escape(value, try readWholeBlock(until: "endautoescape"))]
    case "print": return try readPrint()
    case "break", "continue":
      guard loopDepth > 0 else {
        throw ChatTemplateError(.syntax, "`\(name)` stands in no loop", at: place)
      }
      return [name == "break" ? .breakLoop : .continueLoop]
    case "block": return [try readNamedBlock()]
    case "include", "import", "from", "extends":
      while next.kind != .blockEnd, next.kind != .end { take() }
      return [.unsupported(name)]
    default:
      let expected = names.isEmpty ? "" : " where \(Self.list(names)) is expected"
      throw ChatTemplateError(.syntax, "found the unknown tag `\(name)`\(expected)", at: place)
    }
  }
}

// MARK: The statements

extension JinjaParser {
  private mutating func readCondition() throws(ChatTemplateError) -> Statement.Kind {
    let unknown = unknownNames.count
    var branches: [(test: Expression, body: [Statement])] = []
    var otherwise: [Statement] = []
    while true {
      let test = try readTuple(withCondition: false)
      branches.append((test, try readBlock(until: "elif", "else", "endif")))
      let name = take()
      if name.kind == .name("elif") { continue }
      if name.kind == .name("else") { otherwise = try readWholeBlock(until: "endif") }
      break
    }
    forgiveUnknownNames(from: unknown)
    return .condition(branches, otherwise: otherwise)
  }

  private mutating func readLoop() throws(ChatTemplateError) -> Statement.Kind {
    let target = try readTarget(endingBefore: "in")
    try checkLoopTarget(target)
    try expect("in")
    let values = try readTuple(withCondition: false, endingBefore: "recursive")
    let condition: Expression? = takeIf("if") ? try readExpression() : nil
    let isRecursive = takeIf("recursive")
    loopDepth += 1
    defer { loopDepth -= 1 }
    let body = try readBlock(until: "endfor", "else")
    var otherwise: [Statement] = []
    if take().kind == .name("else") {
      loopDepth -= 1
      defer { loopDepth += 1 }
      otherwise = try readWholeBlock(until: "endfor")
    }
    return .loop(
      JinjaLoopStatement(
        target: target, values: values, condition: condition, isRecursive: isRecursive, body: body,
        otherwise: otherwise))
  }

  private func checkLoopTarget(_ target: JinjaTarget) throws(ChatTemplateError) {
    switch target.kind {
    case .name("loop"):
      throw ChatTemplateError(.syntax, "`loop` cannot be assigned to", at: target.place)
    case .tuple(let targets): for target in targets { try checkLoopTarget(target) }
    default: break
    }
  }

  private mutating func readAssignment() throws(ChatTemplateError) -> Statement.Kind {
    let target = try readTarget(withNamespace: true)
    if takeIf(.assign) { return .assign(target, try readTuple()) }
    let filter: Expression? = takeIf(.pipe) ? try readBlockFilters() : nil
    return .assignBlock(target, filter: filter, try readWholeBlock(until: "endset"))
  }

  private mutating func readMacro(
    _ name: String, parameters: [(name: String, value: Expression?)], until end: String
  ) throws(ChatTemplateError) -> JinjaMacro {
    let outer = namesRead
    namesRead = []
    let body = try readFunction(until: end)
    func uses(_ special: String) -> Bool {
      namesRead.contains(special) && !parameters.contains { $0.name == special }
    }
    let macro = JinjaMacro(
      name: name, parameters: parameters, body: body, usesCaller: uses("caller"),
      usesNamedRest: uses("kwargs"), usesPositionalRest: uses("varargs"))
    namesRead.formUnion(outer)
    return macro
  }

  private mutating func readParameters() throws(ChatTemplateError) -> [(String, Expression?)] {
    var parameters: [(name: String, value: Expression?)] = []
    try expect(.openParenthesis)
    while !isNext(.closeParenthesis) {
      if !parameters.isEmpty { try expect(.comma) }
      let place = next.place
      let name = try expectName()
      guard !parameters.contains(where: { $0.name == name }) else {
        throw ChatTemplateError(.syntax, "the parameter `\(name)` stands twice", at: place)
      }
      let value: Expression? = takeIf(.assign) ? try readExpression() : nil
      if value == nil, parameters.contains(where: { $0.value != nil }) {
        throw ChatTemplateError(
          .syntax, "`\(name)` has no default value, and one before it has", at: place)
      }
      parameters.append((name, value))
    }
    take()
    return parameters
  }

  private mutating func readCallBlock() throws(ChatTemplateError) -> Statement.Kind {
    let parameters = isNext(.openParenthesis) ? try readParameters() : []
    let place = next.place
    let call = try readExpression()
    guard case .call = call.kind else {
      throw ChatTemplateError(.syntax, "what stands behind `call` is no call", at: place)
    }
    return .call(call, block: try readMacro("caller", parameters: parameters, until: "endcall"))
  }

  private mutating func readWith() throws(ChatTemplateError) -> Statement.Kind {
    var values: [(JinjaTarget, Expression)] = []
    while next.kind != .blockEnd, !isNext(.colon) {
      if !values.isEmpty { try expect(.comma) }
      let target = try readTarget()
      try expect(.assign)
      values.append((target, try readExpression()))
    }
    return .with(values, try readWholeBlock(until: "endwith"))
  }

  private mutating func readPrint() throws(ChatTemplateError) -> [Statement.Kind] {
    var values: [Statement.Kind] = []
    while next.kind != .blockEnd {
      if !values.isEmpty { try expect(.comma) }
      values.append(.output(try readExpression()))
    }
    return values
  }

  /// A block that another template could replace, had it one: it stands where it is.
  private mutating func readNamedBlock() throws(ChatTemplateError) -> Statement.Kind {
    let name = try expectName()
    let isScoped = takeIf("scoped")
    _ = takeIf("required")
    let body = try readFunction(until: "endblock")
    _ = takeIf(name)
    return .scope(body, isIsolated: !isScoped)
  }

  /// A name, names with commas between them, or an attribute of a namespace.
  private mutating func readTarget(
    endingBefore name: String? = nil, withNamespace: Bool = false
  ) throws(ChatTemplateError) -> JinjaTarget {
    let place = next.place
    var targets: [JinjaTarget] = []
    var isTuple = false
    while true {
      if !targets.isEmpty {
        guard takeIf(.comma) else { break }
        isTuple = true
      }
      if let name, isNext(name) { break }
      if !targets.isEmpty, isNext(.assign) || next.kind == .blockEnd || isNext(.closeParenthesis) {
        break
      }
      targets.append(try readOneTarget(withNamespace: withNamespace))
    }
    guard let first = targets.first else { throw unexpected("a name") }
    return isTuple ? JinjaTarget(kind: .tuple(targets), place: place) : first
  }

  private mutating func readOneTarget(
    withNamespace: Bool
  ) throws(ChatTemplateError) -> JinjaTarget {
    let place = next.place
    if takeIf(.openParenthesis) {
      let target = try nested { (parser) throws(ChatTemplateError) in try parser.readTarget() }
      try expect(.closeParenthesis)
      return target
    }
    let name = try expectName()
    if withNamespace, takeIf(.dot) {
      return JinjaTarget(kind: .attribute(namespace: name, try expectName()), place: place)
    }
    guard !["true", "false", "none", "True", "False", "None"].contains(name) else {
      throw ChatTemplateError(.syntax, "`\(name)` cannot be assigned to", at: place)
    }
    return JinjaTarget(kind: .name(name), place: place)
  }
}
