internal import UnicodeText

extension MergeEventsModel {
  /// - Throws: `malformed` for an event whose parts are not its whole's or that names no symbol, and
  ///   for a text without id that events leave; `duplicate` for a text that stands twice; `limit` for
  ///   more symbols or runs of parts than the tables hold.
  /// - Complexity: O(*n*) in the bytes of symbols and the parts of events.
  package init(_ definition: MergeEventsDefinition) throws(VocabularyError) {
    let count = definition.symbolCount
    guard count < PairTable.symbolLimit, definition.events.count < PairTable.rankLimit else {
      throw VocabularyError(
        .limit,
        "\(count) texts and \(definition.events.count) events, of at most "
          + "\(PairTable.symbolLimit) and \(PairTable.rankLimit)")
    }
    try definition.checkTexts()
    try definition.checkEvents()
    let isByteLevel = definition.unit == .bytes
    let texts = try ByteTrie(definition.matchedTexts)
    var byteSymbols: [UInt32] = []
    for byte in 0...255 as ClosedRange<UInt8> {
      let symbol = isByteLevel || byte < 0x80 ? texts.index(of: [byte].span) : nil
      byteSymbols.append(symbol.map { UInt32($0) } ?? Self.noSymbol)
    }
    let lists = try EventLists(definition)
    self.init(
      ids: FlatArray(definition.ids + Array(repeating: Self.noID, count: definition.passing.count)),
      lengths: FlatArray(definition.lengths), texts: texts, byteSymbols: FlatArray(byteSymbols),
      fallbackSymbols: FlatArray(definition.fallbackSymbols),
      runs: PairTable(slots: FlatArray(lists.runs.slots)),
      mergeEnds: FlatArray(lists.mergeEnds), merges: FlatArray(lists.merges),
      splitEnds: FlatArray(lists.splitEnds), splits: FlatArray(lists.splits),
      wholes: FlatArray(
        definition.events.map { $0.whole << 1 | ($0.kind == .split ? 1 : 0) }),
      partEnds: FlatArray(lists.partEnds), parts: FlatArray(definition.events.flatMap(\.parts)),
      options: Options(
        isByteLevel: isByteLevel, hasAllBytes: !byteSymbols.contains(Self.noSymbol),
        takesWholePretokens: definition.takesWholePretokens, unknown: definition.unknown,
        fusesUnknown: definition.fusesUnknown,
        partLimit: definition.events.lazy.filter { $0.kind == .merge }.map(\.parts.count).max()
          ?? 2))
  }
}

/// Which events wait for which symbols.
private struct EventLists {
  private(set) var runs = PairTable.Builder(capacity: 0)
  private(set) var mergeEnds: [UInt32] = []
  private(set) var merges: [UInt32] = []
  private(set) var splitEnds: [UInt32] = []
  private(set) var splits: [UInt32] = []
  private(set) var partEnds: [UInt32] = []

  init(_ definition: MergeEventsDefinition) throws(VocabularyError) {
    let symbolCount = definition.symbolCount
    runs = PairTable.Builder(capacity: definition.events.count)
    var runCount = symbolCount
    /// The run that each merge waits for, the symbol that each split does.
    var awaited: [Int] = []
    for event in definition.events {
      partEnds.append((partEnds.last ?? 0) + UInt32(event.parts.count))
      guard event.kind == .merge else {
        awaited.append(Int(event.whole))
        continue
      }
      var run = event.parts[0]
      for part in event.parts.dropFirst() {
        var longer = runs.rank(of: run, part)
        if longer == PairTable.none {
          guard runCount < PairTable.symbolLimit else {
            throw VocabularyError(
              .limit, "merges have more than \(PairTable.symbolLimit) beginnings of their parts")
          }
          longer = UInt32(runCount)
          runs.insert(run, part, rank: longer)
          runCount += 1
        }
        run = longer
      }
      awaited.append(Int(run) - symbolCount)
    }
    let kinds = definition.events.map(\.kind)
    (mergeEnds, merges) = Self.lists(awaited, kinds, .merge, count: runCount - symbolCount)
    (splitEnds, splits) = Self.lists(awaited, kinds, .split, count: symbolCount)
  }

