internal import SplitPatterns

extension BoundlessModel {
  /// - Throws: `malformed` for a join that is not of its tokens' texts or names no token; `duplicate`
  ///   for two joins of the same tokens; `missing` for a byte without a token; `limit` for more symbols
  ///   or joins than the tables hold; what is wrong with the events within pretokens.
  /// - Complexity: O(*n*) in the bytes of symbols and the parts of events.
  package init(_ definition: BoundlessDefinition) throws(VocabularyError) {
    guard definition.joins.count < PairTable.rankLimit else {
      throw VocabularyError(
        .limit, "\(definition.joins.count) joins, of at most \(PairTable.rankLimit)")
    }
    let words = try MergeEventsModel(definition.words)
    guard words.hasExactLengths else {
      throw VocabularyError(.missing, "each of the 256 bytes has to be a token")
    }
    var joins = PairTable.Builder(capacity: definition.joins.count)
    var parts = Set<UInt32>()
    for (rank, join) in definition.joins.enumerated() {
      do throws(VocabularyError) {
        try definition.check(join, after: rank == 0 ? 0 : definition.joins[rank - 1].eventCount)
        guard joins.rank(of: join.left, join.right) == PairTable.none else {
          throw VocabularyError(.duplicate, "the same tokens are joined twice")
        }
      } catch {
        throw VocabularyError(error.reason, error.message, path: "joins[\(rank)]")
      }
      joins.insert(join.left, join.right, rank: UInt32(rank))
      parts.formUnion([join.left, join.right])
    }
    var kinds = [UInt8](repeating: 0, count: definition.words.symbolCount)
    /// For the texts that joins take, after how many events they are one token.
    var times: [UInt32: [Range<Int>]] = [:]
    var scratch = MergeEventsScratch()
    for symbol in 0..<UInt32(definition.words.tokens.count) {
      let text = definition.words.text(of: symbol)
      guard !text.isEmpty else { continue }
      let whole = words.timesAsOneSymbol(Array(text).span, using: &scratch)
      if whole.last?.upperBound == .max { kinds[Int(symbol)] |= Kind.isOwnToken }
      guard parts.contains(symbol) else { continue }
      kinds[Int(symbol)] |= Kind.isJoined
      times[symbol] = whole
    }
    let isWhole = { (symbol: UInt32, time: Int) in
      times[symbol, default: []].contains { $0.contains(time) }
    }
    self.init(
      words: words, pattern: definition.pattern, cutter: try PatternCutter(definition.pattern),
      joins: PairTable(slots: FlatArray(joins.slots)),
      wholes: FlatArray(definition.joins.map(\.whole)),
      states: FlatArray(
        definition.joins.map {
          (isWhole($0.left, $0.eventCount) ? State.leftIsWhole : 0)
            | (isWhole($0.right, $0.eventCount) ? State.rightIsWhole : 0)
        }),
      kinds: FlatArray(kinds))
  }
}

extension BoundlessDefinition {
  fileprivate func check(_ join: Join, after time: Int) throws(VocabularyError) {
    guard (time...words.events.count).contains(join.eventCount) else {
      throw VocabularyError(
        .malformed,
        "found a place behind \(join.eventCount) events, where \(time) to \(words.events.count) are "
          + "expected")
    }
    for symbol in [join.left, join.right, join.whole] where symbol >= words.tokens.count {
      throw VocabularyError(.malformed, "found the symbol \(symbol), of \(words.tokens.count)")
    }
    let text = words.text(of: join.left) + words.text(of: join.right)
    guard text.elementsEqual(words.text(of: join.whole)), !words.text(of: join.left).isEmpty,
      !words.text(of: join.right).isEmpty
    else {
      throw VocabularyError(
        .malformed,
        "the parts `\(String(decoding: words.text(of: join.left), as: UTF8.self))` "
          + "`\(String(decoding: words.text(of: join.right), as: UTF8.self))` are not "
          + "`\(String(decoding: words.text(of: join.whole), as: UTF8.self))`")
    }
  }
}
