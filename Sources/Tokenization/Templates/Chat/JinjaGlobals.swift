// What templates find without anybody giving it: the functions of the original, and those of transformers.

extension JinjaInterpreter {
  /// The longest range, as in the original's sandbox.
  private static let maximumRange = 100_000

  func global(_ name: String) -> JinjaValue? {
    let body: Method
    switch name {
    case "range": body = range
    case "dict": return .object(dictionaryFunction)
    case "namespace": body = namespace
    case "cycler": body = cycler
    case "joiner": body = joiner
    case "raise_exception": body = raise
    case "strftime_now": body = formatDate
    case "lipsum":
      let message = "`lipsum`, which writes text by chance, is not done here"
      return .undefined(JinjaUndefined(message: message, reason: .unsupported))
    default: return nil
    }
    return .object(JinjaObject("function", name: name, call: body))
  }

  private func range(_ arguments: JinjaArguments) throws(ChatTemplateError) -> JinjaValue {
    guard arguments.named.isEmpty, 1...3 ~= arguments.positional.count else {
      throw ChatTemplateError(.wrongType, "`range` takes one to three numbers")
    }
    var numbers: [Int] = []
    for value in arguments.positional {
      if case .undefined(let undefined) = value { throw undefined.error }
      numbers.append(try value.requireInteger())
    }
    let start = numbers.count == 1 ? 0 : numbers[0]
    let stop = numbers.count == 1 ? numbers[0] : numbers[1]
    let step = numbers.count == 3 ? numbers[2] : 1
    guard step != 0 else { throw ChatTemplateError(.wrongValue, "the step of a range is zero") }
    let (distance, overflow) = stop.subtractingReportingOverflow(start)
    let isEmpty = step > 0 ? stop <= start : stop >= start
    if isEmpty { return .list(JinjaList([], .range)) }
    guard !overflow, (distance.magnitude - 1) / step.magnitude < Self.maximumRange else {
      throw ChatTemplateError(.limit, "a range of more than \(Self.maximumRange) numbers")
    }
    let count = Int((distance.magnitude - 1) / step.magnitude) + 1
    try charge(count)
    return .list(JinjaList((0..<count).map { .integer(start + $0 * step) }, .range))
  }

  /// `dict(pairs, name=value)`, and its `fromkeys`.
  private var dictionaryFunction: JinjaObject {
    JinjaObject("function", name: "dict") { [unowned self] (arguments) throws(ChatTemplateError) in
      .dictionary(try self.dictionary(arguments))
    } attribute: { [unowned self] (name) throws(ChatTemplateError) in
      guard name == "fromkeys" else { return nil }
      return self.method(name) { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["iterable", "value"], required: 1)
        var dictionary = JinjaDictionary()
        for key in try self.array(of: values[0] ?? .none) {
          dictionary.set(try JinjaDictionary.Key(key), key, values[1] ?? .none)
        }
        return .dictionary(dictionary)
      }
    }
  }

  private func dictionary(
    _ arguments: JinjaArguments
  ) throws(ChatTemplateError) -> JinjaDictionary {
    guard arguments.positional.count <= 1 else {
      throw ChatTemplateError(.wrongType, "`dict` takes one dictionary, or one list of pairs")
    }
    var dictionary = JinjaDictionary()
    switch arguments.positional.first {
    case nil: break
    case .dictionary(let given):
      try charge(given.count)
      dictionary = given
    case .some(let pairs):
      if !pairs.isUndefined {
        for pair in try array(of: pairs) {
          let items = try array(of: pair)
          guard items.count == 2 else {
            throw ChatTemplateError(
              .wrongValue, "\(items.count) values where a key and a value are expected")
          }
          dictionary.set(try JinjaDictionary.Key(items[0]), items[0], items[1])
        }
      }
    }
    for argument in arguments.named { dictionary.set(JinjaText(argument.name), argument.value) }
    return dictionary
  }

  private func namespace(_ arguments: JinjaArguments) throws(ChatTemplateError) -> JinjaValue {
    let attributes = try dictionary(arguments)
    for case .text(let name) in attributes.keys { try Self.checkAttribute(name.string) }
    return .namespace(makeNamespace(attributes))
  }

  /// Values that come again and again.
  private func cycler(_ arguments: JinjaArguments) throws(ChatTemplateError) -> JinjaValue {
    let items = arguments.positional
    guard !items.isEmpty, arguments.named.isEmpty else {
      throw ChatTemplateError(.wrongValue, "`cycler` needs values")
    }
    var place = 0
    return .object(
      JinjaObject(
        "Cycler", name: "cycler",
        attribute: { (name) throws(ChatTemplateError) in
          switch name {
          case "current": return items[place]
          case "items": return .tuple(items)
          case "pos": return .integer(place)
          case "next":
            return .object(
              JinjaObject("method", name: name) { (_) throws(ChatTemplateError) in
                defer { place = (place + 1) % items.count }
                return items[place]
              })
          case "reset":
            return .object(
              JinjaObject("method", name: name) { (_) throws(ChatTemplateError) in
                place = 0
                return .none
              })
          default: return nil
          }
        }))
  }

  /// Nothing when it is called first, its text each time after that.
  private func joiner(_ arguments: JinjaArguments) throws(ChatTemplateError) -> JinjaValue {
    let separator = try arguments.bind("joiner", ["sep"])[0] ?? .text(", ")
    var isUsed = false
    return .object(
      JinjaObject("Joiner", name: "joiner") { (_) throws(ChatTemplateError) in
        defer { isUsed = true }
        return isUsed ? separator : .text(JinjaText())
      })
  }

  private func raise(_ arguments: JinjaArguments) throws(ChatTemplateError) -> JinjaValue {
    let message = try arguments.bind("raise_exception", ["message"], required: 1)[0] ?? .none
    throw ChatTemplateError(.raised, try text(of: message).string)
  }

  private func formatDate(_ arguments: JinjaArguments) throws(ChatTemplateError) -> JinjaValue {
    let format = try arguments.bind("strftime_now", ["format"], required: 1)[0] ?? .none
    return .text(try date.formatted(format.requireText()))
  }
}