  /// The events of a kind, by what they wait for: a counting sort, which leaves their order.
  private static func lists(
    _ awaited: [Int], _ kinds: [MergeEventsDefinition.Event.Kind],
    _ kind: MergeEventsDefinition.Event.Kind, count: Int
  ) -> (ends: [UInt32], events: [UInt32]) {
    var ends = [UInt32](repeating: 0, count: count)
    for event in awaited.indices where kinds[event] == kind { ends[awaited[event]] += 1 }
    for index in ends.indices.dropFirst() { ends[index] += ends[index - 1] }
    var places = count == 0 ? [] : [0] + ends.dropLast()
    var events = [UInt32](repeating: 0, count: Int(ends.last ?? 0))
    for event in awaited.indices where kinds[event] == kind {
      events[Int(places[awaited[event]])] = UInt32(event)
      places[awaited[event]] += 1
    }
    return (ends, events)
  }
}

extension MergeEventsDefinition {
  fileprivate func checkTexts() throws(VocabularyError) {
    var all = tokens
    all.reserve(strings: symbolCount, bytes: tokens.bytes.count + passing.bytes.count)
    for index in 0..<passing.count { all.append(passing.bytes[passing.range(index)]) }
    if let index = ByteStringIndex(all).duplicates.first {
      throw VocabularyError(
        .duplicate, "the text `\(String(decoding: all[index], as: UTF8.self))` stands twice")
    }
  }

  fileprivate func checkEvents() throws(VocabularyError) {
    let outside = Set(unmatched)
    /// The last event that leaves a symbol, and the last that takes it away everywhere.
    var made = [Int](repeating: -1, count: symbolCount)
    var gone = [Int](repeating: -1, count: symbolCount)
    for (place, event) in events.enumerated() {
      do throws(VocabularyError) { try check(event, outside) } catch {
        throw VocabularyError(error.reason, error.message, path: "events[\(place)]")
      }
      switch event.kind {
      case .merge: made[Int(event.whole)] = place
      case .split:
        gone[Int(event.whole)] = place
        for part in event.parts { made[Int(part)] = place }
      }
    }
    for symbol in tokens.count..<symbolCount where made[symbol] > gone[symbol] {
      throw VocabularyError(
        .malformed,
        "`\(name(of: UInt32(symbol)))` is no token, and no later event splits it",
        path: "events[\(made[symbol])]")
    }
  }

  private func check(_ event: Event, _ outside: Set<Int>) throws(VocabularyError) {
    guard event.parts.count > 1 else {
      throw VocabularyError(
        .malformed, "found \(event.parts.count) parts where two or more are expected")
    }
    for symbol in event.parts + [event.whole] {
      guard symbol < symbolCount else {
        throw VocabularyError(.malformed, "found the symbol \(symbol), of \(symbolCount)")
      }
      guard !outside.contains(Int(symbol)) else {
        throw VocabularyError(.malformed, "`\(name(of: symbol))` is the token of no text")
      }
      guard !text(of: symbol).isEmpty else {
        throw VocabularyError(.malformed, "a part has no text")
      }
    }
    guard event.parts.flatMap({ text(of: $0) }).elementsEqual(text(of: event.whole)) else {
      throw VocabularyError(
        .malformed,
        "the parts \(event.parts.map { "`\(name(of: $0))`" }.joined(separator: " ")) are not "
          + "`\(name(of: event.whole))`")
    }
  }

  private func name(of symbol: UInt32) -> String {
    String(decoding: text(of: symbol), as: UTF8.self)
  }

  /// The texts of symbols, those that no text is being empty. Passing ones are not looked for.
  fileprivate var matchedTexts: ByteStrings {
    let outside = Set(unmatched)
    var texts = ByteStrings()
    for index in 0..<tokens.count {
      if !outside.contains(index) { texts.appendBytes(tokens.bytes[tokens.range(index)]) }
      texts.endString()
    }
    return texts
  }

  /// How many bytes or characters each symbol has.
  fileprivate var lengths: [UInt32] {
    (0..<UInt32(symbolCount)).map { symbol in
      let text = Array(text(of: symbol))
      guard unit == .characters else { return UInt32(text.count) }
      var length: UInt32 = 0
      var place = 0
      while place < text.count {
        place += decodeScalar(in: text.span, at: place).length
        length += 1
      }
      return length
    }
  }

  /// The symbol of each byte as its own token, for characters without one.
  fileprivate var fallbackSymbols: [UInt32] {
    guard fallsBackToBytes, unit == .characters else { return [] }
    let index = ByteStringIndex(tokens)
    return (0...255 as ClosedRange<UInt8>).map { byte in
      let name = CharacterPairDefinition.nameOfByte(byte)
      return index[name.span].map { UInt32($0) } ?? MergeEventsModel.noSymbol
    }
  }
}
