internal import SplitPatterns
internal import UnicodeText

/// From normalised text to ids: pretokens, the cache, the model.
extension Tokenizer {
  /// Cuts text into pretokens and encodes each: one loop for each kind of scanner.
  func cut<Sink: TokenSink>(
    _ text: Span<UInt8>, by plan: SplitPlan, _ map: RangeMap, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    switch plan {
    case .gpt2(let scanner):
      return try scan(text, by: scanner, map, into: &sink, using: &context)
    case .cl100k(let scanner):
      return try scan(text, by: scanner, map, into: &sink, using: &context)
    case .o200k(let scanner):
      return try scan(text, by: scanner, map, into: &sink, using: &context)
    case .deepSeek(let scanner):
      return try scan(text, by: scanner, map, into: &sink, using: &context)
    case .wordStarts(let scanner):
      // What it cuts is one pretoken all the same.
      let wantsMore = try scan(
        text, by: scanner, map, countsWords: false, into: &sink, using: &context)
      if text.count > 0 { context.wordCount += 1 }
      return wantsMore
    case .bert(let scanner):
      return try scanWords(text, by: scanner, map, into: &sink, using: &context)
    case .wordRuns(let scanner):
      return try scanWords(text, by: scanner, map, into: &sink, using: &context)
    case .whiteSpace(let scanner):
      return try scanWords(text, by: scanner, map, into: &sink, using: &context)
    case .markedWords(let scanner, _):
      return try scanWords(text, by: scanner, map, into: &sink, using: &context)
    case .metaspace(let scanner, let scheme, _):
      return try scanMetaspace(text, by: scanner, scheme, map, into: &sink, using: &context)
    case .general(let splitter):
      return try cut(text, by: splitter, map, into: &sink, using: &context)
    }
  }

  /// A block of pretokens at a time: first where they end and what the cache is asked, so that the
  /// memory has time to answer, then their ids.
  private func scan<Scanner: PretokenScanner, Sink: TokenSink>(
    _ text: Span<UInt8>, by scanner: Scanner, _ map: RangeMap, countsWords: Bool = true,
    into sink: inout Sink, using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    var start = 0
    let shift = map.shift ?? 0
    while start < text.count {
      var ends = context.ends.mutableSpan
      let count = scanner.fill(&ends, in: text, from: start)
      context.prepareQueries(text, from: start, count: count)
      context.ids.reserve(context.ends[count - 1] &- start)
      if Sink.wantsRanges { context.places.reserve(Self.blockRoom) }
      for index in 0..<count {
        let end = context.ends[index]
        try encodePretoken(
          text, start, end, context.queries[index], base: Sink.wantsRanges ? start &+ shift : nil,
          using: &context)
        if Sink.wantsRanges, countsWords { context.wordCount &+= 1 }
        start = end
      }
      guard flush(map, into: &sink, using: &context) else { return false }
    }
    return true
  }

  /// The same for words that do not cover the text, from `start` on.
  func scanWords<Scanner: WordScanner, Sink: TokenSink>(
    _ text: Span<UInt8>, by scanner: Scanner, from start: Int = 0, _ map: RangeMap,
    countsWords: Bool = true, into sink: inout Sink, using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    var position = start
    let shift = map.shift ?? 0
    while position < text.count {
      let first = position
      var words = context.words.mutableSpan
      let count = scanner.fill(&words, in: text, from: &position)
      context.prepareQueries(text, count: count)
      // A mark may come before each word and for each space.
      let byteCount = position &- first
      context.ids.reserve(Scanner.rewrites ? 3 &* (byteCount &+ count) : byteCount)
      if Sink.wantsRanges { context.places.reserve(Self.blockRoom) }
      for index in 0..<count {
        let word = context.words[index]
        let base = Sink.wantsRanges ? word.lowerBound &+ shift : nil
        if Scanner.rewrites {
          try encodeRewritten(
            text.extracting(word), by: scanner, context.queries[index], base: base, using: &context)
        } else {
          try encodePretoken(
            text, word.lowerBound, word.upperBound, context.queries[index], base: base,
            using: &context)
        }
        if Sink.wantsRanges, countsWords { context.wordCount &+= 1 }
      }
      guard flush(map, into: &sink, using: &context) else { return false }
    }
    return true
  }

