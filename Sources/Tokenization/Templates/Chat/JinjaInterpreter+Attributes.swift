// How the sandbox reaches into values: `a.b` asks for the attribute first and the element second,
// `a[b]` the other way round.

extension JinjaInterpreter {
  /// `value.name`
  func attribute(_ name: String, of value: JinjaValue) throws(ChatTemplateError) -> JinjaValue {
    if case .undefined(let undefined) = value { throw undefined.error }
    if let found = try ownAttribute(name, of: value) { return found }
    if case .dictionary(let dictionary) = value, let found = dictionary[name] { return found }
    return .undefined(JinjaUndefined(name, of: value))
  }

  /// `value[index]`
  func element(
    _ index: JinjaValue, of value: JinjaValue
  ) throws(ChatTemplateError) -> JinjaValue {
    switch value {
    case .undefined(let undefined): throw undefined.error
    case .dictionary(let dictionary):
      if let key = try? JinjaDictionary.Key(index), let found = dictionary[key] { return found }
    case .list(let list) where list.kind.isSequence:
      if let place = index.wholeNumber, let place = Self.place(place, of: list.items.count) {
        return list.items[place]
      }
    case .text(let text):
      if let place = index.wholeNumber {
        try chargeText(text.count)
        let offsets = text.scalarOffsets
        if let place = Self.place(place, of: offsets.count - 1) {
          return .text(text[offsets[place]..<offsets[place + 1]])
        }
      }
    default: break
    }
    if case .text(let name) = index, let found = try ownAttribute(name.string, of: value) {
      return found
    }
    return .undefined(JinjaUndefined(element: index, of: value))
  }

  /// `index`, which may count from the end, if there is such a place.
  private static func place(_ index: Int, of count: Int) -> Int? {
    let place = index < 0 ? index + count : index
    return place >= 0 && place < count ? place : nil
  }

  /// What a value has that is not an element.
  func ownAttribute(
    _ name: String, of value: JinjaValue
  ) throws(ChatTemplateError) -> JinjaValue? {
    switch value {
    case .text(let text): return textMethod(name, text)
    case .list(let list): return listMethod(name, list)
    case .dictionary(let dictionary): return dictionaryMethod(name, dictionary)
    case .namespace(let namespace): return namespace.attributes[name]
    case .object(let object): return try object.attribute(name)
    case .integer, .bool: return integerAttribute(name, value)
    case .float(let number): return floatAttribute(name, number)
    case .undefined, .none, .iterator: return nil
    }
  }

  /// What stands for a method that would change a value: doing anything with it is an error.
  func changing(_ name: String, _ type: String) -> JinjaValue {
    let message = "`\(name)` would change a value of type `\(type)`, which no template may"
    return .undefined(JinjaUndefined(message: message, reason: .forbidden))
  }

  // MARK: Slices

  func slice(
    _ expression: JinjaExpression, _ bounds: JinjaSlice, in scope: JinjaScope
  ) throws(ChatTemplateError) -> JinjaValue {
    let value = try evaluate(expression, in: scope)
    let start = try bound(bounds.start, in: scope)
    let stop = try bound(bounds.stop, in: scope)
    let step = try bound(bounds.step, in: scope) ?? 1
    switch value {
    case .list(let list) where list.kind.isSequence:
      let places = try Self.places(start, stop, step, list.items.count)
      try charge(places.count)
      return .list(JinjaList(places.map { list.items[$0] }, list.kind))
    case .text(let text):
      try chargeText(text.count)
      let offsets = text.scalarOffsets
      let places = try Self.places(start, stop, step, offsets.count - 1)
      guard let first = places.first, let last = places.last else { return .text(JinjaText()) }
      if step == 1 { return .text(text[offsets[first]..<offsets[last + 1]]) }
      var result = JinjaText()
      for place in places { result.append(text, offsets[place]..<offsets[place + 1]) }
      return .text(result)
    default: throw value.mismatch("something that can be cut")
    }
  }

  private func bound(
    _ expression: JinjaExpression?, in scope: JinjaScope
  ) throws(ChatTemplateError) -> Int? {
    guard let expression else { return nil }
    let value = try evaluate(expression, in: scope)
    return value.isNone ? nil : try value.requireInteger()
  }

  /// The places that a slice of something with `count` elements has, as Python counts them.
  private static func places(
    _ start: Int?, _ stop: Int?, _ step: Int, _ count: Int
  ) throws(ChatTemplateError) -> [Int] {
    if step == 0 { throw ChatTemplateError(.wrongValue, "the step of a slice is zero") }
    let step = min(max(step, -count - 1), count + 1)
    func bound(_ index: Int?, _ missing: Int, _ low: Int, _ high: Int) -> Int {
      guard let index else { return missing }
      let place = index < 0 ? index.addingReportingOverflow(count).partialValue : index
      return min(max(place, low), high)
    }
    if step > 0 {
      let low = bound(start, 0, 0, count)
      let high = bound(stop, count, 0, count)
      return Array(stride(from: low, to: high, by: step))
    }
    let high = bound(start, count - 1, -1, count - 1)
    let low = bound(stop, -1, -1, count - 1)
    return Array(stride(from: high, to: low, by: step))
  }
}
