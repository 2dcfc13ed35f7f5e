internal import Tokenization

/// What is marked of a span beside its colour.
struct SpanTraits {
  var isSpecial: Bool
  var isUnknown: Bool
  /// How many tokens share the span.
  var count: Int
  /// What stands for a span without text: what decoding gives for its tokens.
  var bytes: [UInt8]

  init(of span: TokenSpan, _ tokens: [Token], _ tokenizer: Tokenizer) {
    let ids = tokens[span.tokens].lazy.map(\.id)
    isSpecial = ids.contains(where: tokenizer.isSpecial)
    isUnknown = tokenizer.unknownID.map(ids.contains) ?? false
    count = span.tokens.count
    bytes = span.range.isEmpty ? ids.flatMap { tokenizer.bytes(of: $0) ?? [] } : []
  }
}
