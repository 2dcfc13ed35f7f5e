// Any bytes as a .tiktoken file: an error, or a tokenizer that encodes and decodes. So that it gets
// beyond the missing bytes, a file of all of them stands before every second input.

import SplitPatterns
import Tokenization
import TokenizerFormats

private let pattern = try? SplitPattern(#"\p{L}+|\s+|[^\s\p{L}]+"#, dialect: .rust)

private let allBytes: [UInt8] = {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  for byte in 0..<256 {
    text += [digits[byte >> 2], digits[(byte & 3) << 4]]
    text += Array("== \(byte)\n".utf8)
  }
  return text
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTiktoken(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let bytes = input.first.map { $0 & 1 == 0 ? allBytes + input.dropFirst() : input } ?? []
  guard
    let definition = try? readTiktoken(
      bytes.span, stem: nil, pattern: pattern, specialTokens: nil),
    let tokenizer = try? Tokenizer(definition)
  else { return 0 }
  let text = Array(input.suffix(64))
  guard let ids = try? tokenizer.encode(text.span) else { return 0 }
  precondition((try? tokenizer.decodeBytes(ids)) == text, "decoding does not give the text back")
  return 0
}
