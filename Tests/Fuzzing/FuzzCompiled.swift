// Any bytes as a compiled form: first as they are; then as changes to a valid one, three bytes for the
// place and one for the value, opened without its checksum, which would keep every change out.
//
// A forged form may stop the program by a check of ours when it is used (its reader says so); it may
// not read or write other memory, and opening it may not stop. So forged forms are opened and asked for
// their tokens, and only whole ones encode.

import SplitPatterns
import Tokenization
import TokenizerFormats

private let valid: [UInt8] = {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  for byte in 0..<256 {
    text += [digits[byte >> 2], digits[(byte & 3) << 4]]
    text += Array("== \(byte)\n".utf8)
  }
  text += Array("dGg= 256\nIHRo 257\nIHRoZQ== 258\n".utf8)
  guard let pattern = try? SplitPattern(#"\s*\w+|\W"#, dialect: .rust),
    let definition = try? readTiktoken(
      text.span, stem: nil, pattern: pattern, specialTokens: [AddedToken("<e>", id: 300)]),
    let tokenizer = try? Tokenizer(definition)
  else { preconditionFailure("the file to begin with is not valid") }
  return tokenizer.compiled()
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCompiled(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  if let tokenizer = try? Tokenizer(CompiledImage(input.span)) {
    let text = Array(" the <e> reason\r\n".utf8)
    _ = try? tokenizer.encode(text.span, specialTokens: .parse)
  }
  var bytes = valid
  var index = 0
  while index + 4 <= input.count {
    // Half of the changes meet the header and the table of sections.
    let number = Int(input[index]) << 16 | Int(input[index + 1]) << 8 | Int(input[index + 2])
    bytes[number & 1 == 0 ? number / 2 % 512 : number / 2 % bytes.count] = input[index + 3]
    index += 4
  }
  guard let forged = try? Tokenizer(CompiledImage(bytes.span), isTrusted: true) else { return 0 }
  for id in [0, 1, 255, 256, TokenID(clamping: forged.idCount), .max] {
    _ = forged.contains(id)
    _ = forged.isSpecial(id)
    _ = forged.bytes(of: id)
  }
  return 0
}
