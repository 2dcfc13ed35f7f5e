// Any bytes as what stands beside a tokenizer: tokenizer_config.json, special_tokens_map.json and
// chat_template.jinja, with a NUL between them. An error, or values that fit together; and what they make
// of a vocab.txt and of a SentencePiece model is an error or a tokenizer.

import Tokenization
import TokenizerFormats

private let definitions: [TokenizerDefinition] = {
  let words = Array("[UNK]\n[CLS]\n[SEP]\na\n".utf8)
  let model: [UInt8] = [
    0x0A, 0x09, 0x0A, 0x05, 0x3C, 0x75, 0x6E, 0x6B, 0x3E, 0x18, 0x02,  // <unk>
    0x0A, 0x07, 0x0A, 0x03, 0x3C, 0x73, 0x3E, 0x18, 0x03,  // <s>
    0x0A, 0x03, 0x0A, 0x01, 0x61,  // a
  ]
  guard let list = try? readBERTVocabulary(words.span),
    let file = try? SentencePieceFile(model.span), let definition = try? file.tokenizer()
  else { preconditionFailure("the files to begin with are not valid") }
  return [list, definition]
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let files = input.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map(
    Array.init)
  let (members, map, template) = (files[0], files.dropFirst().first ?? [], files.dropFirst(2).first)
  let templateBytes = template ?? []
  guard
    let configuration = try? TokenizerConfiguration(
      configuration: members.span, specialTokensMap: map.isEmpty ? nil : map.span,
      chatTemplate: template == nil ? nil : templateBytes.span)
  else { return 0 }
  let ids = (configuration.addedTokens ?? []).map(\.id)
  precondition(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }, "added tokens out of order")
  precondition(configuration.maximumLength.map { $0 >= 0 } ?? true, "a length below 0")
  _ = configuration.roles { $0.isEmpty ? nil : 1 }
  for definition in definitions {
    guard let tokenizer = try? Tokenizer(configuration.applied(to: definition)) else { continue }
    let text = Array(" a<s>a".utf8) + input.suffix(64)
    guard let ids = try? tokenizer.encode(text.span, specialTokens: .parse) else { continue }
    precondition((try? tokenizer.decodeBytes(ids)) != nil, "ids that do not decode")
  }
  return 0
}
