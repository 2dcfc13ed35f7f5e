/// Reads a template as the original does, construct by construct.
struct JinjaParser {
  /// How deep expressions, or statements, may stand within each other; Python's compiler, which the
  /// original goes through, allows no more.
  static let maximumDepth = 100

  private let tokens: [JinjaToken]
  private var index = 0
  /// Expressions and statements that are open.
  var depth = 0
  /// Loops of the same function that are open, which may be left.
  var loopDepth = 0
  /// Names that were read since the innermost macro began.
  var namesRead: Set<String> = []
  /// Filters and tests that there are none of: an error at once, or only when they are reached where
  /// they stand in a condition.
  var unknownNames: [ChatTemplateError] = []

  private init(_ tokens: [JinjaToken]) { self.tokens = tokens }

  /// - Complexity: O(*n*) in the bytes of `source`.
  static func statements(of source: String) throws(ChatTemplateError) -> [JinjaStatement] {
    var parser = JinjaParser(try JinjaLexer.tokens(of: source))
    let statements = try parser.readBody(until: [])
    if let error = parser.unknownNames.first { throw error }
    return statements
  }
}

// MARK: Tokens

extension JinjaParser {
  /// The next token; the last one is ``JinjaToken/Kind/end`` and stays.
  var next: JinjaToken { tokens[index] }

  var second: JinjaToken { tokens[min(index + 1, tokens.count - 1)] }

  @discardableResult
  mutating func take() -> JinjaToken {
    let token = tokens[index]
    if index + 1 < tokens.count { index += 1 }
    return token
  }

  func isNext(_ name: String) -> Bool { next.kind == .name(name) }

  func isNext(_ sign: JinjaToken.Sign) -> Bool { next.kind == .sign(sign) }

  mutating func takeIf(_ name: String) -> Bool {
    guard isNext(name) else { return false }
    take()
    return true
  }

  mutating func takeIf(_ sign: JinjaToken.Sign) -> Bool {
    guard isNext(sign) else { return false }
    take()
    return true
  }

  @discardableResult
  mutating func expect(
    _ kind: JinjaToken.Kind, _ expected: String
  ) throws(ChatTemplateError) -> JinjaToken {
    guard next.kind == kind else { throw unexpected(expected) }
    return take()
  }

  mutating func expect(_ sign: JinjaToken.Sign) throws(ChatTemplateError) {
    try expect(.sign(sign), "`\(sign.rawValue)`")
  }

  mutating func expect(_ name: String) throws(ChatTemplateError) {
    try expect(.name(name), "`\(name)`")
  }

  mutating func expectName() throws(ChatTemplateError) -> String {
    guard case .name(let name) = next.kind else { throw unexpected("a name") }
    take()
    return name
  }

  func unexpected(_ expected: String) -> ChatTemplateError {
    ChatTemplateError(
      .syntax, "found \(next.description) where \(expected) is expected", at: next.place)
  }

  /// What `read` reads one level deeper.
  mutating func nested<Result>(
    _ read: (inout JinjaParser) throws(ChatTemplateError) -> Result
  ) throws(ChatTemplateError) -> Result {
    depth += 1
    defer { depth -= 1 }
    try check(depth, at: next.place)
    return try read(&self)
  }

  func check(_ depth: Int, at place: ChatTemplateError.Place) throws(ChatTemplateError) {
    guard depth <= Self.maximumDepth else {
      throw ChatTemplateError(
        .limit, "constructs stand more than \(Self.maximumDepth) deep within each other", at: place)
    }
  }

  /// Drops what was found unknown since there were `count`: it stands in a condition, and is an error
  /// only where it is reached.
  mutating func forgiveUnknownNames(from count: Int) {
    unknownNames.removeSubrange(count...)
  }
}
