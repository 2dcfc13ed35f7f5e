// Any bytes as what stands beside a tokenizer: tokenizer_config.json, special_tokens_map.json and
// chat_template.jinja, with a NUL between them. An error, or values that fit together.

import Tokenization
import TokenizerFormats

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let files = input.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map(
    Array.init)
  let empty: [UInt8] = []
  guard
    let configuration = try? TokenizerConfiguration(
      configuration: files[0].span,
      specialTokensMap: files.count > 1 ? files[1].span : nil,
      chatTemplate: files.count > 2 ? files[2].span : empty.span)
  else { return 0 }
  let ids = (configuration.addedTokens ?? []).map(\.id)
  precondition(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }, "added tokens out of order")
  precondition(configuration.maximumLength.map { $0 >= 0 } ?? true, "a length below 0")
  _ = configuration.roles { $0.isEmpty ? nil : 1 }
  return 0
}
