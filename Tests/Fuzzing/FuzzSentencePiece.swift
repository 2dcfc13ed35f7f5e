// Any bytes as a model file of SentencePiece: an error, or a file that fits together, and a tokenizer
// that encodes and decodes.

import Tokenization
import TokenizerFormats

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSentencePiece(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let format = recognizeFormat(bytes.span)
  guard let file = try? SentencePieceFile(bytes.span) else { return 0 }
  precondition(format != nil || file.texts.count > 0, "a model without tokens")
  precondition(
    file.scores.count == file.texts.count && file.types.count == file.texts.count,
    "lists of other lengths")
  precondition(file.types[Int(file.unknown)] == .unknown, "the unknown token is another")
  precondition(file.byteTokens.isEmpty || file.byteTokens.count == 256, "some bytes have a token")
  for id in [file.roles.beginning, file.roles.end, file.roles.padding] {
    if let id { precondition(file.types[Int(id)] == .control, "a role without a control token") }
  }
  guard let definition = try? file.tokenizer(), let tokenizer = try? Tokenizer(definition) else {
    return 0
  }
  for text in [Array(" a aa <x>\u{E9}\u{FB01} \r\n".utf8), Array(bytes.suffix(64))] {
    guard let ids = try? tokenizer.encode(text.span, specialTokens: .parse) else { continue }
    let tokens = try? tokenizer.tokenize(text.span, specialTokens: .parse)
    precondition(tokens?.map(\.id) == ids, "tokenize and encode differ")
    precondition((try? tokenizer.decodeBytes(ids)) != nil, "ids that do not decode")
  }
  return 0
}