  /// Encodes a word as the scanner rewrites it; it is remembered as it stands in the text.
  @inline(__always)
  private func encodeRewritten<Scanner: WordScanner>(
    _ word: Span<UInt8>, by scanner: Scanner, _ query: PretokenCache.Query, base: Int?,
    using context: inout EncodingContext
  ) throws(EncodingError) {
    let mayBeKept = word.count <= PretokenCache.maximumLength
    if mayBeKept, remembers(query, base: base, using: &context) { return }
    var rewritten: [UInt8] = []
    swap(&rewritten, &context.rewritten)
    defer { swap(&rewritten, &context.rewritten) }
    rewritten.removeAll(keepingCapacity: true)
    var edits = base == nil ? nil : TextEdits()
    scanner.append(word, to: &rewritten, edits: &edits)
    try encodeUnknownPretoken(
      rewritten.span, 0, rewritten.count, mayBeKept: mayBeKept, query, base: base, edits: edits,
      using: &context)
  }

  /// Cuts before spaces and marks. The first word has a mark put before it, as the scheme says.
  private func scanMetaspace<Sink: TokenSink>(
    _ text: Span<UInt8>, by scanner: MetaspaceScanner, _ scheme: MetaspaceScheme, _ map: RangeMap,
    into sink: inout Sink, using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    guard text.count > 0 else { return true }
    let wantsMark =
      switch scheme {
      case .always: true
      case .first: map.startCount(of: text.count) > 0
      case .never: false
      }
    guard wantsMark, text[0] != 0x20, !SpaceMark.stands(in: text, at: 0) else {
      return try scanWords(text, by: scanner, map, into: &sink, using: &context)
    }
    let end = scanner.endOfFirstWord(in: text)
    try encodeMarked(
      text.extracting(0..<end), by: scanner, base: Sink.wantsRanges ? map.shift ?? 0 : nil,
      using: &context)
    context.wordCount += 1
    guard flush(map, into: &sink, using: &context) else { return false }
    return try scanWords(text, by: scanner, from: end, map, into: &sink, using: &context)
  }

  /// Cuts before runs of spaces and marks, in text as it came.
  func scanSpacedWords<Sink: TokenSink>(
    _ text: Span<UInt8>, by plan: SpacedWordPlan, _ map: RangeMap, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    guard text.count > 0 else { return true }
    let scanner = plan.scanner
    var end = 0
    if plan.wantsMark(before: text, map) {
      end = scanner.endOfFirstWord(in: text)
      try encodeMarked(
        text.extracting(0..<end), by: scanner, base: Sink.wantsRanges ? map.shift ?? 0 : nil,
        using: &context)
      guard flush(map, into: &sink, using: &context) else { return false }
    }
    // All that is cut is one pretoken.
    let wantsMore = try scanWords(
      text, by: scanner, from: end, map, countsWords: false, into: &sink, using: &context)
    context.wordCount += 1
    return wantsMore
  }

  /// Encodes a word with U+2581 put before it, as the scanner rewrites it.
  private func encodeMarked(
    _ word: Span<UInt8>, by scanner: some WordScanner, base: Int?,
    using context: inout EncodingContext
  ) throws(EncodingError) {
    var marked: [UInt8] = []
    swap(&marked, &context.rewritten)
    defer { swap(&marked, &context.rewritten) }
    marked.removeAll(keepingCapacity: true)
    SpaceMark.append(to: &marked)
    var edits = base == nil ? nil : TextEdits()
    edits?.replace(originalCount: 0, normalizedCount: SpaceMark.byteCount)
    scanner.append(word, to: &marked, edits: &edits)
    context.ids.reserve(marked.count)
    // It has no space in it any more, so it is remembered as it is; but not its ranges, which are
    // others where the mark stands in the text.
    let query = context.cache.query(
      marked.span, 0, count: min(marked.count, PretokenCache.maximumLength))
    if base == nil {
      try encodePretoken(marked.span, 0, marked.count, query, base: nil, using: &context)
    } else {
      try encodeUnknownPretoken(
        marked.span, 0, marked.count, mayBeKept: false, query, base: base, edits: edits,
        using: &context)
    }
  }

  /// Cuts text by steps.
  private func cut<Sink: TokenSink>(
    _ text: Span<UInt8>, by splitter: GeneralSplitter, _ map: RangeMap, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    var pretokens = Pretokens()
    swap(&pretokens, &context.pretokens)
    defer { swap(&pretokens, &context.pretokens) }
    do {
      try splitter.split(
        text, startCount: splitter.looksAtStart ? map.startCount(of: text.count) : 0,
        wantsEdits: Sink.wantsRanges, into: &pretokens)
    } catch {
      var placed = error
      placed.range = map.original(error.range)
      throw placed
    }
    guard pretokens.isRewritten else {
      return try encode(pretokens.ranges, of: text, map, into: &sink, using: &context)
    }
    var inner = map
    inner.splitEdits = pretokens.edits
    return try encode(
      pretokens.ranges, of: pretokens.rewritten.span, inner, into: &sink, using: &context)
  }

