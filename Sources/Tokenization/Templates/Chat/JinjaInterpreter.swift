/// Runs a template once: what it has written, what it may still do, and what the names mean.
///
/// A template comes from a stranger as much as a message does. So everything that takes time is counted
/// in steps, every text in bytes, and how deep calls stand in each other; past a bound rendering ends
/// with an error.
final class JinjaInterpreter {
  let limits: ChatTemplate.Limits
  let date: ChatDate
  /// What was written since output was last captured.
  var output = JinjaText()
  /// Variables at the top of the template.
  let root: JinjaScope
  private var steps = 0
  private var depth = 0
  /// What may hold itself through a name, to be emptied at the end.
  private var scopes: [JinjaScope] = []
  private var namespaces: [JinjaNamespace] = []

  init(limits: ChatTemplate.Limits, date: ChatDate, variables: [String: JinjaValue]) {
    self.limits = limits
    self.date = date
    root = JinjaScope(parent: nil)
    root.variables = variables
  }

  /// What `statements` write.
  func render(_ statements: [JinjaStatement]) throws(ChatTemplateError) -> JinjaText {
    defer { forget() }
    _ = try execute(statements, in: root)
    return output
  }

  /// Cuts circles, and long chains, which nothing would free, or only by deep recursion.
  private func forget() {
    root.variables = [:]
    for scope in scopes { scope.variables = [:] }
    for namespace in namespaces { namespace.attributes = JinjaDictionary() }
  }

  /// Remembers that a function holds `scope`.
  func keep(_ scope: JinjaScope) { scopes.append(scope) }

  func makeNamespace(_ attributes: JinjaDictionary) -> JinjaNamespace {
    let namespace = JinjaNamespace(attributes)
    namespaces.append(namespace)
    return namespace
  }

  // MARK: Bounds

  /// Counts `count` steps: one is about what an operation on small values takes, or sixteen bytes.
  func charge(_ count: Int = 1) throws(ChatTemplateError) {
    steps += count
    if steps > limits.steps {
      throw ChatTemplateError(.limit, "rendering takes more than \(limits.steps) steps")
    }
  }

  /// Counts the making of a text of `count` bytes.
  func chargeText(_ count: Int) throws(ChatTemplateError) {
    if count > limits.bytes {
      throw ChatTemplateError(
        .limit, "a text of \(count) bytes where \(limits.bytes) are the most allowed")
    }
    try charge(1 + count / 16)
  }

  /// What `body` makes one level deeper.
  func nested<Result>(
    _ body: () throws(ChatTemplateError) -> Result
  ) throws(ChatTemplateError) -> Result {
    depth += 1
    defer { depth -= 1 }
    if depth > limits.depth {
      throw ChatTemplateError(.limit, "more than \(limits.depth) calls within each other")
    }
    return try body()
  }

  /// `value`, if it is not too deep to be looked through.
  func check(_ value: JinjaValue) throws(ChatTemplateError) -> JinjaValue {
    if value.depth > limits.depth {
      throw ChatTemplateError(.limit, "more than \(limits.depth) values within each other")
    }
    return value
  }

  // MARK: Output

  func write(_ text: JinjaText) throws(ChatTemplateError) {
    if output.count + text.count > limits.bytes { try chargeText(output.count + text.count) }
    try chargeText(text.count)
    output.append(text)
  }

  /// What `body` writes, instead of writing it.
  func capture(_ body: () throws(ChatTemplateError) -> Void) throws(ChatTemplateError) -> JinjaText
  {
    let outer = output
    output = JinjaText()
    defer { output = outer }
    try body()
    return output
  }
}

/// The names of a block, and those around it.
final class JinjaScope {
  var variables: [String: JinjaValue] = [:]
  let parent: JinjaScope?

  init(parent: JinjaScope?) { self.parent = parent }

  /// - Complexity: O(*d*) in the blocks around.
  subscript(name: String) -> JinjaValue? {
    var scope: JinjaScope? = self
    while let found = scope {
      if let value = found.variables[name] { return value }
      scope = found.parent
    }
    return nil
  }
}
