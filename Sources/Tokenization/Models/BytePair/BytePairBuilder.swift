/// Makes a ``BytePairModel`` from what a file says, and finds all that can be wrong with it.
///
/// First it is tried as an ordered model: merges in order of rank, of those that make the same token
/// the one that the token's own bytes lead to. Where a merge could happen that makes a token from one
/// of higher rank, the order does not hold; then the model keeps every merge and no fast path.
struct BytePairBuilder {
  private let definition: BytePairDefinition
  /// The symbol of each token, by its place.
  private var symbols: [UInt32]
  private var pairs: PairTable.Builder
  private var ids: [TokenID]
  private var lengths = [Int](repeating: 1, count: 256)
  /// What each symbol is made of; bytes of themselves.
  private var halves: [(left: UInt32, right: UInt32)] = (0..<256).map { ($0, $0) }
  /// The bytes of the symbols from 256 on, of ordered models.
  private var strings = ByteStrings()

  private static let noSymbol = UInt32.max

  /// - Throws: `missing` where a model without unknown token lacks a byte and the file's format has
  ///   no meaning for that; `limit` for more tokens or merges than the tables hold.
  static func model(for definition: BytePairDefinition) throws(VocabularyError) -> BytePairModel {
    if let model = try BytePairBuilder(definition).ordered() { return model }
    return try BytePairBuilder(definition).unordered()
  }

  private init(_ definition: BytePairDefinition) throws(VocabularyError) {
    self.definition = definition
    symbols = Array(repeating: Self.noSymbol, count: definition.tokens.count)
    ids = Array(repeating: SymbolTable.noID, count: 256)
    var mergeCount = definition.tokens.count
    if case .listed(let merges) = definition.merges { mergeCount = merges.count }
    guard definition.tokens.count < PairTable.symbolLimit - 256 else {
      throw VocabularyError(
        .limit, "\(definition.tokens.count) tokens, of at most \(PairTable.symbolLimit - 256)",
        path: "model.vocab")
    }
    guard mergeCount < PairTable.rankLimit else {
      throw VocabularyError(
        .limit, "\(mergeCount) merges, of at most \(PairTable.rankLimit)", path: "model.merges")
    }
    pairs = PairTable.Builder(capacity: definition.tokens.count)
    var unspelled = definition.unspelled[...]
    for place in 0..<definition.tokens.count {
      if unspelled.first == place {
        unspelled.removeFirst()
        continue
      }
      let range = definition.tokens.range(place)
      guard range.count == 1 else { continue }
      let byte = definition.tokens.bytes[range.lowerBound]
      ids[Int(byte)] = definition.ids[place]
      symbols[place] = UInt32(byte)
    }
    if let unknown = definition.unknown, ids.contains(SymbolTable.noID),
      case .listed(let merges) = definition.merges,
      let rank = merges.firstIndex(where: { $0.left == unknown || $0.right == unknown })
    {
      throw VocabularyError(
        .unsupported, "a merge of the unknown token is not read", path: "model.merges[\(rank)]")
    }
    if case .byID = definition.merges, let byte = ids.firstIndex(of: SymbolTable.noID) {
      throw VocabularyError(.missing, "no token for the byte \(byte)")
    }
  }
}

extension BytePairBuilder: OrderedMergeRules {
  func rank(of left: UInt32, _ right: UInt32) -> UInt32 { pairs.rank(of: left, right) }
  func result(of rank: UInt32) -> UInt32 { rank }
  func leftHalf(of symbol: UInt32) -> UInt32 { halves[Int(symbol)].left }
  func rightHalf(of symbol: UInt32) -> UInt32 { halves[Int(symbol)].right }
  func rankOfBytes(_ left: UInt32, _ right: UInt32) -> UInt32 { pairs.rank(of: left, right) }
}

// MARK: - Ordered models

extension BytePairBuilder {
  /// The model with one merge for each token, or nil if its order does not hold.
  private consuming func ordered() -> BytePairModel? {
    let holds =
      switch definition.merges {
      case .listed(let merges): addListed(merges)
      case .byID: addByID()
      }
    guard holds, let trie = SymbolTrie.build(symbolCount: ids.count, strings: strings) else {
      return nil
    }
    return BytePairModel(
      symbols: symbolTable(prefixes: trie.prefixes),
      pairs: PairTable(slots: FlatArray(pairs.slots)),
      results: FlatArray([]),
      trie: SymbolTrie(
        roots: FlatArray(trie.roots), slots: FlatArray(trie.slots), symbolCount: ids.count),
      options: options(isOrdered: true))
  }

  private func symbolTable(prefixes: [UInt32]) -> SymbolTable {
    var words: [UInt64] = []
    words.reserveCapacity(ids.count * 2)
    for index in ids.indices {
      SymbolTable.append(
        SymbolTable.Row(
          id: ids[index], length: lengths[index], left: halves[index].left,
          right: halves[index].right, prefix: prefixes[index]),
        to: &words)
    }
    return SymbolTable(words: FlatArray(words))
  }

  private func options(isOrdered: Bool) -> BytePairModel.Options {
    // A token that merges lead to is found by them; only the others need a look-up first.
    let hasUnreached = zip(symbols, 0...).contains { symbol, place in
      symbol == Self.noSymbol && !definition.tokens.range(place).isEmpty
    }
    return BytePairModel.Options(
      isOrdered: isOrdered,
      takesWholePretokens: definition.takesWholePretokens && (hasUnreached || !isOrdered),
      hasAllBytes: !ids[..<256].contains(SymbolTable.noID), unknown: definition.unknown,
      fusesUnknown: definition.fusesUnknown)
  }

