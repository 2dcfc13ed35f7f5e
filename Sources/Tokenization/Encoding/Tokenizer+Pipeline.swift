internal import SplitPatterns
internal import UnicodeText

/// The path of a text: added tokens, normaliser, splitter, model. The template is put around by whoever
/// asks for it.
extension Tokenizer {
  /// Encodes `text` into `sink`. Returns false when the sink wanted no more.
  @_specialize(where Sink == IDSink)
  @_specialize(where Sink == CountSink)
  @_specialize(where Sink == PlaceSink)
  @_specialize(where Sink == MemorySink)
  func encode<Sink: TokenSink>(
    _ text: Span<UInt8>, trust: Trust, into sink: inout Sink, using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    context.prepare(for: serial)
    // A call that threw or stopped early may have left some.
    context.ids.removeAll()
    context.places.removeAll()
    context.wordCount = 0
    context.ranges = TokenRanges(areWanted: Sink.wantsRanges)
    context.bypassesCache = context.task != nil
    if hasNoRawTokens(trust) {
      return try encodeSegment(text, at: 0, trust: trust, into: &sink, using: &context)
    }
    context.segments.removeAll(keepingCapacity: true)
    try rawMatcher.appendSegments(of: text, to: &context.segments, trust: trust)
    for index in context.segments.indices {
      let segment = context.segments[index]
      if let id = segment.id {
        guard sink.append(id, segment.range, word: context.wordCount) else { return false }
        context.wordCount += 1
      } else {
        let wantsMore = try encodeSegment(
          text.extracting(segment.range), at: segment.range.lowerBound, trust: trust, into: &sink,
          using: &context)
        guard wantsMore else { return false }
      }
    }
    return true
  }

  /// Encodes a stretch of text without raw added tokens, which begins at `offset`.
  private func encodeSegment<Sink: TokenSink>(
    _ text: Span<UInt8>, at offset: Int, trust: Trust, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    var map = RangeMap(offset: offset)
    if let spacedWords, hasNoNormalizedTokens(trust) {
      return try scanSpacedWords(text, by: spacedWords, map, into: &sink, using: &context)
    }
    if normalization.isEmpty {
      return try encodeNormalized(text, map, trust: trust, into: &sink, using: &context)
    }
    var normalized: [UInt8] = []
    swap(&normalized, &context.normalized)
    defer { swap(&normalized, &context.normalized) }
    // Errors say places of the text that went in, too.
    let mayFail =
      trust.mayRefuse || !trust.isUniform || split.mayFail || normalization.mayFail
      || model.mayFail
    map.edits = Sink.wantsRanges || mayFail || split.looksAtStart ? TextEdits() : nil
    let isSpaced = !Sink.wantsRanges && context.task == nil && hasNoNormalizedTokens(trust)
    let normalization = isSpaced ? spacedNormalization ?? normalization : normalization
    let isChanged: Bool
    do {
      isChanged = try normalization.normalize(text, into: &normalized, edits: &map.edits)
    } catch {
      throw error.moved(by: offset)
    }
    if isChanged {
      return try encodeNormalized(
        normalized.span, map, trust: trust, into: &sink, using: &context)
    }
    map.edits = nil
    return try encodeNormalized(text, map, trust: trust, into: &sink, using: &context)
  }

  /// Encodes normalised text, in which there may be added tokens that were normalised too.
  private func encodeNormalized<Sink: TokenSink>(
    _ text: Span<UInt8>, _ map: RangeMap, trust: Trust, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    if hasNoNormalizedTokens(trust) {
      return try encodePlain(text, map, into: &sink, using: &context)
    }
    context.innerSegments.removeAll(keepingCapacity: true)
    do {
      try normalizedMatcher.appendSegments(
        of: text, to: &context.innerSegments, trust: trust.within(map, count: text.count))
    } catch {
      var placed = error
      placed.range = map.original(error.range)
      throw placed
    }
    for index in context.innerSegments.indices {
      let segment = context.innerSegments[index]
      if let id = segment.id {
        guard sink.append(id, map.original(segment.range), word: context.wordCount) else {
          return false
        }
        context.wordCount += 1
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

  func hasNoNormalizedTokens(_ trust: Trust) -> Bool {
    normalizedMatcher.isEmpty || (normalizedMatcher.isSpecialOnly && trust.leavesSpecialTokens)
  }

  /// Encodes text without added tokens.
  private func encodePlain<Sink: TokenSink>(
    _ text: Span<UInt8>, _ map: RangeMap, into sink: inout Sink,
    using context: inout EncodingContext
  ) throws(EncodingError) -> Bool {
    guard addsPrefixSpace, text.count > 0, text[0] != 0x20 else {
      return try cut(text, by: split, map, into: &sink, using: &context)
    }
    var prefixed: [UInt8] = []
    swap(&prefixed, &context.prefixed)
    defer { swap(&prefixed, &context.prefixed) }
    prefixed.removeAll(keepingCapacity: true)
    prefixed.append(0x20)
    prefixed.append(contentsOf: text)
    var inner = map
    inner.insertedCount = 1
    return try cut(prefixed.span, by: split, inner, into: &sink, using: &context)
  }
}
