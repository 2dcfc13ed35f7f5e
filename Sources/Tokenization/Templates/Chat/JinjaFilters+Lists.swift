extension JinjaFilters {
  /// Filters of lists. Those that the original makes as it goes are made as it goes here too, once.
  static let listing: [String: Filter] = [
    "list": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("list", [])
      return .list(try interpreter.array(of: value))
    },
    "first": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("first", [])
      return try interpreter.iterate(value).next() ?? empty
    },
    "last": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("last", [])
      return try reversed(value, interpreter).last ?? empty
    },
    "reverse": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("reverse", [])
      if case .text(let text) = value {
        var result = JinjaText()
        for scalar in text.scalars.reversed() { result.append(text, scalar.range) }
        return .text(result)
      }
      let values: [JinjaValue] = try interpreter.array(of: value).reversed()
      if case .iterator = value { return .list(values) }
      return .iterator(JinjaInterpreter.iterate(values, depth: value.depth))
    },
    "join": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let values = try arguments.bind("join", ["d", "attribute"])
      let path = AttributePath(values[1])
      var parts: [JinjaText] = []
      for item in try interpreter.array(of: value) {
        parts.append(try interpreter.text(of: try path.value(in: item, interpreter)))
      }
      var separator =
        try values[0].map { (value) throws(ChatTemplateError) in
          try interpreter.text(of: value)
        } ?? JinjaText()
      separator.isMarkup = false
      return .text(try interpreter.joined(parts, by: separator))
    },
    "items": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("items", [])
      if value.isUndefined { return .iterator(JinjaInterpreter.iterate([])) }
      let dictionary = try value.requireDictionary()
      try interpreter.charge(dictionary.count)
      return .iterator(JinjaInterpreter.iterate(dictionary.items))
    },
    "dictsort": dictionarySort,
    "sort": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let values = try arguments.bind("sort", ["reverse", "case_sensitive", "attribute"])
      let paths = AttributePath.several(values[2])
      let isExact = values[1]?.isTrue ?? false
      return .list(
        try interpreter.sorted(
          interpreter.array(of: value), reversed: values[0]?.isTrue ?? false
        ) { (item) throws(ChatTemplateError) in
          var keys: [JinjaValue] = []
          for path in paths { keys.append(fold(try path.value(in: item, interpreter), isExact)) }
          return .list(keys)
        })
    },
    "unique": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let values = try arguments.bind("unique", ["case_sensitive", "attribute"])
      let path = AttributePath(values[1])
      let isExact = values[0]?.isTrue ?? false
      let iterator = try interpreter.iterate(value)
      var seen: Set<JinjaDictionary.Key> = []
      return .iterator(
        JinjaIterator(depth: iterator.depth) { () throws(ChatTemplateError) in
          while let item = try iterator.next() {
            let key = fold(try path.value(in: item, interpreter), isExact)
            if seen.insert(try JinjaDictionary.Key(key)).inserted { return item }
          }
          return nil
        })
    },
    "groupby": groupBy,
    "batch": batch,
    "slice": slice,
    "map": map,
    "select": { (interpreter, value, arguments) throws(ChatTemplateError) in
      choose(value, arguments, interpreter, keeps: true, byAttribute: false)
    },
    "reject": { (interpreter, value, arguments) throws(ChatTemplateError) in
      choose(value, arguments, interpreter, keeps: false, byAttribute: false)
    },
    "selectattr": { (interpreter, value, arguments) throws(ChatTemplateError) in
      choose(value, arguments, interpreter, keeps: true, byAttribute: true)
    },
    "rejectattr": { (interpreter, value, arguments) throws(ChatTemplateError) in
      choose(value, arguments, interpreter, keeps: false, byAttribute: true)
    },
  ]

  private static var empty: JinjaValue {
    .undefined(JinjaUndefined(message: "there is no such value, the list is empty"))
  }

  /// The values of what can be gone through from behind, still in their order.
  private static func reversed(
    _ value: JinjaValue, _ interpreter: JinjaInterpreter
  ) throws(ChatTemplateError) -> [JinjaValue] {
    if case .iterator = value { throw value.mismatch("a list") }
    return try interpreter.array(of: value)
  }

  /// A text in lower case, unless case matters.
  static func fold(_ value: JinjaValue, _ isExact: Bool) -> JinjaValue {
    if case .text(let text) = value, !isExact { return .text(text.lowercased) }
    return value
  }

  private static let dictionarySort: Filter = {
    (interpreter, value, arguments) throws(ChatTemplateError) in
    let values = try arguments.bind("dictsort", ["case_sensitive", "by", "reverse"])
    let by = try (values[1] ?? .text("key")).requireText().string
    guard by == "key" || by == "value" else {
      throw ChatTemplateError(
        .wrongValue, "sorting by `\(by)`, where `key` or `value` are expected")
    }
    let isExact = values[0]?.isTrue ?? false
    let items = try value.requireDictionary().items
    return .list(
      try interpreter.sorted(items, reversed: values[2]?.isTrue ?? false) {
        (item) throws(ChatTemplateError) in
        guard case .list(let pair) = item else { return item }
        return fold(pair.items[by == "key" ? 0 : 1], isExact)
      })
  }

  private static let groupBy: Filter = {
    (interpreter, value, arguments) throws(ChatTemplateError) in
    let values = try arguments.bind(
      "groupby", ["attribute", "default", "case_sensitive"], required: 1)
    let path = AttributePath(values[0], missing: values[1])
    let isExact = values[2]?.isTrue ?? false
    let sorted = try interpreter.sorted(interpreter.array(of: value)) {
      (item) throws(ChatTemplateError) in
      fold(try path.value(in: item, interpreter), isExact)
    }
    var groups: [(key: JinjaValue, items: [JinjaValue])] = []
    var last: JinjaValue?
    for item in sorted {
      let key = try path.value(in: item, interpreter)
      let folded = fold(key, isExact)
      if let last, try interpreter.areEqual(last, folded) {
        groups[groups.count - 1].items.append(item)
      } else {
        groups.append((key, [item]))
      }
      last = folded
    }
    return .list(groups.map { group in .group(key: group.key, items: group.items) })
  }

  // MARK: Parts

  private static let batch: Filter = { (interpreter, value, arguments) throws(ChatTemplateError) in
    let values = try arguments.bind("batch", ["linecount", "fill_with"], required: 1)
    let size = try (values[0] ?? .none).requireInteger()
    let iterator = try interpreter.iterate(value)
    var isFinished = false
    var pending: JinjaValue?
    return .iterator(
      JinjaIterator(depth: iterator.depth + 1) { () throws(ChatTemplateError) in
        if isFinished { return nil }
        var items = pending.map { [$0] } ?? []
        pending = nil
        while let item = try iterator.next() {
          try interpreter.charge()
          if items.count == size {
            pending = item
            return .list(items)
          }
          items.append(item)
        }
        isFinished = true
        if items.isEmpty { return nil }
        if let fill = values[1], !fill.isNone, items.count < size {
          try interpreter.charge(size - items.count)
          items += Array(repeating: fill, count: size - items.count)
        }
        return .list(items)
      })
  }

  private static let slice: Filter = { (interpreter, value, arguments) throws(ChatTemplateError) in
    let values = try arguments.bind("slice", ["slices", "fill_with"], required: 1)
    let count = try (values[0] ?? .none).requireInteger()
    let items = try interpreter.array(of: value)
    guard count != 0 else { throw ChatTemplateError(.wrongValue, "zero slices") }
    try interpreter.charge(max(count, 0))
    var slices: [JinjaValue] = []
    var start = 0
    for index in 0..<max(count, 0) {
      let isLonger = index < items.count % count
      let end = start + items.count / count + (isLonger ? 1 : 0)
      var slice = Array(items[start..<end])
      if let fill = values[1], !fill.isNone, !isLonger { slice.append(fill) }
      slices.append(.list(slice))
      start = end
    }
    return .iterator(JinjaInterpreter.iterate(slices))
  }

  // MARK: Choosing

  private static let map: Filter = { (interpreter, value, arguments) throws(ChatTemplateError) in
    guard value.isTrue else { return .iterator(JinjaInterpreter.iterate([])) }
    var arguments = arguments
    let transform: (JinjaValue) throws(ChatTemplateError) -> JinjaValue
    if arguments.positional.isEmpty, arguments.named.contains(where: { $0.name == "attribute" }) {
      let values = try arguments.bind("map", ["attribute", "default"])
      let path = AttributePath(values[0], missing: values[1])
      transform = { (item) throws(ChatTemplateError) in try path.value(in: item, interpreter) }
    } else {
      guard let name = arguments.positional.first else {
        throw ChatTemplateError(.wrongType, "`map` needs the name of a filter")
      }
      arguments.positional.removeFirst()
      let rest = arguments
      transform = { (item) throws(ChatTemplateError) in
        try interpreter.filter(name.requireText().string, item, rest)
      }
    }
    return .iterator(
      lazily(value, interpreter) { (item) throws(ChatTemplateError) in
        try transform(item)
      })
  }

  /// Those values that meet a test, or do not, or whose attribute does.
  private static func choose(
    _ value: JinjaValue, _ arguments: JinjaArguments, _ interpreter: JinjaInterpreter, keeps: Bool,
    byAttribute: Bool
  ) -> JinjaValue {
    guard value.isTrue else { return .iterator(JinjaInterpreter.iterate([])) }
    var rest = arguments
    var path: AttributePath?
    return .iterator(
      lazily(value, interpreter) { (item) throws(ChatTemplateError) in
        if byAttribute, path == nil {
          guard let name = arguments.positional.first else {
            throw ChatTemplateError(.wrongType, "the name of the attribute is missing")
          }
          path = AttributePath(name)
          rest.positional.removeFirst()
        }
        let subject = try path?.value(in: item, interpreter) ?? item
        var test = rest
        guard let name = test.positional.first else { return subject.isTrue == keeps ? item : nil }
        test.positional.removeFirst()
        let holds = try interpreter.test(name.requireText().string, subject, test)
        return holds == keeps ? item : nil
      })
  }

  /// What `transform` makes of the values as they are asked for, without those it makes nil of.
  private static func lazily(
    _ value: JinjaValue, _ interpreter: JinjaInterpreter,
    _ transform: @escaping (JinjaValue) throws(ChatTemplateError) -> JinjaValue?
  ) -> JinjaIterator {
    var iterator: JinjaIterator?
    return JinjaIterator(depth: value.depth) { () throws(ChatTemplateError) in
      if iterator == nil { iterator = try interpreter.iterate(value) }
      while let item = try iterator?.next() {
        try interpreter.charge()
        if let result = try transform(item) { return result }
      }
      return nil
    }
  }
}

