// Any bytes as the metadata of a GGUF file: an error, or a vocabulary that fits together, and a
// tokenizer that encodes and decodes.

import Tokenization
import TokenizerFormats

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGGUF(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let vocabulary = try? GGUFVocabulary(bytes.span) else { return 0 }
  let tokens = vocabulary.texts.count
  precondition(vocabulary.scores.isEmpty || vocabulary.scores.count == tokens, "other scores")
  precondition(vocabulary.types.isEmpty || vocabulary.types.count == tokens, "other types")
  if let settings = try? vocabulary.settings() {
    for id in [settings.beginning, settings.end, settings.unknown, settings.separator] {
      if let id { precondition(Int(id) < tokens, "an id outside the vocabulary") }
    }
  }
  guard let definition = try? vocabulary.tokenizer(),
    let tokenizer = try? Tokenizer(definition)
  else { return 0 }
  for text in [Array(" ab abc\u{E9} <s>12\r\n".utf8), Array(bytes.suffix(64))] {
    guard let ids = try? tokenizer.encode(text.span, specialTokens: .parse) else { continue }
    precondition((try? tokenizer.decodeBytes(ids)) != nil, "ids that do not decode")
  }
  return 0
}
