/// `fuse`
struct FusingStep: DecodingStep {
  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    output.append(text)
  }

  mutating func take(_ texts: borrowing TokenTextList, into output: inout TokenTextList) {
    output.append(texts.bytes.span)
  }

  /// Of no texts at all it makes an empty one, as the original does.
  mutating func finish(into output: inout TokenTextList) { output.endText() }
}

/// `spaced`: all texts become one, with spaces between them.
struct SpacingStep: DecodingStep {
  private var isFirst = true
  private var isAtStart = true

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    if isAtStart, !isFirst { output.bytes.append(0x20) }
    output.append(text)
    isFirst = false
    isAtStart = endsText
  }

  mutating func finish(into output: inout TokenTextList) { output.endText() }
}
