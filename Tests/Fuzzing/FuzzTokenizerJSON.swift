// Any bytes as a tokenizer.json: an error, or a tokenizer that encodes and decodes.

import Tokenization
import TokenizerFormats

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTokenizerJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let definition = try? readTokenizerJSON(bytes.span),
    let tokenizer = try? Tokenizer(definition)
  else { return 0 }
  use(tokenizer, bytes)
  return 0
}

private func use(_ tokenizer: Tokenizer, _ bytes: [UInt8]) {
  for text in [Array(" ab abc\u{E9} <s>12\r\n".utf8), Array(bytes.suffix(64))] {
    guard let ids = try? tokenizer.encode(text.span, specialTokens: .parse) else { continue }
    let tokens = try? tokenizer.tokenize(text.span, specialTokens: .parse)
    precondition(tokens?.map(\.id) == ids, "tokenize and encode differ")
    precondition((try? tokenizer.decodeBytes(ids)) != nil, "ids that do not decode")
  }
}