  /// Encodes pretokens that are known already.
  func encode<Sink: TokenSink>(
    _ pretokens: [Range<Int>], of text: Span<UInt8>, _ map: RangeMap, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    let shift = map.shift ?? 0
    for range in pretokens {
      context.ids.reserve(range.count)
      if Sink.wantsRanges { context.places.reserve(Self.blockRoom) }
      let query = context.cache.query(
        text, range.lowerBound, count: min(range.count, PretokenCache.maximumLength))
      try encodePretoken(
        text, range.lowerBound, range.upperBound, query,
        base: Sink.wantsRanges ? range.lowerBound &+ shift : nil, using: &context)
      if Sink.wantsRanges { context.wordCount &+= 1 }
      guard context.ids.count < Self.flushCount || flush(map, into: &sink, using: &context) else {
        return false
      }
    }
    return flush(map, into: &sink, using: &context)
  }

  /// Appends what is remembered of a pretoken, with its ranges if it has a place, or returns false.
  @inline(__always)
  private func remembers(
    _ query: PretokenCache.Query, base: Int?, using context: inout EncodingContext
  ) -> Bool {
    if context.bypassesCache { return false }
    guard let base else { return context.cache.append(query, to: &context.ids) }
    return context.cache.append(
      query, to: &context.ids, &context.places, from: base,
      word: Int32(truncatingIfNeeded: context.wordCount))
  }

  /// Encodes `text[start..<end]`.
  ///
  /// - Parameter base: where it begins for those who ask for ranges; nil if they are not wanted.
  @inline(__always)
  private func encodePretoken(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ query: PretokenCache.Query, base: Int?,
    using context: inout EncodingContext
  ) throws(EncodingError) {
    let mayBeKept = end &- start <= PretokenCache.maximumLength
    if mayBeKept, remembers(query, base: base, using: &context) { return }
    try encodeUnknownPretoken(
      text, start, end, mayBeKept: mayBeKept, query, base: base, edits: nil, using: &context)
  }

  /// - Parameter edits: how the pretoken was rewritten, if ranges are wanted and it was.
  @inline(never)
  private func encodeUnknownPretoken(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, mayBeKept: Bool, _ query: PretokenCache.Query,
    base: Int?, edits: TextEdits?, using context: inout EncodingContext
  ) throws(EncodingError) {
    let mayBeKept = mayBeKept && !context.bypassesCache
    if mayBeKept, base == nil, context.cache.appendMany(query, to: &context.ids) { return }
    let first = context.ids.count
    do {
      if context.task != nil {
        try context.task?.run(
          text.extracting(start..<end), by: model, to: &context.ids, ranges: &context.ranges,
          using: &context.scratch)
        return
      }
      try model.encode(
        text.extracting(start..<end), vocabulary: vocabulary, to: &context.ids,
        ranges: &context.ranges, using: &context.scratch)
    } catch {
      throw error.moved(by: start)
    }
    if let base { place(from: first, at: base, edits, using: &context) }
    if mayBeKept {
      context.cache.insert(query, context.ids, from: first, ranges: context.ranges.ranges)
    }
    context.ranges.removeAll()
  }

  /// Says where the ids from `first` on lie, which are those of a pretoken that begins at `base`.
  @inline(never)
  private func place(
    from first: Int, at base: Int, _ edits: TextEdits?, using context: inout EncodingContext
  ) {
    if model.hasExactLengths, context.ranges.ranges.isEmpty {
      var position = 0
      for index in first..<context.ids.count {
        let end = position + vocabulary.range(of: context.ids[index]).count
        context.ranges.append(position..<end)
        position = end
      }
    }
    if let edits { context.ranges.move(by: edits) }
    context.places.reserve(context.ranges.ranges.count + Self.blockRoom)
    let word = Int32(truncatingIfNeeded: context.wordCount)
    for range in context.ranges.ranges {
      context.places.append((range.lowerBound + base)..<(range.upperBound + base), word: word)
    }
  }

  /// How many ids gather before they are handed over.
  private static let flushCount = 4096
  /// How many places the pretokens of a block need that are remembered.
  private static let blockRoom = EncodingContext.blockCount * 8

  private func flush<Sink: TokenSink>(
    _ map: RangeMap, into sink: inout Sink, using context: inout EncodingContext
  ) -> Bool {
    guard context.ids.count > 0 else { return true }
    if Sink.wantsRanges, map.shift == nil { context.places.move(by: map) }
    let wantsMore = sink.append(context.ids, context.places)
    context.ids.removeAll()
    context.places.removeAll()
    return wantsMore
  }
}
