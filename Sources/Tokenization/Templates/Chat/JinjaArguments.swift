/// What a function, a filter or a test is called with.
struct JinjaArguments {
  var positional: [JinjaValue] = []
  var named: [(name: String, value: JinjaValue)] = []

  /// The values of the parameters `names`, in their order; nil for those that were not given.
  ///
  /// - Throws: `wrongType` for too many, for unknown ones, or if one of the first `required` is missing.
  func bind(
    _ function: String, _ names: [String], required: Int = 0
  ) throws(ChatTemplateError) -> [JinjaValue?] {
    guard positional.count <= names.count else {
      throw ChatTemplateError(
        .wrongType, "`\(function)` takes \(names.count) arguments, found \(positional.count)")
    }
    var values: [JinjaValue?] =
      positional + Array(repeating: nil, count: names.count - positional.count)
    for argument in named {
      guard let place = names.firstIndex(of: argument.name) else {
        throw ChatTemplateError(.wrongType, "`\(function)` has no argument `\(argument.name)`")
      }
      guard values[place] == nil else {
        throw ChatTemplateError(
          .wrongType, "`\(function)` is given the argument `\(argument.name)` twice")
      }
      values[place] = argument.value
    }
    if let missing = values.prefix(required).firstIndex(where: { $0 == nil }) {
      throw ChatTemplateError(.wrongType, "`\(function)` needs the argument `\(names[missing])`")
    }
    return values
  }
}

/// What is asked of a value that a function was given.
extension JinjaValue {
  func mismatch(_ expected: String) -> ChatTemplateError {
    if case .undefined(let undefined) = self { return undefined.error }
    return ChatTemplateError(
      .wrongType, "found a value of type `\(typeName)` where \(expected) is expected")
  }

  func requireText() throws(ChatTemplateError) -> JinjaText {
    guard case .text(let text) = self else { throw mismatch("a string") }
    return text
  }

  func requireInteger() throws(ChatTemplateError) -> Int {
    guard let number = wholeNumber else { throw mismatch("a whole number") }
    return number
  }

  func requireDictionary() throws(ChatTemplateError) -> JinjaDictionary {
    guard case .dictionary(let dictionary) = self else { throw mismatch("a dictionary") }
    return dictionary
  }
}
