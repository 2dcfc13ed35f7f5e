internal import UnicodeText

/// Memory that ``MergeEventsModel`` needs for a pretoken, kept for the next one.
struct MergeEventsScratch {
  /// What stands at each place, and which bytes that was at first.
  var symbols: [UInt32] = []
  var places: [Range<Int>] = []
  var queue = MergeQueue()
}

extension MergeEventsModel {
  /// Appends the ids of `pretoken`, which is not empty, to `ids`, which has room for one a byte, and
  /// where each lies.
  ///
  /// - Complexity: O(*e* log *n*) in the events that find something to do in it, which for what trainers
  ///   make are a few for each byte.
  func encode(
    _ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using scratch: inout MergeEventsScratch
  ) {
    if options.takesWholePretokens, let symbol = texts.index(of: pretoken) {
      ids.append(self.ids[symbol])
      ranges.append(0..<pretoken.count)
      return
    }
    scratch.symbols.removeAll(keepingCapacity: true)
    scratch.places.removeAll(keepingCapacity: true)
    if options.isByteLevel {
      appendBytes(of: pretoken, to: &scratch)
    } else {
      appendCharacters(of: pretoken, to: &scratch)
    }
    replay(&scratch)
    emit(scratch, to: &ids, ranges: &ranges)
  }

  // MARK: - At first

  private func appendBytes(of text: Span<UInt8>, to scratch: inout MergeEventsScratch) {
    for place in text.indices { append(byteSymbols[Int(text[place])], place..<place + 1, &scratch) }
  }

  private func appendCharacters(of text: Span<UInt8>, to scratch: inout MergeEventsScratch) {
    var start = 0
    while start < text.count {
      let end = start &+ decodeScalar(in: text, at: start).length
      let symbol =
        text[start] < 0x80
        ? byteSymbols[Int(text[start])]
        : texts.index(of: text.extracting(start..<end)).map { UInt32(truncatingIfNeeded: $0) }
          ?? Self.noSymbol
      if symbol == Self.noSymbol, canFallBack(text.extracting(start..<end)) {
        for place in start..<end {
          append(fallbackSymbols[Int(text[place])], place..<place + 1, &scratch)
        }
      } else {
        append(symbol, start..<end, &scratch)
      }
      start = end
    }
  }

  private func canFallBack(_ character: Span<UInt8>) -> Bool {
    guard fallbackSymbols.count == 256 else { return false }
    for place in character.indices where fallbackSymbols[Int(character[place])] == Self.noSymbol {
      return false
    }
    return true
  }

  @inline(__always)
  private func append(_ symbol: UInt32, _ range: Range<Int>, _ scratch: inout MergeEventsScratch) {
    if symbol == Self.noSymbol {
      guard options.unknown != nil else { return }
      if options.fusesUnknown, scratch.symbols.last == PairTable.barrier,
        let last = scratch.places.last
      {
        scratch.places[scratch.places.count - 1] = last.lowerBound..<range.upperBound
        return
      }
    }
    scratch.symbols.append(symbol == Self.noSymbol ? PairTable.barrier : symbol)
    scratch.places.append(range)
  }

  // MARK: - Events

  private func replay(_ scratch: inout MergeEventsScratch) {
    startQueue(&scratch)
    while let (event, place) = scratch.queue.pop() { happen(Int(event), at: place, &scratch) }
  }

  /// After how many events `pretoken`, which is not empty and of bytes, is one symbol: ascending, the
  /// last range without an end if it stays so.
  func timesAsOneSymbol(
    _ pretoken: Span<UInt8>, using scratch: inout MergeEventsScratch
  ) -> [Range<Int>] {
    scratch.symbols.removeAll(keepingCapacity: true)
    scratch.places.removeAll(keepingCapacity: true)
    appendBytes(of: pretoken, to: &scratch)
    startQueue(&scratch)
    var times: [Range<Int>] = []
    var start = scratch.symbols.count == 1 ? 0 : nil
    while let (event, place) = scratch.queue.pop() {
      happen(Int(event), at: place, &scratch)
      let isOne = scratch.queue.next(0) == scratch.symbols.count
      if isOne {
        start = start ?? Int(event) + 1
      } else if let first = start {
        times.append(first..<Int(event) + 1)
        start = nil
      }
    }
    if let start { times.append(start..<Int.max) }
    return times
  }

  private func startQueue(_ scratch: inout MergeEventsScratch) {
    let count = scratch.symbols.count
    scratch.queue.start(symbolCount: count)
    for place in 0..<count { queueMerges(from: place, reaching: place, after: -1, &scratch) }
  }

