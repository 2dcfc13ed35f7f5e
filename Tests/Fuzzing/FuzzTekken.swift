// Any bytes as a tekken.json: an error, or a tokenizer that encodes and decodes. So that it gets beyond
// the missing bytes, every second input stands behind a vocabulary of them.

import Tokenization
import TokenizerFormats

private let beginning: [UInt8] = {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text = Array(
    #"{"config":{"pattern":"\\p{L}+|\\s+|[^\\s\\p{L}]+","default_vocab_size":262,"#.utf8)
  text += Array(#""default_num_special_tokens":4,"version":"v3"},"vocab":["#.utf8)
  for byte in 0..<256 {
    text += Array(#"{"rank":\#(byte),"token_bytes":""#.utf8)
    text += [digits[byte >> 2], digits[(byte & 3) << 4]]
    text += Array(#"=="},"#.utf8)
  }
  return text
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTekken(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let bytes = input.first.map { $0 & 1 == 0 ? beginning + input.dropFirst() : input } ?? []
  guard let definition = try? readTekken(bytes.span),
    let tokenizer = try? Tokenizer(definition)
  else { return 0 }
  let text = Array(input.suffix(64))
  guard let ids = try? tokenizer.encode(text.span) else { return 0 }
  // The pattern decides what is left out.
  precondition((try? tokenizer.decodeBytes(ids)) != nil, "ids that do not decode")
  return 0
}
