// The methods of lists, dictionaries and numbers.

extension JinjaInterpreter {
  func listMethod(_ name: String, _ list: JinjaList) -> JinjaValue? {
    guard list.kind.isSequence else { return nil }
    if let place = list.names.firstIndex(of: name) { return list.items[place] }
    switch name {
    case "index":
      return method(name) { [unowned self] (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["value", "start", "stop"], required: 1)
        let count = list.items.count
        func bound(_ value: JinjaValue?, _ missing: Int) throws(ChatTemplateError) -> Int {
          guard let place = try value?.requireInteger() else { return missing }
          return min(max(place < 0 ? place + count : place, 0), count)
        }
        let start = try bound(values[1], 0)
        let stop = try bound(values[2], count)
        var place = start
        while place < stop {
          if try self.areEqual(list.items[place], values[0] ?? .none) { return .integer(place) }
          place += 1
        }
        throw ChatTemplateError(.wrongValue, "the value is not in the list")
      }
    case "count":
      return method(name) { [unowned self] (arguments) throws(ChatTemplateError) in
        let value = try arguments.bind(name, ["value"], required: 1)[0] ?? .none
        var count = 0
        for item in list.items where try self.areEqual(item, value) { count += 1 }
        return .integer(count)
      }
    case "copy" where list.kind == .list:
      return method(name) { (arguments) throws(ChatTemplateError) in
        _ = try arguments.bind(name, [])
        return .list(list)
      }
    case "append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove":
      return list.kind == .list ? changing(name, "list") : nil
    case "start" where list.kind == .range, "stop" where list.kind == .range,
      "step" where list.kind == .range:
      let message = "the attribute `\(name)` of a range is not done here"
      return .undefined(JinjaUndefined(message: message, reason: .unsupported))
    default: return nil
    }
  }

  func dictionaryMethod(_ name: String, _ dictionary: JinjaDictionary) -> JinjaValue? {
    switch name {
    case "keys", "values", "items":
      return method(name) { [unowned self] (arguments) throws(ChatTemplateError) in
        _ = try arguments.bind(name, [])
        try self.charge(dictionary.count)
        switch name {
        case "keys": return .list(JinjaList(dictionary.keys, .keys))
        case "values": return .list(JinjaList(dictionary.values, .values))
        default: return .list(JinjaList(dictionary.items, .items))
        }
      }
    case "get":
      return method(name) { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["key", "default"], required: 1)
        let key = values[0] ?? .none
        return dictionary[try JinjaDictionary.Key(key)] ?? values[1] ?? .none
      }
    case "copy":
      return method(name) { (arguments) throws(ChatTemplateError) in
        _ = try arguments.bind(name, [])
        return .dictionary(dictionary)
      }
    case "clear", "pop", "popitem", "setdefault", "update": return changing(name, "dict")
    default: return nil
    }
  }

  func integerAttribute(_ name: String, _ value: JinjaValue) -> JinjaValue? {
    let number = value.wholeNumber ?? 0
    switch name {
    case "real", "numerator": return .integer(number)
    case "imag": return .integer(0)
    case "denominator": return .integer(1)
    case "bit_length":
      return method(name) { (arguments) throws(ChatTemplateError) in
        _ = try arguments.bind(name, [])
        return .integer(Int.bitWidth - number.magnitude.leadingZeroBitCount)
      }
    default: return nil
    }
  }

  func floatAttribute(_ name: String, _ number: Double) -> JinjaValue? {
    switch name {
    case "real": return .float(number)
    case "imag": return .float(0)
    case "is_integer":
      return method(name) { (arguments) throws(ChatTemplateError) in
        _ = try arguments.bind(name, [])
        return .bool(number.isFinite && number == number.rounded(.down))
      }
    default: return nil
    }
  }
}
