/// Memory that encoding a pretoken needs, kept for the next one.
struct BytePairScratch {
  var symbols: [UInt32] = []
  var ranks: [UInt32] = []
  var queue = MergeQueue()
  /// The places of a pretoken where no symbol can end.
  var dead = PlaceSet()
}

/// A set of places in a pretoken, one bit each; those of short ones need no memory.
struct PlaceSet {
  private var first: UInt64 = 0
  private var others: [UInt64] = []

  /// Empties the set, for places up to `last`.
  @inline(__always)
  mutating func start(_ last: Int) {
    first = 0
    if last >= 64 { startOthers(last) }
  }

  private mutating func startOthers(_ last: Int) {
    others.removeAll(keepingCapacity: true)
    for _ in 1...(last >> 6) { others.append(0) }
  }

  @inline(__always)
  func contains(_ place: Int) -> Bool {
    let word = place < 64 ? first : others[(place >> 6) &- 1]
    return word &>> UInt64(truncatingIfNeeded: place) & 1 == 1
  }

  mutating func insert(_ place: Int) {
    if place < 64 {
      first |= 1 << UInt64(place)
    } else {
      others[(place >> 6) - 1] |= 1 << UInt64(place & 63)
    }
  }
}

extension BytePairModel {
  /// Appends the ids of `pretoken`, which is not empty, to `ids`, which has room for one a byte; of
  /// models that lack bytes, where each id lies.
  ///
  /// - Complexity: O(*n*) for ordered models that have all bytes, otherwise O(*n* log *n*).
  func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout BytePairScratch
  ) {
    if !options.hasAllBytes, lacksByte(pretoken) {
      if let id = wholeToken(pretoken, in: vocabulary) {
        ids.append(id)
        ranges.append(0..<pretoken.count)
      } else {
        encodeLackingBytes(pretoken, to: &ids, ranges: &ranges, using: &scratch)
      }
      return
    }
    let first = ids.count
    if let id = wholeToken(pretoken, in: vocabulary) {
      ids.append(id)
    } else if options.isOrdered {
      encodeByBacktracking(pretoken, to: &ids, dead: &scratch.dead)
    } else {
      scratch.symbols.removeAll(keepingCapacity: true)
      for index in 0..<pretoken.count { scratch.symbols.append(UInt32(pretoken[index])) }
      merge(using: &scratch)
      for symbol in scratch.symbols { ids.append(symbols.id(of: symbol)) }
    }
    guard ranges.areWanted, !options.hasAllBytes else { return }
    var place = 0
    for index in first..<ids.count {
      let end = place + vocabulary.range(of: ids[index]).count
      ranges.append(place..<end)
      place = end
    }
  }

  @inline(__always)
  private func wholeToken(_ pretoken: Span<UInt8>, in vocabulary: Vocabulary) -> TokenID? {
    guard options.takesWholePretokens, let id = vocabulary.id(of: pretoken),
      vocabulary.isSpelled(id)
    else { return nil }
    return id
  }

  private func lacksByte(_ text: Span<UInt8>) -> Bool {
    for index in 0..<text.count where symbols.id(of: UInt32(text[index])) == SymbolTable.noID {
      return true
    }
    return false
  }

  private func merge(using scratch: inout BytePairScratch) {
    if scratch.symbols.count <= 64 {
      mergeByScanning(&scratch.symbols, ranks: &scratch.ranks)
    } else {
      mergeByQueue(&scratch.symbols, queue: &scratch.queue)
    }
  }

  /// Goes on with the longest symbol that stays apart from the one before it; where none does, takes
  /// the last one back and never again ends a symbol there.
  ///
  /// The idea is GitHub's "So many tokens, so little time" (2024) and its crate `bpe`: an encoding is
  /// the one in which all neighbours stay apart, and a place from which the end was not reached once
  /// never leads there, so that each place is left at most once.
  private func encodeByBacktracking(
    _ text: Span<UInt8>, to ids: inout IDBuffer, dead: inout PlaceSet
  ) {
    let base = ids.count
    var (symbol, end) = trie.longestSymbol(in: text, at: 0)
    if end == text.count {
      ids.append(symbols.id(of: symbol))
      return
    }
    dead.start(text.count)
    // Symbols stand in `ids` until the end.
    var start = 0
    while true {
      if !dead.contains(end), ids.count == base || staysApart(ids[ids.count &- 1], symbol) {
        ids.append(symbol)
        if end == text.count { break }
        start = end
        (symbol, end) = trie.longestSymbol(in: text, at: start)
        continue
      }
      var shorter = symbols.prefix(of: symbol)
      while shorter == symbol {
        // A byte that does not fit: take back the symbol before it.
        dead.insert(start)
        symbol = ids[ids.count &- 1]
        ids.removeLast()
        start &-= symbols.length(of: symbol)
        shorter = symbols.prefix(of: symbol)
      }
      symbol = shorter
      end = start &+ symbols.length(of: symbol)
    }
    for index in base..<ids.count { ids[index] = symbols.id(of: ids[index]) }
  }

  /// For pretokens with bytes that have no token: such a byte becomes the unknown token, or nothing,
  /// before its neighbours merge.
  private func encodeLackingBytes(
    _ text: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using scratch: inout BytePairScratch
  ) {
    let unknown = PairTable.barrier
    scratch.symbols.removeAll(keepingCapacity: true)
    var starts: [Range<Int>] = []
    for index in 0..<text.count {
      if symbols.id(of: UInt32(text[index])) != SymbolTable.noID {
        scratch.symbols.append(UInt32(text[index]))
        starts.append(index..<(index + 1))
      } else if options.unknown != nil {
        if options.fusesUnknown, scratch.symbols.last == unknown {
          starts[starts.count - 1] = starts[starts.count - 1].lowerBound..<(index + 1)
        } else {
          scratch.symbols.append(unknown)
          starts.append(index..<(index + 1))
        }
      }
    }
    merge(using: &scratch)
    var place = 0
    for symbol in scratch.symbols {
      if symbol == unknown {
        ids.append(options.unknown ?? 0)
        ranges.append(starts[place])
        place += 1
      } else {
        let length = symbols.length(of: symbol)
        ids.append(symbols.id(of: symbol))
        ranges.append(starts[place].lowerBound..<starts[place + length - 1].upperBound)
        place += length
      }
    }
  }
}
