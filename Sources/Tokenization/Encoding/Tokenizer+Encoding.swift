extension Tokenizer {
  /// Encodes `text`, and puts around it what the template asks for.
  ///
  /// Text that spells a special token is plain text here, whoever wrote it; pass
  /// ``SpecialTokens/parse`` only for text that you wrote yourself, ``SpecialTokens/refuse`` to get an
  /// error with the place.
  ///
  /// - Parameters:
  ///   - specialTokens: what text that spells a special token becomes.
  ///   - addsTemplate: puts the file's template around, as `[CLS]` and `[SEP]`.
  /// - Throws: a refused special token; the limit of a general pattern. With recognised patterns and
  ///   the default options it never throws.
  /// - Complexity: O(*n*) in the bytes of `text` for ordered models, O(*n* log *n*) for others.
  public func encode(
    _ text: String, specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) -> [TokenID] {
    try encode(text.utf8Span.span, specialTokens: specialTokens, addsTemplate: addsTemplate)
  }

  /// Encodes bytes of UTF-8; those that are not are encoded as they are.
  public func encode(
    _ text: Span<UInt8>, specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) -> [TokenID] {
    var ids: [TokenID] = []
    try contexts.withContext { (context) throws(EncodingError) in
      try encode(
        text, into: &ids, using: &context, specialTokens: specialTokens, addsTemplate: addsTemplate)
    }
    return ids
  }

  /// Encodes bytes of UTF-8 and appends the ids to `ids`.
  ///
  /// If it throws, `ids` is left as it was.
  public func encode(
    _ text: Span<UInt8>, into ids: inout [TokenID], using context: inout EncodingContext,
    specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) {
    let start = ids.count
    var sink = IDSink(ids: [])
    swap(&sink.ids, &ids)
    defer { swap(&sink.ids, &ids) }
    if addsTemplate { sink.ids.append(contentsOf: template.before) }
    do {
      _ = try encode(text, trust: Trust(specialTokens), into: &sink, using: &context)
    } catch {
      sink.ids.removeLast(sink.ids.count - start)
      throw error
    }
    if addsTemplate { sink.ids.append(contentsOf: template.behind) }
  }

  /// The ids of `text` with the ranges of bytes that they stand for.
  public func tokenize(
    _ text: String, specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) -> [Token] {
    try tokenize(text.utf8Span.span, specialTokens: specialTokens, addsTemplate: addsTemplate)
  }

  /// The ids of `text` with the ranges of bytes that they stand for.
  ///
  /// Ranges are of the text that went in. Where a normaliser changed a stretch, its tokens have the
  /// whole stretch; tokens of the template have empty ranges at the ends.
  public func tokenize(
    _ text: Span<UInt8>, specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) -> [Token] {
    var sink = PlaceSink()
    try contexts.withContext { (context) throws(EncodingError) in
      _ = try encode(text, trust: Trust(specialTokens), into: &sink, using: &context)
    }
    return withTemplate(addsTemplate, around: sink.tokens, byteCount: text.count)
  }

  /// The tokens of a text of `byteCount` bytes, between those of the template if it is wanted.
  func withTemplate(
    _ addsTemplate: Bool, around tokens: PlacedTokens, byteCount: Int
  ) -> [Token] {
    var result: [Token] = []
    let around = addsTemplate ? template.before.count + template.behind.count : 0
    result.reserveCapacity(tokens.ids.count + around)
    if addsTemplate { result += template.before.map { Token(id: $0, range: 0..<0) } }
    for (id, range) in zip(tokens.ids, tokens.ranges) { result.append(Token(id: id, range: range)) }
    if addsTemplate {
      result += template.behind.map { Token(id: $0, range: byteCount..<byteCount) }
    }
    return result
  }

  /// How many ids `text` has, without collecting them.
  public func countTokens(
    in text: String, specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) -> Int {
    try countTokens(
      in: text.utf8Span.span, specialTokens: specialTokens, addsTemplate: addsTemplate)
  }

  /// How many ids `text` has, without collecting them.
  public func countTokens(
    in text: Span<UInt8>, specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) -> Int {
    try contexts.withContext { (context) throws(EncodingError) in
      try countTokens(
        in: text, using: &context, specialTokens: specialTokens, addsTemplate: addsTemplate)
    }
  }

  /// How many ids `text` has, with a context of the caller's.
  public func countTokens(
    in text: Span<UInt8>, using context: inout EncodingContext,
    specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) -> Int {
    var sink = CountSink(limit: .max)
    _ = try encode(text, trust: Trust(specialTokens), into: &sink, using: &context)
    return sink.count + (addsTemplate ? template.before.count + template.behind.count : 0)
  }

  /// How many ids `text` has if they are at most `limit`, otherwise nil: stops reading soon behind it.
  public func countTokens(
    in text: Span<UInt8>, upTo limit: Int, specialTokens: SpecialTokens = .asPlainText,
    addsTemplate: Bool = true
  ) throws(EncodingError) -> Int? {
    let around = addsTemplate ? template.before.count + template.behind.count : 0
    guard limit >= around else { return nil }
    var sink = CountSink(limit: limit - around == .max ? .max : limit - around + 1)
    try contexts.withContext { (context) throws(EncodingError) in
      _ = try encode(text, trust: Trust(specialTokens), into: &sink, using: &context)
    }
    return sink.count + around <= limit ? sink.count + around : nil
  }

  /// How many ids `text` has if they are at most `limit`, otherwise nil.
  public func countTokens(
    in text: String, upTo limit: Int, specialTokens: SpecialTokens = .asPlainText,
    addsTemplate: Bool = true
  ) throws(EncodingError) -> Int? {
    try countTokens(
      in: text.utf8Span.span, upTo: limit, specialTokens: specialTokens, addsTemplate: addsTemplate)
  }
}