extension JinjaValue {
  /// A group of `groupby`: a pair whose halves have names too.
  static func group(key: JinjaValue, items: [JinjaValue]) -> JinjaValue {
    .list(JinjaList([key, .list(items)], .tuple, names: ["grouper", "list"]))
  }
}

/// The way to a value within another: names and places with dots between them.
struct AttributePath {
  private let parts: [JinjaValue]
  /// What stands for a part that is not there.
  private let missing: JinjaValue?

  /// The value itself without a path.
  init(_ path: JinjaValue?, missing: JinjaValue? = nil) {
    self.missing = missing.flatMap { $0.isNone ? nil : $0 }
    switch path {
    case .text(let text):
      parts = text.split(by: JinjaText(".")).map { part in
        let isNumber = !part.isEmpty && part.bytes.allSatisfy { (0x30...0x39).contains($0) }
        if isNumber, let index = Int(part.string) { return .integer(index) }
        return .text(part)
      }
    case nil, .some(.none): parts = []
    case .some(let value): parts = [value]
    }
  }

  /// The paths in a text with commas between them.
  static func several(_ paths: JinjaValue?) -> [AttributePath] {
    guard case .text(let text)? = paths else { return [AttributePath(paths)] }
    return text.split(by: JinjaText(",")).map { AttributePath(.text($0)) }
  }

  func value(
    in item: JinjaValue, _ interpreter: JinjaInterpreter
  ) throws(ChatTemplateError) -> JinjaValue {
    var value = item
    for part in parts {
      value = try interpreter.element(part, of: value)
      if let missing, value.isUndefined { value = missing }
    }
    return value
  }
}
