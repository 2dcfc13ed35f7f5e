internal import SplitPatterns
internal import UnicodeText

/// The path of a text: added tokens, normaliser, splitter, model. The template is put around by whoever
/// asks for it.
extension Tokenizer {
  /// Encodes `text` into `sink`. Returns false when the sink wanted no more.
  @_specialize(where Sink == IDSink)
  @_specialize(where Sink == CountSink)
  @_specialize(where Sink == RangeSink)
  func encode<Sink: TokenSink>(
    _ text: Span<UInt8>, specialTokens: SpecialTokens, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    context.prepare(for: serial)
    // A call that threw or stopped early may have left some.
    context.ids.removeAll()
    context.scratch.lackedBytes = false
    if rawMatcher.isEmpty || (rawMatcher.isSpecialOnly && specialTokens.leavesSpecialTokens) {
      return try encodeSegment(
        text, at: 0, specialTokens: specialTokens, into: &sink, using: &context)
    }
    context.segments.removeAll(keepingCapacity: true)
    try rawMatcher.appendSegments(of: text, to: &context.segments) { specialTokens.decide($0) }
    for index in context.segments.indices {
      let segment = context.segments[index]
      if let id = segment.id {
        guard sink.append(id, segment.range) else { return false }
      } else {
        let wantsMore = try encodeSegment(
          text.extracting(segment.range), at: segment.range.lowerBound,
          specialTokens: specialTokens, into: &sink, using: &context)
        guard wantsMore else { return false }
      }
    }
    return true
  }

  /// Encodes a stretch of text without raw added tokens, which begins at `offset`.
  private func encodeSegment<Sink: TokenSink>(
    _ text: Span<UInt8>, at offset: Int, specialTokens: SpecialTokens, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    var map = RangeMap(offset: offset)
    if normalization.isEmpty {
      return try encodeNormalized(
        text, map, specialTokens: specialTokens, into: &sink, using: &context)
    }
    var normalized: [UInt8] = []
    swap(&normalized, &context.normalized)
    defer { swap(&normalized, &context.normalized) }
    // Errors say places of the text that went in, too.
    let mayFail = specialTokens.mayRefuse || !split.allowsCuts || normalization.mayFail
    map.edits = Sink.wantsRanges || mayFail ? TextEdits() : nil
    let isChanged: Bool
    do {
      isChanged = try normalization.normalize(text, into: &normalized, edits: &map.edits)
    } catch {
      throw error.moved(by: offset)
    }
    if isChanged {
      return try encodeNormalized(
        normalized.span, map, specialTokens: specialTokens, into: &sink, using: &context)
    }
    map.edits = nil
    return try encodeNormalized(
      text, map, specialTokens: specialTokens, into: &sink, using: &context)
  }

  /// Encodes normalised text, in which there may be added tokens that were normalised too.
  private func encodeNormalized<Sink: TokenSink>(
    _ text: Span<UInt8>, _ map: RangeMap, specialTokens: SpecialTokens, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    if normalizedMatcher.isEmpty
      || (normalizedMatcher.isSpecialOnly && specialTokens.leavesSpecialTokens)
    {
      return try encodePlain(text, map, into: &sink, using: &context)
    }
    context.innerSegments.removeAll(keepingCapacity: true)
    do {
      try normalizedMatcher.appendSegments(of: text, to: &context.innerSegments) {
        specialTokens.decide($0)
      }
    } catch {
      var placed = error
      placed.range = map.original(error.range)
      throw placed
    }
    for index in context.innerSegments.indices {
      let segment = context.innerSegments[index]
      if let id = segment.id {
        guard sink.append(id, map.original(segment.range)) else { return false }
      } else {
        var inner = map
        inner.start = segment.range.lowerBound
        let wantsMore = try encodePlain(
          text.extracting(segment.range), inner, into: &sink, using: &context)
        guard wantsMore else { return false }
      }
    }
    return true
  }

  /// Encodes text without added tokens.
  private func encodePlain<Sink: TokenSink>(
    _ text: Span<UInt8>, _ map: RangeMap, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    guard addsPrefixSpace, text.count > 0, text[0] != 0x20 else {
      return try cut(text, map, into: &sink, using: &context)
    }
    var prefixed: [UInt8] = []
    swap(&prefixed, &context.prefixed)
    defer { swap(&prefixed, &context.prefixed) }
    prefixed.removeAll(keepingCapacity: true)
    prefixed.append(0x20)
    prefixed.append(contentsOf: text)
    var inner = map
    inner.insertedCount = 1
    return try cut(prefixed.span, inner, into: &sink, using: &context)
  }

