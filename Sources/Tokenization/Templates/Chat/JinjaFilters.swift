/// The filters behind `|`.
enum JinjaFilters {
  typealias Filter =
    @Sendable (JinjaInterpreter, JinjaValue, JinjaArguments) throws(ChatTemplateError) -> JinjaValue

  /// All filters of the original but those whose result is drawn by chance, or is a page of HTML:
  /// these are named, and an error where they are reached.
  static let table: [String: Filter] =
    textual.merging(listing) { first, _ in first }.merging(numeric) { first, _ in first }
    .merging(general) { first, _ in first }
    .merging(["pprint", "random", "urlize", "wordwrap", "xmlattr"].map { ($0, unsupported($0)) }) {
      first, _ in first
    }

  private static func unsupported(_ name: String) -> Filter {
    { (_, _, _) throws(ChatTemplateError) in
      throw ChatTemplateError(.unsupported, "the filter `\(name)` is not done here")
    }
  }

  private static let general: [String: Filter] = [
    "default": defaultValue, "d": defaultValue,
    "length": length, "count": length,
    "attr": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let name = try (arguments.bind("attr", ["name"], required: 1)[0] ?? .none).requireText()
      if case .undefined(let undefined) = value { throw undefined.error }
      return try interpreter.ownAttribute(name.string, of: value)
        ?? .undefined(JinjaUndefined(name.string, of: value))
    },
    "string": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("string", [])
      return .text(try interpreter.text(of: value))
    },
    "tojson": { (interpreter, value, arguments) throws(ChatTemplateError) in
      .text(try JinjaJSON.text(of: value, arguments, interpreter))
    },
  ]

  private static let defaultValue: Filter = { (_, value, arguments) throws(ChatTemplateError) in
    let values = try arguments.bind("default", ["default_value", "boolean"])
    let replaces = value.isUndefined || (values[1]?.isTrue ?? false && !value.isTrue)
    return replaces ? values[0] ?? .text(JinjaText()) : value
  }

  private static let length: Filter = { (_, value, arguments) throws(ChatTemplateError) in
    _ = try arguments.bind("length", [])
    if case .object(let object) = value, object.typeName == "LoopContext" {
      return try object.attribute("length") ?? .none
    }
    guard let count = JinjaInterpreter.count(of: value) else {
      throw value.mismatch("something with a length")
    }
    return .integer(count)
  }
}
