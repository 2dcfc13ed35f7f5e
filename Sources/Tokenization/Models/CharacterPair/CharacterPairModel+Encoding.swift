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
    if scratch.symbols.count <= 24 {
      mergeByScanning(&scratch.symbols, &scratch.places, &scratch.merges)
    } else {
      var dropout: Dropout?
      mergeByQueue(&scratch, &dropout)
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
    var optional: Dropout? = dropout
    mergeByQueue(&scratch, &optional)
    if let optional { dropout = optional }
    emit(pretoken, scratch, to: &ids, ranges: &ranges)
  }

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
      if let symbol = symbol(text, index, next) {
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

  /// Quadratic, and the fastest for short words.
  private func mergeByScanning(
    _ symbols: inout [UInt32], _ places: inout [Range<Int>], _ merges: inout [UInt32]
  ) {
    merges.removeAll(keepingCapacity: true)
    for index in symbols.indices.dropLast() {
      merges.append(pairs.rank(of: symbols[index], symbols[index + 1]))
    }
    while true {
      var lowest = PairTable.none
      var place = 0
      for index in merges.indices {
        let priority = priority(merges[index])
        if priority < lowest { (lowest, place) = (priority, index) }
      }
      guard lowest != PairTable.none else { return }
      symbols[place] = results[Int(merges[place])]
      places[place] = places[place].lowerBound..<places[place + 1].upperBound
      symbols.remove(at: place + 1)
      places.remove(at: place + 1)
      merges.remove(at: place)
      if place > 0 { merges[place - 1] = pairs.rank(of: symbols[place - 1], symbols[place]) }
      if place < merges.count { merges[place] = pairs.rank(of: symbols[place], symbols[place + 1]) }
    }
  }

  private func mergeByQueue(_ scratch: inout CharacterPairScratch, _ dropout: inout Dropout?) {
    // Merges that were left out wait here until another one has happened.
    var leftOut: [(priority: UInt32, place: Int)] = []
    func rank(_ left: Int, _ right: Int) -> UInt32 {
      priority(pairs.rank(of: scratch.symbols[left], scratch.symbols[right]))
    }
    let count = scratch.symbols.count
    scratch.queue.start(symbolCount: count)
    for index in 0..<max(count - 1, 0) { scratch.queue.push(rank(index, index + 1), at: index) }
    while let (lowest, place) = scratch.queue.pop() {
      if dropout?.dropsMerge() == true {
        leftOut.append((lowest, place))
        continue
      }
      for merge in leftOut { scratch.queue.push(merge.priority, at: merge.place) }
      leftOut.removeAll(keepingCapacity: true)
      let next = scratch.queue.next(place)
      guard next < count, scratch.queue.isAlive(place) else { continue }
      let merge = pairs.rank(of: scratch.symbols[place], scratch.symbols[next])
      // A pair that has changed since it was queued is in the queue again with its new priority.
      guard merge != PairTable.none, priority(merge) == lowest else { continue }
      scratch.symbols[place] = results[Int(merge)]
      scratch.places[place] = scratch.places[place].lowerBound..<scratch.places[next].upperBound
      scratch.queue.remove(next)
      let follower = scratch.queue.next(place)
      if follower < count { scratch.queue.push(rank(place, follower), at: place) }
      if place > 0 {
        let previous = scratch.queue.previous(place)
        scratch.queue.push(rank(previous, place), at: previous)
      }
    }
    var kept = 0
    for place in 0..<count where scratch.queue.isAlive(place) {
      scratch.symbols[kept] = scratch.symbols[place]
      scratch.places[kept] = scratch.places[place]
      kept += 1
    }
    scratch.symbols.removeLast(count - kept)
    scratch.places.removeLast(count - kept)
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
