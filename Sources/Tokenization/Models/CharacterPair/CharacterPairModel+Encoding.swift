internal import UnicodeText

extension CharacterPairModel {
  /// Appends the ids of `pretoken` to `ids`, which has room for one a byte, and where they lie.
  ///
  /// - Complexity: O(*n* log *n*) in its characters.
  func encode(
    _ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using scratch: inout CharacterPairScratch
  ) {
    if options.takesWholePretokens, let symbol = texts.index(of: pretoken) {
      ids.append(self.ids[symbol])
      ranges.append(0..<pretoken.count)
      return
    }
    scratch.symbols.removeAll(keepingCapacity: true)
    scratch.places.removeAll(keepingCapacity: true)
    appendCharacters(of: pretoken, to: &scratch)
    if unused.count == 0 {
      merge(&scratch)
    } else {
      var dropout: Dropout?
      mergeAtOnce(&scratch, &dropout)
    }
    emit(pretoken, scratch, to: &ids, ranges: &ranges)
  }

  /// The same, leaving merges out by chance.
  func encode(
    _ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using scratch: inout CharacterPairScratch, leavingOut dropout: inout Dropout
  ) {
    scratch.symbols.removeAll(keepingCapacity: true)
    scratch.places.removeAll(keepingCapacity: true)
    appendCharacters(of: pretoken, to: &scratch)
    // All at once: what is left out waits for any other merge of the pretoken.
    var optional: Dropout? = dropout
    mergeAtOnce(&scratch, &optional)
    if let optional { dropout = optional }
    emit(pretoken, scratch, to: &ids, ranges: &ranges)
  }

  /// No more than 64, of which each has a bit.
  private static let scannedCount = 32

  // MARK: - Characters

  private func appendCharacters(of text: Span<UInt8>, to scratch: inout CharacterPairScratch) {
    // Unknown characters that are not yet a symbol. As in the original, what falls back to bytes
    // overtakes them.
    var pending: Range<Int>?
    func add(_ symbol: UInt32, _ place: Range<Int>) {
      scratch.symbols.append(symbol)
      scratch.places.append(place)
    }
    func addPending() {
      if let place = pending, let unknown = options.unknown { add(unknown, place) }
      pending = nil
    }
    var index = 0
    while index < text.count {
      if let userDefined, let found = userDefined.texts.longestString(in: text, from: index) {
        add(userDefined.symbols[found.index], index..<found.end)
        index = found.end
        continue
      }
      let next = index + decodeScalar(in: text, at: index).length
      if let symbol = knownSymbol(text, index, next, &scratch.knownSymbols) {
        addPending()
        add(symbol, index..<next)
      } else if options.decidesUnknownLast {
        add(PairTable.barrier, index..<next)
      } else if !appendBytes(of: text, index, next, add) {
        if !options.fusesUnknown { addPending() }
        pending = (pending?.lowerBound ?? index)..<next
      }
      index = next
    }
    addPending()
  }

  /// ``symbol(_:_:_:)``, remembered where it depends on nothing but the character.
  @inline(__always)
  private func knownSymbol(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ known: inout [UInt64]
  ) -> UInt32? {
    guard end &- start > 1, asciiSymbols.count > 0 else { return symbol(text, start, end) }
    var bytes: UInt32 = 0
    for place in start..<end { bytes = bytes << 8 | UInt32(text[place]) }
    let home = Int(truncatingIfNeeded: (bytes &* 0x9E37_79B1) >> 21)
    if UInt32(truncatingIfNeeded: known[home]) == bytes {
      let symbol = UInt32(truncatingIfNeeded: known[home] >> 32)
      return symbol == Self.noSymbol ? nil : symbol
    }
    let found = symbol(text, start, end)
    known[home] = UInt64(found ?? Self.noSymbol) << 32 | UInt64(bytes)
    return found
  }