  /// Does what the queue says, unless that has become impossible.
  @inline(__always)
  private func happen(_ event: Int, at place: Int, _ scratch: inout MergeEventsScratch) {
    guard scratch.queue.isAlive(place) else { return }
    let range = (event == 0 ? 0 : Int(partEnds[event &- 1]))..<Int(partEnds[event])
    let whole = wholes[event] >> 1
    if wholes[event] & 1 == 0 {
      merge(range, to: whole, at: place, after: event, &scratch)
    } else if scratch.symbols[place] == whole {
      split(into: range, at: place, after: event, &scratch)
    }
  }

  private func merge(
    _ parts: Range<Int>, to whole: UInt32, at place: Int, after event: Int,
    _ scratch: inout MergeEventsScratch
  ) {
    // What has changed since it was queued is in the queue again, if events are left for it.
    var next = place
    for part in parts {
      guard next < scratch.symbols.count, scratch.symbols[next] == self.parts[part] else { return }
      next = scratch.queue.next(next)
    }
    for _ in parts.dropFirst() { scratch.queue.remove(scratch.queue.next(place)) }
    scratch.symbols[place] = whole
    queueSplit(at: place, after: event, &scratch)
    queueMerges(around: place, to: place, after: event, &scratch)
  }

  private func split(
    into parts: Range<Int>, at place: Int, after event: Int, _ scratch: inout MergeEventsScratch
  ) {
    var last = place
    for part in parts {
      let symbol = self.parts[part]
      if part > parts.lowerBound {
        let next = last &+ Int(lengths[Int(self.parts[part &- 1])])
        scratch.queue.insert(next, after: last)
        last = next
      }
      scratch.symbols[last] = symbol
      queueSplit(at: last, after: event, &scratch)
    }
    queueMerges(around: place, to: last, after: event, &scratch)
  }

  /// Queues what waits for the symbols from `first` to `last`, which are new, and their neighbours.
  private func queueMerges(
    around first: Int, to last: Int, after event: Int, _ scratch: inout MergeEventsScratch
  ) {
    var start = first
    for _ in 1..<options.partLimit where start > 0 { start = scratch.queue.previous(start) }
    while start <= last {
      queueMerges(from: start, reaching: first, after: event, &scratch)
      start = scratch.queue.next(start)
    }
  }

  /// Queues the merges whose parts begin at `start` and do not end before `reached`.
  @inline(__always)
  private func queueMerges(
    from start: Int, reaching reached: Int, after event: Int, _ scratch: inout MergeEventsScratch
  ) {
    var run = scratch.symbols[start]
    var place = scratch.queue.next(start)
    while place < scratch.symbols.count {
      run = runs.rank(of: run, scratch.symbols[place])
      if run == PairTable.none { return }
      if place >= reached {
        queue(mergeEnds, merges, Int(run) &- ids.count, at: start, after: event, &scratch.queue)
      }
      place = scratch.queue.next(place)
    }
  }

  @inline(__always)
  private func queueSplit(
    at place: Int, after event: Int, _ scratch: inout MergeEventsScratch
  ) {
    queue(
      splitEnds, splits, Int(scratch.symbols[place]), at: place, after: event, &scratch.queue)
  }

  /// Queues the first event of list `index` that comes after `event`.
  @inline(__always)
  private func queue(
    _ ends: FlatArray<UInt32>, _ events: FlatArray<UInt32>, _ index: Int, at place: Int,
    after event: Int, _ queue: inout MergeQueue
  ) {
    var low = index == 0 ? 0 : Int(ends[index &- 1])
    let end = Int(ends[index])
    var high = end
    while low < high {
      let middle = (low &+ high) >> 1
      if Int(events[middle]) > event { high = middle } else { low = middle &+ 1 }
    }
    if low < end { queue.push(events[low], at: place) }
  }

  // MARK: - Ids

  private func emit(
    _ scratch: borrowing MergeEventsScratch, to ids: inout IDBuffer, ranges: inout TokenRanges
  ) {
    var place = 0
    while place < scratch.symbols.count {
      let next = scratch.queue.next(place)
      let symbol = scratch.symbols[place]
      ids.append(symbol == PairTable.barrier ? options.unknown ?? 0 : self.ids[Int(symbol)])
      ranges.append(scratch.places[place].lowerBound..<scratch.places[next &- 1].upperBound)
      place = next
    }
  }
}
