// Any bytes as the text of CLIP's vocabulary, of which the first byte says how many merges are taken: an
// error, or a tokenizer that encodes and decodes.

import Tokenization
import TokenizerFormats

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCLIP(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  guard let file = try? CLIPText(bytes.span, mergeCount: Int(first)),
    let definition = try? file.tokenizer(),
    let tokenizer = try? Tokenizer(definition)
  else { return 0 }
  precondition(file.texts.count == 512 + Int(first) + 2, "tokens that no line gives")
  for text in [Array(" The ab\u{E9} <|endoftext|>12\r\n".utf8), Array(bytes.suffix(64))] {
    guard let ids = try? tokenizer.encode(text.span, specialTokens: .parse) else { continue }
    precondition((try? tokenizer.decodeBytes(ids)) != nil, "ids that do not decode")
  }
  return 0
}
