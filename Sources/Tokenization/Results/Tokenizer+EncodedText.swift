extension Tokenizer {
  /// Encodes a text, or two as one input, with ranges, words and masks; cuts and fills it, if asked to.
  ///
  /// Two texts are put together as the template for pairs says; without a template, one behind the
  /// other. Truncation from the right stops reading soon behind what is kept, unless what overflows is
  /// to be kept, too; from the left, all of a text is needed. Where both of two texts are too long by
  /// themselves, what is cut of them is counted. Normalizing is done before, for all.
  ///
  /// - Throws: as ``encode(_:specialTokens:addsTemplate:)``; `length` for a truncation or padding that
  ///   cannot be had; `unsupported` for a template without a place for a second text.
  /// - Complexity: that of encoding the texts; with overflow, O(*n*) in the tokens of all parts.
  public func encodeText(
    _ text: TextInput, and second: TextInput? = nil, options: EncodingOptions = EncodingOptions()
  ) throws(EncodingError) -> EncodedText {
    let inputs = TextInputs(text, and: second)
    var encoded = try contexts.withContext { (context) throws(EncodingError) in
      try encodeUnpadded(inputs, options, using: &context)
    }
    if let padding = options.padding {
      encoded.pad(to: try padding.length(for: encoded.count), by: padding)
    }
    return encoded
  }

  /// Encodes a text, or two as one input, with ranges, words and masks; cuts and fills it, if asked to.
  ///
  /// - Throws: as with any ``TextInput``.
  public func encodeText(
    _ text: String, and second: String? = nil, options: EncodingOptions = EncodingOptions()
  ) throws(EncodingError) -> EncodedText {
    try encodeText(.text(text), and: second.map { .text($0) }, options: options)
  }

  /// All but padding, which may depend on other texts.
  func encodeUnpadded(
    _ inputs: TextInputs, _ options: EncodingOptions, using context: inout EncodingContext
  ) throws(EncodingError) -> EncodedText {
    let isPair = inputs.second != nil
    guard let form = template.form(isPair: isPair, addsSpecialTokens: options.addsTemplate) else {
      throw EncodingError(.unsupported, "the template has no place for a second text", range: 0..<0)
    }
    var limit = Int.max
    if let truncation = options.truncation {
      let room = try truncation.room(beside: form.insertedCount)
      // One more shows that there is something to cut.
      if truncation.direction == .right, !options.keepsOverflow, room < .max { limit = room + 1 }
    }
    var texts = [try tokens(of: inputs.first, options, limit, using: &context)]
    if let second = inputs.second {
      do {
        texts.append(try tokens(of: second, options, limit, using: &context))
      } catch {
        throw error.of("second text")
      }
    }
    var counts = texts.map(\.ids.count)
    if counts.count == 2, counts.allSatisfy({ $0 >= limit }), let second = inputs.second {
      // Who gets the odd token depends on which is longer.
      counts = [
        try count(inputs.first, options, using: &context),
        try count(second, options, using: &context),
      ]
    }
    var cuts = Cuts(wholeOf: counts)
    if let truncation = options.truncation {
      cuts = try Cuts(
        counts, truncation, templateCount: form.insertedCount, keepsOverflow: options.keepsOverflow)
    }
    guard options.findsRanges, options.trimsRanges else { return form.assemble(texts, cuts) }
    return form.assemble(texts, cuts) { encoded, tokens, text, trimmings in
      guard let input = text == 0 ? inputs.first : inputs.second else { return }
      trimmer.trim(&encoded, tokens, of: input, trimmings)
    }
  }

  /// The tokens of a text up to `limit`, or some more.
  private func tokens(
    of input: TextInput, _ options: EncodingOptions, _ limit: Int,
    using context: inout EncodingContext
  ) throws(EncodingError) -> PlacedTokens {
    // Room for what English needs with most vocabularies, and the template; it grows where that is not
    // enough. A text that grew to its tokens took a fifth longer.
    let capacity = min(input.byteCount / 4 + 16, limit)
    guard options.findsRanges else {
      var sink = IDSink(ids: [], limit: limit)
      sink.ids.reserveCapacity(capacity)
      try encode(input, options.specialTokens, into: &sink, using: &context)
      return PlacedTokens(ids: sink.ids)
    }
    var sink = PlaceSink(limit: limit)
    sink.tokens.ids.reserveCapacity(capacity)
    sink.tokens.ranges.reserveCapacity(capacity)
    sink.tokens.words.reserveCapacity(capacity)
    try encode(input, options.specialTokens, into: &sink, using: &context)
    return sink.tokens
  }

  private func count(
    _ input: TextInput, _ options: EncodingOptions, using context: inout EncodingContext
  ) throws(EncodingError) -> Int {
    var sink = CountSink(limit: .max)
    try encode(input, options.specialTokens, into: &sink, using: &context)
    return sink.count
  }

  private func encode(
    _ input: TextInput, _ specialTokens: SpecialTokens, into sink: inout some TokenSink,
    using context: inout EncodingContext
  ) throws(EncodingError) {
    let trust = Trust(specialTokens)
    switch input {
    case .text(let text):
      _ = try encode(text.utf8Span.span, trust: trust, into: &sink, using: &context)
    case .bytes(let bytes):
      _ = try encode(bytes.span, trust: trust, into: &sink, using: &context)
    case .words(let words):
      for (index, word) in words.enumerated() {
        sink.begin(word: index)
        do {
          let wantsMore = try encode(
            word.utf8Span.span, trust: trust, into: &sink, using: &context)
          guard wantsMore else { return }
        } catch {
          throw error.of("word \(index)")
        }
      }
    }
  }
}

extension RangeTrimmer {
  /// Trims the ranges of those tokens of `encoded` that are of `input`.
  fileprivate func trim(
    _ encoded: inout EncodedText, _ tokens: Range<Int>, of input: TextInput,
    _ trimmings: [RangeTrimming]
  ) {
    switch input {
    case .text(let text):
      trim(
        encoded.ids, &encoded.ranges, tokens, first: tokens.lowerBound, of: text.utf8Span.span,
        trimmings)
    case .bytes(let bytes):
      trim(
        encoded.ids, &encoded.ranges, tokens, first: tokens.lowerBound, of: bytes.span, trimmings)
    case .words(let words):
      for index in tokens {
        let word = words[Int(encoded.words[index])]
        trim(
          encoded.ids, &encoded.ranges, index..<(index + 1), first: tokens.lowerBound,
          of: word.utf8Span.span, trimmings)
      }
    }
  }
}
