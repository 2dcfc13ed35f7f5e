/// Encodes a text without raw added tokens that comes in parts: normaliser, normalised added tokens,
/// splitter, model.
struct SegmentStream: Sendable {
  private var normalization: NormalizationStream
  private var addedTokens: AddedTokenStream?
  private var pretokens: PretokenStream
  private var normalized: [UInt8] = []
  private var segments: [AddedTokenMatcher.Segment] = []
  /// Where the text begins in the whole text, and how much of it was taken.
  private var offset = 0
  private var count = 0
  /// Where in the normalised text what the splitter sees begins.
  private var pretokenStart = 0

  /// - Throws: a step that may need all of a text.
  init(_ tokenizer: Tokenizer, _ specialTokens: SpecialTokens) throws(StreamingError) {
    let hasNoTokens = tokenizer.hasNoNormalizedTokens(Trust(specialTokens))
    let usesSpacedWords = tokenizer.spacedWords != nil && hasNoTokens
    normalization =
      usesSpacedWords ? NormalizationStream() : try NormalizationStream(tokenizer.normalization)
    addedTokens =
      hasNoTokens ? nil : AddedTokenStream(tokenizer.normalizedMatcher, specialTokens)
    pretokens = try PretokenStream(tokenizer, usesSpacedWords: usesSpacedWords)
  }

  /// Encodes what is settled with the next part of the text.
  ///
  /// - Parameter isLast: the text ends with `part`; the next part is of another one, which begins at
  ///   `next` in the whole text.
  /// - Throws: with places of the whole text, or the range of all that was taken.
  mutating func take(
    _ part: Span<UInt8>, isLast: Bool, next: Int = 0, by tokenizer: Tokenizer,
    into sink: inout IDSink, using context: inout EncodingContext
  ) throws(EncodingError) {
    count += part.count
    let isFirst = offset == 0 && count == part.count
    do {
      if normalization.isEmpty {
        let startCount = offset == 0 ? min(1, count) : 0
        try takeNormalized(
          part, startCount: startCount, isLast: isLast, by: tokenizer, into: &sink, using: &context)
      } else {
        var normalized: [UInt8] = []
        swap(&normalized, &self.normalized)
        defer { swap(&normalized, &self.normalized) }
        normalized.removeAll(keepingCapacity: true)
        try normalization.take(
          part, startCount: isFirst ? min(1, part.count) : 0, isLast: isLast, into: &normalized)
        try takeNormalized(
          normalized.span, startCount: normalization.startCount, isLast: isLast, by: tokenizer,
          into: &sink, using: &context)
      }
    } catch {
      let isPlaced = normalization.isEmpty && pretokens.knowsPlaces
      throw isPlaced ? error.moved(by: offset) : error.placed(in: offset..<(offset + count))
    }
    guard isLast else { return }
    normalization.begin(isFirst: next == 0)
    addedTokens?.reset()
    offset = next
    count = 0
    pretokenStart = 0
  }

  private mutating func takeNormalized(
    _ text: Span<UInt8>, startCount: Int, isLast: Bool, by tokenizer: Tokenizer,
    into sink: inout IDSink, using context: inout EncodingContext
  ) throws(EncodingError) {
    guard addedTokens != nil else {
      return try pretokens.take(
        text, startCount: startCount, isLast: isLast, by: tokenizer, into: &sink, using: &context)
    }
    segments.removeAll(keepingCapacity: true)
    try addedTokens?.take(text, isLast: isLast, to: &segments)
    let base = addedTokens?.doneCount ?? 0
    let bytes = addedTokens?.bytes ?? []
    for segment in segments {
      do {
        try pretokens.take(
          segment.id == nil ? bytes.span.extracting(segment.range) : bytes.span.extracting(0..<0),
          startCount: max(0, startCount - pretokenStart), isLast: segment.id != nil, by: tokenizer,
          into: &sink, using: &context)
      } catch {
        throw error.moved(by: pretokenStart)
      }
      if let id = segment.id {
        sink.ids.append(id)
        pretokenStart = base + segment.range.upperBound
      }
    }
    if isLast {
      do {
        try pretokens.take(
          bytes.span.extracting(0..<0), startCount: max(0, startCount - pretokenStart),
          isLast: true, by: tokenizer, into: &sink, using: &context)
      } catch {
        throw error.moved(by: pretokenStart)
      }
    }
    addedTokens?.removeDone()
  }
}

extension EncodingError {
  /// The same error somewhere in `range`.
  fileprivate func placed(in range: Range<Int>) -> EncodingError {
    var error = self
    error.range = range
    return error
  }
}
