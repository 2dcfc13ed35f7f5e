/// Encodes a text that comes in parts, and hands out ids as soon as nothing that follows can change
/// them.
///
///     var encoder = try tokenizer.streamingEncoder()
///     var ids: [TokenID] = []
///     while let part = read() { try encoder.append(part, into: &ids) }
///     try encoder.finish(into: &ids)
///
/// All ids together are those of the whole text, however it is cut into parts; a part may end within a
/// character. What is kept is the end of the text that may still change: the last pretokens, what the
/// normaliser may still join, the beginning of an added token. So memory is bounded by the longest
/// pretoken, of which up to twice the bytes are kept, and by the longest run of white space where that
/// may go. An encoder is a value: a copy goes on by itself.
///
/// - Complexity: O(*n*) over all parts besides what encoding the whole takes, however small they are.
public struct StreamingEncoder: Sendable {
  private let tokenizer: Tokenizer
  private let specialTokens: SpecialTokens
  private let addsTemplate: Bool
  private var hasBegun = false
  private var addedTokens: AddedTokenStream?
  private var segment: SegmentStream
  private var segments: [AddedTokenMatcher.Segment] = []

  /// - Throws: a tokenizer that may need all of a text.
  init(
    _ tokenizer: Tokenizer, specialTokens: SpecialTokens, addsTemplate: Bool
  ) throws(StreamingError) {
    self.tokenizer = tokenizer
    self.specialTokens = specialTokens
    self.addsTemplate = addsTemplate
    addedTokens =
      tokenizer.hasNoRawTokens(Trust(specialTokens))
      ? nil : AddedTokenStream(tokenizer.rawMatcher, specialTokens)
    segment = try SegmentStream(tokenizer, specialTokens)
  }

  /// Takes the next part of the text, and appends the ids that are settled with it to `ids`.
  ///
  /// - Throws: as ``Tokenizer/encode(_:specialTokens:addsTemplate:)``, with places of the whole text; of
  ///   text that is normalised only the stretch between two added tokens is said. Nothing may be
  ///   appended behind that; ids that were settled before are appended.
  /// - Complexity: as encoding `text`, plus the bytes that were kept, now and then.
  public mutating func append(
    _ text: Span<UInt8>, into ids: inout [TokenID]
  ) throws(EncodingError) {
    try take(text, isLast: false, into: &ids)
  }

  /// The same for a string.
  public mutating func append(_ text: String, into ids: inout [TokenID]) throws(EncodingError) {
    try append(text.utf8Span.span, into: &ids)
  }

  /// Ends the text, and appends the rest of its ids to `ids`. The encoder is then as new.
  ///
  /// - Throws: as ``append(_:into:)``.
  public mutating func finish(into ids: inout [TokenID]) throws(EncodingError) {
    let nothing: [UInt8] = []
    try take(nothing.span, isLast: true, into: &ids)
    if addsTemplate { ids.append(contentsOf: tokenizer.template.behind) }
    hasBegun = false
    addedTokens?.reset()
  }

  /// So much of a long part is looked at together that memory does not grow with it.
  private static let blockSize = 1 << 16

  private mutating func take(
    _ text: Span<UInt8>, isLast: Bool, into ids: inout [TokenID]
  ) throws(EncodingError) {
    if !hasBegun {
      hasBegun = true
      if addsTemplate { ids.append(contentsOf: tokenizer.template.before) }
    }
    var sink = IDSink(ids: [])
    swap(&sink.ids, &ids)
    defer { swap(&sink.ids, &ids) }
    let tokenizer = tokenizer
    try tokenizer.contexts.withContext { (context) throws(EncodingError) in
      context.prepareForParts(of: tokenizer.serial)
      var start = 0
      repeat {
        let end = min(text.count, start + Self.blockSize)
        try take(
          text.extracting(start..<end), isLast: isLast && end == text.count, into: &sink,
          using: &context)
        start = end
      } while start < text.count
    }
  }

  private mutating func take(
    _ part: Span<UInt8>, isLast: Bool, into sink: inout IDSink, using context: inout EncodingContext
  ) throws(EncodingError) {
    guard addedTokens != nil else {
      return try segment.take(
        part, isLast: isLast, by: tokenizer, into: &sink, using: &context)
    }
    segments.removeAll(keepingCapacity: true)
    try addedTokens?.take(part, isLast: isLast, to: &segments)
    let base = addedTokens?.doneCount ?? 0
    let bytes = addedTokens?.bytes ?? []
    for found in segments {
      let text = bytes.span.extracting(found.id == nil ? found.range : 0..<0)
      try segment.take(
        text, isLast: found.id != nil, next: base + found.range.upperBound, by: tokenizer,
        into: &sink, using: &context)
      if let id = found.id { sink.ids.append(id) }
    }
    if isLast {
      try segment.take(
        bytes.span.extracting(0..<0), isLast: true, by: tokenizer, into: &sink, using: &context)
    }
    addedTokens?.removeDone()
  }
}

extension Tokenizer {
  /// An encoder of a text that comes in parts.
  ///
  /// - Parameters: as of ``encode(_:specialTokens:addsTemplate:)``.
  /// - Throws: what makes it impossible: a step of the normaliser or the splitter that may need all of
  ///   a text, as a pattern that looks behind; no step that cuts the text, for a model that must see
  ///   all of it.
  public func streamingEncoder(
    specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(StreamingError) -> StreamingEncoder {
    try StreamingEncoder(self, specialTokens: specialTokens, addsTemplate: addsTemplate)
  }

  func hasNoRawTokens(_ trust: Trust) -> Bool {
    rawMatcher.isEmpty || (rawMatcher.isSpecialOnly && trust.leavesSpecialTokens)
  }
}
