// Any bytes as a model file of SentencePiece: an error, or a file that fits together.

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
  return 0
}
