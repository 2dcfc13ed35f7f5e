/// One decoder on its way through a list of texts.
///
/// What comes later is not known: a step passes on what nothing can change any more and keeps the
/// rest. So a list given in parts is decoded as if given at once.
protocol DecodingStep: Sendable {
  /// Takes more of a text, or the beginning of the next one; `endsText` if nothing follows in it.
  ///
  /// `text` is empty only where it ends the text.
  mutating func take(
    _ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList
  ) throws(DecodingError)

  /// Passes on what was kept. No text is open.
  mutating func finish(into output: inout TokenTextList) throws(DecodingError)

  /// Takes a list of texts.
  mutating func take(
    _ texts: borrowing TokenTextList, into output: inout TokenTextList
  ) throws(DecodingError)
}

extension DecodingStep {
  mutating func finish(into output: inout TokenTextList) throws(DecodingError) {}

  mutating func take(
    _ texts: borrowing TokenTextList, into output: inout TokenTextList
  ) throws(DecodingError) {
    let bytes = texts.bytes.span
    var start = 0
    for index in texts.ends.indices {
      let end = texts.ends[index]
      try take(bytes.extracting(start..<end), endsText: true, into: &output)
      start = end
    }
    if start < bytes.count { try take(bytes.extracting(start...), endsText: false, into: &output) }
  }
}