  /// Cuts text into pretokens and encodes each: one loop for each kind of scanner.
  private func cut<Sink: TokenSink>(
    _ text: Span<UInt8>, _ map: RangeMap, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    switch split {
    case .gpt2(let scanner):
      return scan(text, by: scanner, map, into: &sink, using: &context)
    case .cl100k(let scanner):
      return scan(text, by: scanner, map, into: &sink, using: &context)
    case .o200k(let scanner):
      return scan(text, by: scanner, map, into: &sink, using: &context)
    case .deepSeek(let scanner):
      return scan(text, by: scanner, map, into: &sink, using: &context)
    case .general(let splitter):
      var splits: [Range<Int>] = []
      swap(&splits, &context.splits)
      defer { swap(&splits, &context.splits) }
      do {
        try splitter.split(text, into: &splits, spare: &context.spareSplits)
      } catch {
        var placed = error
        placed.range = map.original(error.range)
        throw placed
      }
      for split in splits {
        context.ids.reserve(split.count)
        let query = context.cache.query(
          text, split.lowerBound, count: min(split.count, PretokenCache.maximumLength))
        encodePretoken(text, split.lowerBound, split.upperBound, query, using: &context)
        guard drain(from: split.lowerBound, map, into: &sink, using: &context) else { return false }
      }
      return flush(into: &sink, using: &context)
    }
  }

  /// A block of pretokens at a time: first where they end and what the cache is asked, so that the
  /// memory has time to answer, then their ids.
  private func scan<Scanner: PretokenScanner, Sink: TokenSink>(
    _ text: Span<UInt8>, by scanner: Scanner, _ map: RangeMap, into sink: inout Sink,
    using context: inout EncodingContext
  ) -> Bool {
    var start = 0
    while start < text.count {
      var ends = context.ends.mutableSpan
      let count = scanner.fill(&ends, in: text, from: start)
      context.prepareQueries(text, from: start, count: count)
      context.ids.reserve(context.ends[count - 1] &- start)
      for index in 0..<count {
        let end = context.ends[index]
        encodePretoken(text, start, end, context.queries[index], using: &context)
        if Sink.wantsRanges {
          guard drain(from: start, map, into: &sink, using: &context) else { return false }
        }
        start = end
      }
      guard flush(into: &sink, using: &context) else { return false }
    }
    return true
  }

  @inline(__always)
  private func encodePretoken(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ query: PretokenCache.Query,
    using context: inout EncodingContext
  ) {
    if end &- start <= PretokenCache.maximumLength, context.cache.append(query, to: &context.ids) {
      return
    }
    encodeUnknownPretoken(text, start, end, query, using: &context)
  }

  @inline(never)
  private func encodeUnknownPretoken(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ query: PretokenCache.Query,
    using context: inout EncodingContext
  ) {
    let mayBeKept = end - start <= PretokenCache.maximumLength
    if mayBeKept, context.cache.appendMany(query, to: &context.ids) { return }
    let first = context.ids.count
    context.scratch.lackedBytes = false
    model.encode(
      text, start, end, vocabulary: vocabulary, to: &context.ids, using: &context.scratch)
    // What lacks bytes needs its ranges said; the cache cannot.
    if mayBeKept, !context.scratch.lackedBytes {
      context.cache.insert(query, context.ids, from: first)
    }
  }

  /// Hands over the ids of a pretoken that begins at `start`, with their ranges, if these are wanted.
  private func drain<Sink: TokenSink>(
    from start: Int, _ map: RangeMap, into sink: inout Sink, using context: inout EncodingContext
  ) -> Bool {
    guard Sink.wantsRanges else {
      return context.ids.count < Self.flushCount || flush(into: &sink, using: &context)
    }
    var position = start
    for index in 0..<context.ids.count {
      let id = context.ids[index]
      var range = position..<(position + vocabulary.range(of: id).count)
      if context.scratch.lackedBytes {
        let place = context.scratch.ranges[index]
        range = (start + place.lowerBound)..<(start + place.upperBound)
      }
      position = range.upperBound
      guard sink.append(id, map.original(range)) else { return false }
    }
    context.ids.removeAll()
    context.scratch.lackedBytes = false
    return true
  }

  /// How many ids gather before they are handed over.
  private static let flushCount = 4096

  private func flush<Sink: TokenSink>(
    into sink: inout Sink, using context: inout EncodingContext
  ) -> Bool {
    guard context.ids.count > 0 else { return true }
    let wantsMore = sink.append(context.ids)
    context.ids.removeAll()
    return wantsMore
  }
}
