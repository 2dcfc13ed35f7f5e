extension BytePairModel {
  /// Builds the tables of a model.
  ///
  /// - Throws: whatever is wrong with the definition.
  package init(_ definition: BytePairDefinition) throws(VocabularyError) {
    self = try BytePairBuilder.model(for: definition)
  }

  /// The merges that can happen, in order of rank: of those that make a token the one that its own bytes
  /// lead to. Two models with the same ones give every pretoken that they merge the same ids.
  ///
  /// - Parameter bytes: the bytes of a token.
  /// - Complexity: O(*b*) in the bytes of all tokens where the model is ordered, else times the length of
  ///   a token.
  package func possibleMerges(
    bytes: (TokenID) -> ArraySlice<UInt8>
  ) -> [BytePairDefinition.Merge] {
    if options.isOrdered {
      return (256..<UInt32(symbols.count)).map { symbol in
        BytePairDefinition.Merge(
          left: symbols.id(of: symbols.left(of: symbol)),
          right: symbols.id(of: symbols.right(of: symbol)), result: symbols.id(of: symbol))
      }
    }
    var found: [(rank: UInt32, merge: BytePairDefinition.Merge)] = []
    var scratch: [UInt32] = []
    for symbol in 256..<UInt32(symbols.count) {
      scratch.removeAll(keepingCapacity: true)
      scratch.append(contentsOf: bytes(symbols.id(of: symbol)).lazy.map { UInt32($0) })
      guard let rank = lastMerge(of: &scratch), result(of: rank) == symbol else { continue }
      found.append(
        (
          rank,
          BytePairDefinition.Merge(
            left: symbols.id(of: scratch[0]), right: symbols.id(of: scratch[1]),
            result: symbols.id(of: symbol))
        ))
    }
    return found.sorted { $0.rank < $1.rank }.map(\.merge)
  }

  /// Merges as far as two symbols, and gives the rank at which these merge; nil if they do not, or if
  /// more than two are left.
  private func lastMerge(of parts: inout [UInt32]) -> UInt32? {
    while parts.count > 1 {
      var lowest = PairTable.none
      var place = 0
      for index in parts.indices.dropLast() {
        let rank = rank(of: parts[index], parts[index + 1])
        if rank < lowest { (lowest, place) = (rank, index) }
      }
      guard lowest != PairTable.none else { return nil }
      if parts.count == 2 { return lowest }
      parts[place] = result(of: lowest)
      parts.remove(at: place + 1)
    }
    return nil
  }

  /// What the model can be built from again, with the merges that can happen.
  ///
  /// - Parameter added: the ids of added tokens, which the model need not have.
  package func definition(_ vocabulary: Vocabulary, added: Set<TokenID>) -> BytePairDefinition {
    var own: Set<TokenID> = []
    for symbol in 0..<UInt32(symbols.count) { own.insert(symbols.id(of: symbol)) }
    var tokens = ByteStrings()
    var ids: [TokenID] = []
    var unspelled: [Int] = []
    var places: [TokenID: Int] = [:]
    for id in 0..<TokenID(vocabulary.idCount)
    where vocabulary.contains(id) && (own.contains(id) || !added.contains(id)) {
      if !vocabulary.isSpelled(id) { unspelled.append(ids.count) }
      places[id] = ids.count
      ids.append(id)
      tokens.append(vocabulary.range(of: id).map { vocabulary.bytes[$0] })
    }
    let merges = possibleMerges { id in places[id].map { tokens.bytes[tokens.range($0)] } ?? [] }
    return BytePairDefinition(
      tokens: tokens, ids: ids, unspelled: unspelled, merges: .listed(merges),
      takesWholePretokens: options.takesWholePretokens, unknown: options.unknown,
      fusesUnknown: options.fusesUnknown)
  }
}
