// Any bytes as a list of words: the first says whether as vocab.txt, as RWKV's vocabulary, or as a
// vocab.json, a NUL and a merges.txt. An error, or a tokenizer that encodes and decodes.

import Tokenization
import TokenizerFormats

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWordLists(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let kind = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  guard let definition = try? definition(kind % 3, bytes),
    let tokenizer = try? Tokenizer(definition)
  else { return 0 }
  for text in [Array(" the ab [MASK] ab\u{E9}ab\r\n".utf8), Array(bytes.suffix(64))] {
    guard let ids = try? tokenizer.encode(text.span, specialTokens: .parse) else { continue }
    let tokens = try? tokenizer.tokenize(text.span, specialTokens: .parse)
    precondition(tokens?.map(\.id) == ids, "tokenize and encode differ")
    precondition((try? tokenizer.decodeBytes(ids)) != nil, "ids that do not decode")
  }
  return 0
}

private func definition(
  _ kind: UInt8, _ bytes: [UInt8]
) throws(VocabularyError) -> TokenizerDefinition {
  switch kind {
  case 0: return try readBERTVocabulary(bytes.span)
  case 1:
    return TokenizerDefinition(
      pipeline: Pipeline(splitter: Splitter([]), decoder: .bytes),
      model: try readRWKVVocabulary(bytes.span))
  default:
    let end = bytes.firstIndex(of: 0) ?? bytes.count
    let vocabulary = Array(bytes[..<end])
    let merges = Array(bytes[end...].dropFirst())
    return try readWordLists(vocabulary: vocabulary.span, merges: merges.span)
  }
}
