/// Memory that ``BoundlessModel`` needs for a run of pretokens, kept for the next one.
struct BoundlessScratch {
  var pretokens: [Range<Int>] = []
  /// For each pretoken the token that may be joined, or no symbol.
  var symbols: [UInt32] = []
  /// For each pretoken its own token, or no symbol.
  var ownTokens: [UInt32] = []
  /// For each token that may be joined which join made it; ``plain`` for a pretoken.
  var joins: [UInt32] = []
  var queue = MergeQueue()

  static let plain = UInt32.max
}

extension BoundlessModel {
  /// Appends the ids of a run of pretokens to `ids`, which has room for one a byte.
  ///
  /// - Throws: `patternLimit`.
  /// - Complexity: O(*n* log *n*) but for the pattern.
  func encode(
    _ run: Span<UInt8>, to ids: inout IDBuffer, using scratch: inout BoundlessScratch,
    _ wordScratch: inout MergeEventsScratch
  ) throws(EncodingError) {
    scratch.pretokens.removeAll(keepingCapacity: true)
    scratch.symbols.removeAll(keepingCapacity: true)
    scratch.ownTokens.removeAll(keepingCapacity: true)
    try cutter.cut(run, into: &scratch.pretokens)
    for pretoken in scratch.pretokens {
      let found = words.texts.index(of: run.extracting(pretoken))
      let kind = found.map { kinds[$0] } ?? 0
      let symbol = found.map { UInt32(truncatingIfNeeded: $0) } ?? MergeEventsModel.noSymbol
      scratch.symbols.append(kind & Kind.isJoined != 0 ? symbol : PairTable.barrier)
      scratch.ownTokens.append(kind & Kind.isOwnToken != 0 ? symbol : MergeEventsModel.noSymbol)
    }
    join(&scratch)
    var noRanges = TokenRanges(areWanted: false)
    var place = 0
    while place < scratch.symbols.count {
      if scratch.joins[place] != BoundlessScratch.plain {
        ids.append(words.ids[Int(scratch.symbols[place])])
      } else if scratch.ownTokens[place] != MergeEventsModel.noSymbol {
        ids.append(words.ids[Int(scratch.ownTokens[place])])
      } else {
        words.encode(
          run.extracting(scratch.pretokens[place]), to: &ids, ranges: &noRanges,
          using: &wordScratch)
      }
      place = scratch.queue.next(place)
    }
  }

  private func join(_ scratch: inout BoundlessScratch) {
    let count = scratch.symbols.count
    scratch.joins.removeAll(keepingCapacity: true)
    scratch.joins.append(contentsOf: repeatElement(BoundlessScratch.plain, count: count))
    scratch.queue.start(symbolCount: count)
    for place in 0..<max(count &- 1, 0) { queueJoin(at: place, &scratch) }
    while let (rank, place) = scratch.queue.pop() {
      // What has changed since it was queued is in the queue again, if it still joins.
      guard scratch.queue.isAlive(place), self.rank(at: place, scratch) == rank else { continue }
      scratch.queue.remove(scratch.queue.next(place))
      scratch.symbols[place] = wholes[Int(rank)]
      scratch.joins[place] = rank
      if place > 0 { queueJoin(at: scratch.queue.previous(place), &scratch) }
      queueJoin(at: place, &scratch)
    }
  }

  @inline(__always)
  private func queueJoin(at place: Int, _ scratch: inout BoundlessScratch) {
    scratch.queue.push(rank(at: place, scratch), at: place)
  }

  /// When the token at `place` and the next one are joined; ``PairTable/none`` if they are not.
  @inline(__always)
  private func rank(at place: Int, _ scratch: borrowing BoundlessScratch) -> UInt32 {
    let next = scratch.queue.next(place)
    guard next < scratch.symbols.count else { return PairTable.none }
    let rank = joins.rank(of: scratch.symbols[place], scratch.symbols[next])
    guard rank != PairTable.none else { return rank }
    let state = states[Int(rank)]
    guard isThere(scratch.joins[place], at: rank, state & State.leftIsWhole != 0),
      isThere(scratch.joins[next], at: rank, state & State.rightIsWhole != 0)
    else { return PairTable.none }
    return rank
  }

  /// Whether a token that `join` made, or a pretoken that `isWhole`, is there when `rank` comes.
  @inline(__always)
  private func isThere(_ join: UInt32, at rank: UInt32, _ isWhole: Bool) -> Bool {
    join == BoundlessScratch.plain ? isWhole : join < rank
  }
}
