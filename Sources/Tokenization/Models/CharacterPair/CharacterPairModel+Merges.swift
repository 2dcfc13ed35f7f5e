internal import UnicodeText

extension CharacterPairModel {
  /// A merge that can happen: of those that make a token the one that its own text leads to.
  package struct PossibleMerge: Hashable, Sendable {
    /// The two texts that become one; a character that is no token may be among them.
    package var left, right: [UInt8]
    package var result: TokenID
    /// Lower ones happen first; of equal ones the leftmost.
    package var priority: UInt32
  }

  /// The merges that can happen, in order of priority, of a model without affixes; of equal ones those
  /// with more on the left first. Two models with the same ones merge every text alike.
  ///
  /// - Parameter definition: what the model was built from.
  /// - Complexity: O(*b*) in the bytes of all tokens, times the length of a token.
  package func possibleMerges(_ definition: CharacterPairDefinition) -> [PossibleMerge] {
    var found: [PossibleMerge] = []
    let unmatched = Set(definition.unmatched)
    for place in 0..<definition.tokens.count where !unmatched.contains(place) {
      let text = definition.tokens[place]
      guard var parts = characters(of: text), let (symbol, priority) = lastMerge(of: &parts),
        symbol == UInt32(place)
      else { continue }
      found.append(
        PossibleMerge(
          left: Array(text[parts[0].range]), right: Array(text[parts[1].range]),
          result: definition.ids[place], priority: priority))
    }
    return found.sorted {
      ($0.priority, -$0.left.count, $0.result) < ($1.priority, -$1.left.count, $1.result)
    }
  }

  private struct Part {
    var symbol: UInt32
    var range: Range<Int>
  }

  /// The symbols of the characters of a text; nil if one has none.
  private func characters(of text: [UInt8]) -> [Part]? {
    var parts: [Part] = []
    var start = 0
    while start < text.count {
      let end = start + decodeScalar(in: text.span, at: start).length
      guard let symbol = texts.index(of: text.span.extracting(start..<end)) else { return nil }
      parts.append(Part(symbol: UInt32(symbol), range: start..<end))
      start = end
    }
    return parts
  }

  /// Merges as far as two symbols, and gives what they make and when; nil if they make nothing, or if
  /// more than two are left.
  private func lastMerge(of parts: inout [Part]) -> (symbol: UInt32, priority: UInt32)? {
    while parts.count > 1 {
      var lowest: (priority: UInt32, rank: UInt32)?
      var place = 0
      for index in parts.indices.dropLast() {
        let rank = pairs.rank(of: parts[index].symbol, parts[index + 1].symbol)
        guard rank != PairTable.none else { continue }
        let priority = priorities.count == 0 ? rank : priorities[Int(rank)]
        if lowest.map({ priority < $0.priority }) ?? true {
          (lowest, place) = ((priority, rank), index)
        }
      }
      guard let lowest else { return nil }
      let symbol = results[Int(lowest.rank)]
      if parts.count == 2 { return (symbol, lowest.priority) }
      parts[place] = Part(
        symbol: symbol, range: parts[place].range.lowerBound..<parts[place + 1].range.upperBound)
      parts.remove(at: place + 1)
    }
    return nil
  }

  /// What the model can be built from again.
  package func definition(_ vocabulary: Vocabulary) -> CharacterPairDefinition {
    // Behind the tokens come characters that are none, and tokens a second time.
    var known: Set<TokenID> = []
    var count = 0
    while count < ids.count, ids[count] != Self.noID, known.insert(ids[count]).inserted {
      count += 1
    }
    var tokens = ByteStrings()
    for place in 0..<count {
      tokens.append(vocabulary.range(of: ids[place]).map { vocabulary.bytes[$0] })
    }
    let tokenIDs = (0..<count).map { ids[$0] }
    let places = Dictionary(uniqueKeysWithValues: zip(tokenIDs, 0...))
    let symbols = userDefined.map { symbols in
      (0..<symbols.symbols.count).compactMap { places[ids[Int(symbols.symbols[$0])]] }
    }
    return CharacterPairDefinition(
      tokens: tokens, ids: tokenIDs,
      merges: options.decidesUnknownLast ? .byScore(scores(count)) : .listed(listedMerges()),
      unmatched: (0..<count).filter { !vocabulary.isSpelled(tokenIDs[$0]) },
      userDefined: symbols ?? [],
      unused: unused.count == 0
        ? [] : (0..<count).filter { unused[$0 / 32] >> UInt32($0 % 32) & 1 == 1 },
      continuingPrefix: options.continuingPrefix,
      endSuffix: options.endSuffix, fallsBackToBytes: byteSymbols.count > 0,
      unknown: options.unknown.map { ids[Int($0)] }, fusesUnknown: options.fusesUnknown,
      takesWholePretokens: options.takesWholePretokens)
  }

  /// Scores in the order of the priorities; those of tokens that nothing makes do not matter.
  private func scores(_ count: Int) -> [Float] {
    var scores = [Float](repeating: -Float(results.count), count: count)
    for rank in 0..<results.count where Int(results[rank]) < count {
      scores[Int(results[rank])] = -Float(priorities[rank])
    }
    return scores
  }

  private func listedMerges() -> [BytePairDefinition.Merge] {
    var merges: [(rank: UInt32, merge: BytePairDefinition.Merge)] = []
    for slot in 0..<pairs.slots.count {
      guard let merge = PairTable.merge(of: pairs.slots[slot]) else { continue }
      merges.append(
        (
          merge.rank,
          BytePairDefinition.Merge(
            left: ids[Int(merge.left)], right: ids[Int(merge.right)],
            result: ids[Int(results[Int(merge.rank)])])
        ))
    }
    return merges.sorted { $0.rank < $1.rank }.map(\.merge)
  }
}