  /// The symbol of the character `text[start..<end]` with what stands around it in the pretoken.
  @inline(__always)
  private func symbol(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> UInt32? {
    if end &- start == 1, asciiSymbols.count > 0 {
      let symbol = asciiSymbols[Int(text[start])]
      return symbol == Self.noSymbol ? nil : symbol
    }
    var state = ByteTrie.root
    if start > 0 {
      for byte in options.continuingPrefix {
        guard let next = texts.next(from: state, by: byte) else { return nil }
        state = next
      }
    }
    for place in start..<end {
      guard let next = texts.next(from: state, by: text[place]) else { return nil }
      state = next
    }
    if end == text.count {
      for byte in options.endSuffix {
        guard let next = texts.next(from: state, by: byte) else { return nil }
        state = next
      }
    }
    return texts.string(of: state).map { UInt32($0) }
  }

  /// Adds the symbols of the character's bytes and of its affixes', unless one of them has none.
  private func appendBytes(
    of text: Span<UInt8>, _ start: Int, _ end: Int, _ add: (UInt32, Range<Int>) -> Void
  ) -> Bool {
    guard byteSymbols.count > 0 else { return false }
    let prefix = start > 0 ? options.continuingPrefix : []
    let suffix = end == text.count ? options.endSuffix : []
    for place in start..<end where byteSymbols[Int(text[place])] == Self.noSymbol { return false }
    for byte in prefix + suffix where byteSymbols[Int(byte)] == Self.noSymbol { return false }
    for byte in prefix { add(byteSymbols[Int(byte)], start..<start) }
    for place in start..<end { add(byteSymbols[Int(text[place])], place..<(place + 1)) }
    for byte in suffix { add(byteSymbols[Int(byte)], end..<end) }
    return true
  }

  // MARK: - Merging

  @inline(__always)
  private func priority(_ merge: UInt32) -> UInt32 {
    merge == PairTable.none || priorities.count == 0 ? merge : priorities[Int(merge)]
  }

  /// Merges by one queue for the whole pretoken, and puts what unused tokens were made of in their place.
  private func mergeAtOnce(_ scratch: inout CharacterPairScratch, _ dropout: inout Dropout?) {
    scratch.origins.removeAll(keepingCapacity: true)
    let count = scratch.symbols.count
    if count > 1 {
      var kept = 0
      mergeByQueue(&scratch, 0..<count, to: &kept, &dropout)
      scratch.symbols.removeLast(count - kept)
      scratch.places.removeLast(count - kept)
    }
    if unused.count > 0 { takeUnusedApart(&scratch) }
  }

  /// Merges each run of symbols between which nothing can merge by itself.
  private func merge(_ scratch: inout CharacterPairScratch) {
    let count = scratch.symbols.count
    var kept = 0
    var start = 0
    while start < count {
      var end = start &+ 1
      while end < count, joins.mayJoin(scratch.symbols[end &- 1], scratch.symbols[end]) {
        end &+= 1
      }
      if end &- start == 1 {
        scratch.symbols[kept] = scratch.symbols[start]
        scratch.places[kept] = scratch.places[start]
        kept &+= 1
      } else if end &- start <= Self.scannedCount {
        mergeByScanning(&scratch, start..<end, to: &kept)
      } else {
        var dropout: Dropout?
        mergeByQueue(&scratch, start..<end, to: &kept, &dropout)
      }
      start = end
    }
    if kept == count { return }
    scratch.symbols.removeLast(count &- kept)
    scratch.places.removeLast(count &- kept)
  }

  /// Quadratic, and the fastest for short words. Nothing moves while pairs merge: a bit for each symbol
  /// says whether it is still there, and what a pair merges by stands at its first symbol.
  private func mergeByScanning(
    _ scratch: inout CharacterPairScratch, _ run: Range<Int>, to kept: inout Int
  ) {
    scratch.merges.removeAll(keepingCapacity: true)
    for index in run.lowerBound..<(run.upperBound &- 1) {
      scratch.merges.append(entry(scratch.symbols[index], scratch.symbols[index &+ 1]))
    }
    var rest = mergeByScanning(&scratch.symbols, &scratch.places, &scratch.merges, run)
    while rest != 0 {
      let place = run.lowerBound &+ rest.trailingZeroBitCount
      rest &= rest &- 1
      scratch.symbols[kept] = scratch.symbols[place]
      scratch.places[kept] = scratch.places[place]
      kept &+= 1
    }
  }

  /// Returns which of the symbols are left.
  private func mergeByScanning(
    _ symbols: inout [UInt32], _ places: inout [Range<Int>], _ merges: inout [UInt64],
    _ run: Range<Int>
  ) -> UInt64 {
    let base = run.lowerBound
    var symbols = symbols.mutableSpan
    var places = places.mutableSpan
    var merges = merges.mutableSpan
    var alive = UInt64.max >> UInt64(64 &- run.count)
    while true {
      var lowest = UInt32.max
      var place = 0
      for index in merges.indices {
        let priority = UInt32(truncatingIfNeeded: merges[index] >> 32)
        if priority < lowest { (lowest, place) = (priority, index) }
      }
      if lowest == .max { return alive }
      let symbol = results[Int(UInt32(truncatingIfNeeded: merges[place]))]
      let behind = alive & (UInt64.max &<< UInt64(place &+ 1))
      let next = behind.trailingZeroBitCount
      symbols[base &+ place] = symbol
      let end = places[base &+ next].upperBound
      places[base &+ place] = places[base &+ place].lowerBound..<end
      alive &= ~(1 &<< UInt64(next))
      if next < merges.count { merges[next] = Self.noMerge }
      let follower = (behind & (behind &- 1)).trailingZeroBitCount
      merges[place] = follower < 64 ? entry(symbol, symbols[base &+ follower]) : Self.noMerge
      let before = alive & (1 &<< UInt64(place) &- 1)
      if before != 0 {
        let previous = 63 &- before.leadingZeroBitCount
        merges[previous] = entry(symbols[base &+ previous], symbol)
      }
    }
  }

  private static let noMerge = UInt64.max

  /// The priority of two symbols' merge, and below it the merge.
  @inline(__always)
  private func entry(_ left: UInt32, _ right: UInt32) -> UInt64 {
    let merge = pairs.rank(of: left, right)
    if merge == PairTable.none { return Self.noMerge }
    return UInt64(priority(merge)) << 32 | UInt64(merge)
  }

  private func mergeByQueue(
    _ scratch: inout CharacterPairScratch, _ run: Range<Int>, to kept: inout Int,
    _ dropout: inout Dropout?
  ) {
    // Merges that were left out wait here until another one has happened.
    var leftOut: [(priority: UInt32, place: Int)] = []
    let base = run.lowerBound
    func merge(_ left: Int, _ right: Int) -> UInt32 {
      pairs.rank(of: scratch.symbols[base + left], scratch.symbols[base + right])
    }
    func push(_ left: Int, _ right: Int) {
      let found = merge(left, right)
      scratch.queue.push(priority(found), at: left)
      if unused.count > 0, found != PairTable.none {
        noteOrigin(of: results[Int(found)], base + left, base + right, &scratch)
      }
    }
    let count = run.count
    scratch.queue.start(symbolCount: count)
    for index in 0..<(count - 1) { push(index, index + 1) }
    while let (lowest, place) = scratch.queue.pop() {
      if dropout?.dropsMerge() == true {
        leftOut.append((lowest, place))
        continue
      }
      for merge in leftOut { scratch.queue.push(merge.priority, at: merge.place) }
      leftOut.removeAll(keepingCapacity: true)
      let next = scratch.queue.next(place)
      guard next < count, scratch.queue.isAlive(place) else { continue }
      let found = merge(place, next)
      // A pair that has changed since it was queued is in the queue again with its new priority.
      guard found != PairTable.none, priority(found) == lowest else { continue }
      scratch.symbols[base + place] = results[Int(found)]
      let end = scratch.places[base + next].upperBound
      scratch.places[base + place] = scratch.places[base + place].lowerBound..<end
      scratch.queue.remove(next)
      // The left pair first: of two ways to make an unused token the later one holds.
      if place > 0 { push(scratch.queue.previous(place), place) }
      let follower = scratch.queue.next(place)
      if follower < count { push(place, follower) }
    }
    for place in 0..<count where scratch.queue.isAlive(place) {
      scratch.symbols[kept] = scratch.symbols[base + place]
      scratch.places[kept] = scratch.places[base + place]
      kept += 1
    }
  }

  // MARK: - Ids

  private func emit(
    _ text: Span<UInt8>, _ scratch: borrowing CharacterPairScratch, to ids: inout IDBuffer,
    ranges: inout TokenRanges
  ) {
    var followsUnknown = false
    for index in scratch.symbols.indices {
      let symbol = scratch.symbols[index]
      let place = scratch.places[index]
      let id = symbol == PairTable.barrier ? Self.noID : self.ids[Int(symbol)]
      if id != Self.noID {
        ids.append(id)
        ranges.append(place)
        followsUnknown = false
      } else if byteSymbols.count > 0 {
        for byte in place {
          ids.append(self.ids[Int(byteSymbols[Int(text[byte])])])
          ranges.append(byte..<(byte + 1))
        }
      } else if let unknown = options.unknown {
        if followsUnknown, options.fusesUnknown {
          ranges.extendLast(to: place.upperBound)
        } else {
          ids.append(self.ids[Int(unknown)])
          ranges.append(place)
        }
        followsUnknown = true
      }
    }
  }
}
