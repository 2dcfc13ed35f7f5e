/// Which pairs a merger looks after, and how it finds those again that it did not.
extension PairMerger where Choice: ~Copyable {
  /// What an entry of a queue or a survey takes, with its count, in bytes.
  private static var entrySize: Int { 144 }

  private static func size(of entry: PairSurvey.Entry) -> Int {
    entrySize + 4 * Int(entry.placeCount)
  }

  /// How many bytes entries and places may take: less than a quarter of the words would be slow.
  var memory: Int {
    min(max((extent.memory ?? .max) - words.byteCount, words.byteCount / 4), 4 << 30)
  }

  mutating func countPairs() {
    var survey = PairSurvey()
    survey.countAll(words)
    for index in 0..<survey.count where !choice.allows(survey[index].pair) {
      survey.refuse(index)
    }
    if !hasAllPairs { threshold = firstThreshold(survey) }
    take(&survey)
  }

  /// The least count that is likely to be merged, or that there is memory for.
  private func firstThreshold(_ survey: borrowing PairSurvey) -> UInt64 {
    var threshold: UInt64 = 1
    if let mergeCount = extent.mergeCount {
      // The last of n merges has a count of about a thirtieth of all symbols divided by n. Of the pairs that
      // are as frequent at first most are not when their turn comes, so that two looks cost less than one
      // which sees them all, but where each merge of an old symbol needs another look.
      threshold = words.total / UInt64(32 * max(mergeCount, 1)) * (rule == .exact ? 4 : 1)
      if threshold < 8 { threshold = 1 }
    }
    var order = (0..<survey.count).filter { UInt64(survey[$0].count) >= threshold }
    var size = order.reduce(0) { $0 + Self.size(of: survey[$1]) }
    if size <= memory / 2 { return threshold }
    order.sort { survey[$0].count > survey[$1].count }
    size = 0
    for (position, index) in order.enumerated() {
      size += Self.size(of: survey[index])
      guard position > 0, size > memory / 2 else { continue }
      let isGreatest = survey[index].count == survey[order[0]].count
      return UInt64(survey[index].count) + (isGreatest ? 0 : 1)
    }
    return threshold
  }

  /// Lowers the threshold, and looks after the pairs that are above it now.
  ///
  /// - Complexity: O(*s*), *s* being the symbols of all words.
  mutating func lookAfterRarer() {
    threshold = nextThreshold()
    if rule == .exact || scattered.isEmpty {
      // No pair has a list now.
      words.compact()
      pool.removeAll()
    }
    var survey = PairSurvey()
    rare.removeAll { [threshold] pair, count in
      guard count >= threshold else { return false }
      survey.insert(pair, bound: count)
      return true
    }
    survey.countInserted(words)
    take(&survey)
  }

  private func nextThreshold() -> UInt64 {
    let greatest = rare.greatestCount
    var next = min(threshold, greatest) / 4
    if next < 4 { next = 1 }
    while next < greatest {
      var size = 0
      rare.visit { _, count in
        if count >= next, size <= memory { size += Self.entrySize + 4 * Int(min(count, 1 << 32)) }
      }
      if size <= memory / 2 { break }
      next += (greatest - next + 1) / 2
    }
    return next
  }

  /// Looks after the pairs of a survey that stand there often enough.
  private mutating func take(_ survey: inout PairSurvey) {
    for index in 0..<survey.count where survey[index].count > 0 {
      if UInt64(survey[index].count) >= threshold { survey.listPlaces(of: index) }
    }
    survey.list(words, in: &pool)
    for index in 0..<survey.count {
      let found = survey[index]
      let count = UInt64(found.count)
      if found.isListed || rule == .huggingface && found.bound >= threshold {
        // subtle: by huggingface's rule the count is as old as the entry of the queue, until it is the first.
        counts.add(found.count, to: found.pair)
        let key = rule == .huggingface ? max(found.bound, count) : count
        queue.push(found.pair, count: key, found.places, choice)
      } else if count > 0 {
        rare.add(found.pair, count: count)
      }
    }
    placeLimit = max(memory / 4, pool.cellCount * 2)
  }

  /// Looks no longer after a pair that has become rare.
  mutating func forget(_ pair: UInt64, _ count: UInt64, _ places: PlacePool.List) {
    pool.remove(places)
    counts.add(-counts[pair], to: pair)
    scattered.remove(pair)
    rare.add(pair, count: count)
  }

  /// Looks no longer after any pair, so that the next threshold is one that there is memory for.
  mutating func forgetAll() {
    var kept: [(count: UInt64, pair: UInt64, places: PlacePool.List)] = []
    while let top = queue.pop(choice) {
      if rule == .huggingface, top.count == 0 || scattered.contains(top.pair) {
        kept.append(top)
      } else {
        forget(top.pair, top.count, top.places)
      }
    }
    for entry in kept { queue.push(entry.pair, count: entry.count, entry.places, choice) }
    threshold = .max
  }

  // MARK: Symbols that are made again

  /// The pairs with `symbol` that nobody looks after, as they stand.
  mutating func survey(of symbol: UInt32) -> PairSurvey {
    var survey = PairSurvey()
    survey.countAll(of: symbol, words)
    if rule == .huggingface {
      for index in 0..<survey.count where counts[survey[index].pair] == 0 {
        survey.listPlaces(of: index)
      }
      survey.list(words, in: &pool)
    }
    return survey
  }

  /// Looks after those of `unlisted` again that a merge has made more frequent.
  mutating func recover(_ unlisted: borrowing PairSurvey, _ merged: UInt32) {
    var recovered: Set<UInt64> = []
    for index in 0..<neighbors.count where neighbors[index].won > 0 {
      let pair = neighbors[index].pair(merged)
      if counts[pair] == 0 { recovered.insert(pair) }
    }
    var lists: [UInt64: PlacePool.List] = [:]
    for index in 0..<unlisted.count {
      let found = unlisted[index]
      if recovered.contains(found.pair) {
        counts.add(found.count, to: found.pair)
        lists[found.pair] = found.places
      } else {
        pool.remove(found.places)
      }
    }
    var entries: [(pair: UInt64, count: UInt64)] = []
    rare.removeAll { pair, count in
      guard recovered.contains(pair) else { return false }
      entries.append((pair, count))
      return true
    }
    guard rule == .huggingface else { return }
    for entry in entries {
      queue.push(entry.pair, count: entry.count, lists[entry.pair] ?? .empty, choice)
    }
  }
}
