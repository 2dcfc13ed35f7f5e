internal import UnicodeText

extension LessIsBetterModel {
  /// - Throws: `limit` for more prefixes of units than the trie holds.
  /// - Complexity: O(*b*) in the units' bytes.
  package init(_ definition: LessIsBetterDefinition) throws(VocabularyError) {
    let tokens = definition.tokens
    var options = Options(
      unknown: definition.unknown, isCounterfactual: false, skipsLoneUnits: false,
      subunitDepth: max(0, definition.subunitDepth))
    var found = tokens
    switch definition.reading {
    case .longest(let limit):
      // Who looks a few characters ahead never finds longer units.
      if let limit { found = Self.withoutLong(tokens, limit: limit) }
    case .counterfactual(let skipsLoneUnits):
      options.isCounterfactual = true
      options.skipsLoneUnits = skipsLoneUnits
    }
    var parts: [UInt32] = []
    if options.subunitDepth > 0 { parts = try Self.parts(of: tokens) }
    self.init(
      trie: try ByteTrie(found), ids: FlatArray(definition.ids), parts: FlatArray(parts),
      lengths: FlatArray((0..<tokens.count).map { UInt32(tokens.range($0).count) }),
      options: options)
  }

  /// The same units, those of more than `limit` characters being empty, so that they are not found.
  private static func withoutLong(_ tokens: ByteStrings, limit: Int) -> ByteStrings {
    var kept = ByteStrings()
    let all = tokens.bytes.span
    for index in 0..<tokens.count {
      let token = all.extracting(tokens.range(index))
      var count = 0
      var place = 0
      while place < token.count, count <= limit {
        place += decodeScalar(in: token, at: place).length
        count += 1
      }
      if count <= limit { kept.appendBytes(tokens.bytes[tokens.range(index)]) }
      kept.endString()
    }
    return kept
  }

  /// For each unit the two units that it is best cut into: those of the smallest rank of the first
  /// part (which decides; the second part then follows), if both are smaller than its own.
  private static func parts(of tokens: ByteStrings) throws(VocabularyError) -> [UInt32] {
    let trie = try ByteTrie(tokens)
    let backwards = try ByteTrie(reversed(tokens))
    var parts = [UInt32](repeating: isWhole, count: tokens.count * 2)
    /// The unit that begins at each place of the one looked at and ends with it.
    var endings: [UInt32] = []
    for rank in 0..<tokens.count {
      let range = tokens.range(rank)
      if range.isEmpty { continue }
      endings.removeAll(keepingCapacity: true)
      for _ in range { endings.append(isWhole) }
      var state = ByteTrie.root
      for place in range.reversed() {
        guard let entered = backwards.next(from: state, by: tokens.bytes[place]) else { break }
        state = entered
        if let ending = backwards.string(of: state) {
          endings[place - range.lowerBound] = UInt32(ending)
        }
      }
      state = ByteTrie.root
      var best = isWhole
      for place in range.dropLast() {
        guard let entered = trie.next(from: state, by: tokens.bytes[place]) else { break }
        state = entered
        let ending = endings[place + 1 - range.lowerBound]
        guard let first = trie.string(of: state), ending != isWhole, first < best else { continue }
        best = UInt32(first)
        parts[rank * 2] = UInt32(first)
        parts[rank * 2 + 1] = ending
      }
      // subtle: the best cut is judged, not the best of those that would pass.
      if best != isWhole, max(parts[rank * 2], parts[rank * 2 + 1]) >= rank {
        parts[rank * 2] = isWhole
        parts[rank * 2 + 1] = isWhole
      }
    }
    return parts
  }

  private static func reversed(_ tokens: ByteStrings) -> ByteStrings {
    var reversed = ByteStrings()
    reversed.reserve(strings: tokens.count, bytes: tokens.bytes.count)
    for index in 0..<tokens.count { reversed.append(tokens.bytes[tokens.range(index)].reversed()) }
    return reversed
  }
}