  /// Gives the token at `place` the next symbol, made of `left` and `right`.
  private mutating func addSymbol(at place: Int, _ left: UInt32, _ right: UInt32) {
    let symbol = UInt32(ids.count)
    let range = definition.tokens.range(place)
    symbols[place] = symbol
    ids.append(definition.ids[place])
    lengths.append(range.count)
    halves.append((left, right))
    strings.append(definition.tokens.bytes[range])
    pairs.insert(left, right, rank: symbol)
  }

  private mutating func addListed(_ merges: [BytePairDefinition.Merge]) -> Bool {
    let places = placesByID()
    var postponed: [BytePairDefinition.Merge] = []
    for merge in merges {
      let left = symbols[places[Int(merge.left)]]
      let right = symbols[places[Int(merge.right)]]
      let place = places[Int(merge.result)]
      guard left != Self.noSymbol, right != Self.noSymbol else {
        postponed.append(merge)
        continue
      }
      if symbols[place] != Self.noSymbol {
        // The same pair twice: the later rank would hold.
        if rank(of: left, right) == symbols[place] { return false }
      } else if staysApart(left, right, below: UInt32(ids.count)) {
        addSymbol(at: place, left, right)
      }
    }
    // A merge of tokens that were made later than its rank, and that may happen.
    return !postponed.contains { merge in
      symbols[places[Int(merge.left)]] != Self.noSymbol
        && symbols[places[Int(merge.right)]] != Self.noSymbol
        && symbols[places[Int(merge.result)]] == Self.noSymbol
    }
  }

  private mutating func addByID() -> Bool {
    var scratch: [UInt32] = []
    var ranks: [UInt32] = []
    var queue = MergeQueue()
    var unreached: [Int] = []
    for place in placesInOrder() where symbols[place] == Self.noSymbol {
      encodeAlone(place, into: &scratch, &ranks, &queue)
      if scratch.count == 2 {
        addSymbol(at: place, scratch[0], scratch[1])
      } else if scratch.count > 2 {
        unreached.append(place)
      }
    }
    // With all merges at hand two symbols may be left, one of them of higher rank than the token.
    return !unreached.contains { place in
      encodeAlone(place, into: &scratch, &ranks, &queue)
      return scratch.count == 2
    }
  }

  /// Leaves in `symbols` what the bytes of a token merge to with the pairs there are.
  private func encodeAlone(
    _ place: Int, into symbols: inout [UInt32], _ ranks: inout [UInt32], _ queue: inout MergeQueue
  ) {
    let bytes = definition.tokens.bytes[definition.tokens.range(place)]
    symbols.removeAll(keepingCapacity: true)
    symbols.append(contentsOf: bytes.lazy.map(UInt32.init))
    if bytes.count <= 64 {
      mergeByScanning(&symbols, ranks: &ranks)
    } else {
      mergeByQueue(&symbols, queue: &queue)
    }
  }

  /// The place of each id; ids without a token point to no place that is used.
  private func placesByID() -> [Int] {
    var places = [Int](repeating: 0, count: Int(definition.ids.max() ?? 0) + 1)
    for (place, id) in definition.ids.enumerated() { places[Int(id)] = place }
    return places
  }

  private func placesInOrder() -> [Int] {
    definition.ids.indices.sorted { definition.ids[$0] < definition.ids[$1] }
  }
}

// MARK: - Other models

extension BytePairBuilder {
  /// The model with all its merges.
  private consuming func unordered() -> BytePairModel {
    for place in symbols.indices where symbols[place] == Self.noSymbol {
      symbols[place] = UInt32(ids.count)
      ids.append(definition.ids[place])
      lengths.append(definition.tokens.range(place).count)
      halves.append((0, 0))
    }
    var table = PairTable.Builder(capacity: definition.tokens.count)
    var results: [UInt32] = []
    switch definition.merges {
    case .listed(let merges):
      let places = placesByID()
      for merge in merges {
        // subtle: of two equal pairs the later holds, as in the original's map.
        table.insert(
          symbols[places[Int(merge.left)]], symbols[places[Int(merge.right)]],
          rank: UInt32(results.count))
        results.append(symbols[places[Int(merge.result)]])
      }
    case .byID:
      let index = ByteStringIndex(definition.tokens)
      for place in placesInOrder() {
        let range = definition.tokens.range(place)
        guard range.count > 1 else { continue }
        let bytes = definition.tokens.bytes.span.extracting(range)
        let rank = UInt32(results.count)
        results.append(symbols[place])
        for middle in 1..<bytes.count {
          if let left = index[bytes.extracting(..<middle)],
            let right = index[bytes.extracting(middle...)]
          {
            table.insert(symbols[left], symbols[right], rank: rank)
          }
        }
      }
    }
    return BytePairModel(
      symbols: symbolTable(prefixes: [UInt32](repeating: 0, count: ids.count)),
      pairs: PairTable(slots: FlatArray(table.slots)), results: FlatArray(results),
      trie: SymbolTrie(
        roots: FlatArray([]), slots: FlatArray([SymbolTrie.emptySlot, SymbolTrie.emptySlot]),
        symbolCount: 0),
      options: options(isOrdered: false))
  }
}
