/// Which symbols merge, when, and to what: a finished model, or one being built.
protocol MergeRules {
  /// The rank at which two neighbours merge, or ``PairTable/none``.
  func rank(of left: UInt32, _ right: UInt32) -> UInt32
  /// The symbol that the merge of `rank` makes.
  func result(of rank: UInt32) -> UInt32
}

/// Rules under which a symbol's number is the rank of the only merge that makes it, and is greater
/// than the numbers of what it is made of.
protocol OrderedMergeRules: MergeRules {
  /// The left one of the two symbols that `symbol`, 256 or more, is made of.
  func leftHalf(of symbol: UInt32) -> UInt32
  /// The right one.
  func rightHalf(of symbol: UInt32) -> UInt32
  /// The rank at which two bytes merge, or something above every rank.
  func rankOfBytes(_ left: UInt32, _ right: UInt32) -> UInt32
}

extension OrderedMergeRules {
  /// Whether `left` and `right` stay apart when their bytes are encoded alone.
  ///
  /// Goes back through the merges of both, the latest first, and asks before each whether a merge
  /// across the border would have come earlier. `limit` is the rank of the merge last undone; only
  /// merges across the border below the limit that is passed count.
  ///
  /// - Complexity: O(*d*) look-ups, *d* the merges along the border: at most the length of both.
  @inline(__always)
  func staysApart(_ left: UInt32, _ right: UInt32, below limit: UInt32 = PairTable.none) -> Bool {
    var left = left
    var right = right
    var limit = limit
    while true {
      // Bytes have the lowest numbers, so that they are left over at the end.
      if left | right < 256 { return rankOfBytes(left, right) >= limit }
      if rank(of: left, right) < limit { return false }
      if left > right {
        limit = left
        left = rightHalf(of: left)
      } else {
        // subtle: a merge across the border with the same rank stands to the left of this one.
        limit = right &+ 1
        right = leftHalf(of: right)
      }
    }
  }
}

extension MergeRules {
  /// Merges `symbols` until no two neighbours merge: lowest rank first, leftmost of equals.
  ///
  /// - Complexity: O(*n*²) in the number of symbols: for short pretokens, where it is fastest.
  @inline(__always)
  func mergeByScanning(_ symbols: inout [UInt32], ranks: inout [UInt32]) {
    ranks.removeAll(keepingCapacity: true)
    for index in symbols.indices.dropLast() {
      ranks.append(rank(of: symbols[index], symbols[index + 1]))
    }
    while true {
      var lowest = PairTable.none
      var place = 0
      for index in ranks.indices where ranks[index] < lowest {
        lowest = ranks[index]
        place = index
      }
      guard lowest != PairTable.none else { return }
      symbols[place] = result(of: lowest)
      symbols.remove(at: place + 1)
      ranks.remove(at: place)
      if place > 0 { ranks[place - 1] = rank(of: symbols[place - 1], symbols[place]) }
      if place < ranks.count { ranks[place] = rank(of: symbols[place], symbols[place + 1]) }
    }
  }

  /// The same by a queue of the pairs that can merge.
  ///
  /// - Complexity: O(*n* log *n*).
  func mergeByQueue(_ symbols: inout [UInt32], queue: inout MergeQueue) {
    var dropout: Dropout?
    mergeByQueue(&symbols, queue: &queue, dropout: &dropout)
  }

  /// The same, leaving merges out by chance.
  func mergeByQueue(
    _ symbols: inout [UInt32], queue: inout MergeQueue, leavingOut dropout: inout Dropout
  ) {
    var optional: Dropout? = dropout
    mergeByQueue(&symbols, queue: &queue, dropout: &optional)
    if let optional { dropout = optional }
  }

  private func mergeByQueue(
    _ symbols: inout [UInt32], queue: inout MergeQueue, dropout: inout Dropout?
  ) {
    // Merges that were left out wait here until another one has happened.
    var leftOut: [(rank: UInt32, place: Int)] = []
    queue.start(symbolCount: symbols.count)
    for index in symbols.indices.dropLast() {
      queue.push(rank(of: symbols[index], symbols[index + 1]), at: index)
    }
    while let (lowest, place) = queue.pop() {
      if dropout?.dropsMerge() == true {
        leftOut.append((lowest, place))
        continue
      }
      for merge in leftOut { queue.push(merge.rank, at: merge.place) }
      leftOut.removeAll(keepingCapacity: true)
      let next = queue.next(place)
      // A pair that has changed since it was queued is in the queue again with its new rank.
      guard next < symbols.count, queue.isAlive(place),
        rank(of: symbols[place], symbols[next]) == lowest
      else { continue }
      symbols[place] = result(of: lowest)
      queue.remove(next)
      let follower = queue.next(place)
      if follower < symbols.count {
        queue.push(rank(of: symbols[place], symbols[follower]), at: place)
      }
      if place > 0 {
        let previous = queue.previous(place)
        queue.push(rank(of: symbols[previous], symbols[place]), at: previous)
      }
    }
    queue.compact(&symbols)
  }
}
