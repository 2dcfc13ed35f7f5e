extension JinjaInterpreter {
  /// The values of what can be looked through: characters of a text, keys of a dictionary.
  ///
  /// - Throws: `wrongType` for what cannot.
  func iterate(_ value: JinjaValue) throws(ChatTemplateError) -> JinjaIterator {
    switch value {
    case .undefined: return Self.iterate([])
    case .iterator(let iterator): return iterator
    case .list(let list): return Self.iterate(list.items, depth: list.depth)
    case .dictionary(let dictionary):
      try charge(dictionary.count)
      return Self.iterate(dictionary.keys)
    case .text(let text):
      try charge(text.count)
      let offsets = text.scalarOffsets
      return Self.iterate(
        zip(offsets, offsets.dropFirst()).map { JinjaValue.text(text[$0..<$1]) })
    default: throw value.mismatch("a list, or something like one,")
    }
  }

  static func iterate(_ values: [JinjaValue], depth: Int = 0) -> JinjaIterator {
    var place = 0
    return JinjaIterator("list_iterator", depth: depth) { () throws(ChatTemplateError) in
      guard place < values.count else { return nil }
      place += 1
      return values[place - 1]
    }
  }

  /// All values at once.
  func array(of value: JinjaValue) throws(ChatTemplateError) -> [JinjaValue] {
    if case .list(let list) = value {
      try charge(list.items.count)
      return list.items
    }
    var values: [JinjaValue] = []
    let iterator = try iterate(value)
    while let value = try iterator.next() {
      try charge()
      values.append(value)
    }
    return values
  }

  /// How many values there are, where that is known without asking for them.
  static func count(of value: JinjaValue) -> Int? {
    switch value {
    case .undefined: 0
    case .list(let list): list.items.count
    case .dictionary(let dictionary): dictionary.count
    case .text(let text): text.scalarCount
    default: nil
    }
  }

  /// The values sorted by their keys, equal ones in the order they came.
  func sorted(
    _ values: [JinjaValue], reversed: Bool = false,
    by key: (JinjaValue) throws(ChatTemplateError) -> JinjaValue
  ) throws(ChatTemplateError) -> [JinjaValue] {
    var pairs: [(key: JinjaValue, value: JinjaValue)] = []
    for value in values { pairs.append((try key(value), value)) }
    if reversed { pairs.reverse() }
    // From below: runs of twice the length are merged out of two.
    var width = 1
    while width < pairs.count {
      var merged: [(key: JinjaValue, value: JinjaValue)] = []
      merged.reserveCapacity(pairs.count)
      for start in stride(from: 0, to: pairs.count, by: 2 * width) {
        var left = start
        let middle = min(start + width, pairs.count)
        var right = middle
        let end = min(middle + width, pairs.count)
        while left < middle, right < end {
          if try isLess(pairs[right].key, pairs[left].key) {
            merged.append(pairs[right])
            right += 1
          } else {
            merged.append(pairs[left])
            left += 1
          }
        }
        merged += pairs[left..<middle]
        merged += pairs[right..<end]
      }
      pairs = merged
      width *= 2
    }
    let values = pairs.map(\.value)
    return reversed ? values.reversed() : values
  }
}
