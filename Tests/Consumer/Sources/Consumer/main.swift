import Tok

// A vocabulary of 256 bytes and two tokens, or the file that is named.
func bytesAlone() throws -> Tokenizer {
  let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var file: [UInt8] = []
  for byte in 0..<256 {
    file += [digits[byte >> 2], digits[(byte & 3) << 4]]
    file += Array("== \(byte)\n".utf8)
  }
  file += Array("dGg= 256\ndGhl 257\n".utf8)
  let pattern = try SplitPattern(#"\w+|\W"#, dialect: .rust)
  return try Tokenizer(bytes: file.span, pattern: pattern)
}

let path = CommandLine.arguments.dropFirst().first
let tokenizer = try path.map { try Tokenizer(contentsOf: $0) } ?? bytesAlone()
let text = "the end"

let ids = try tokenizer.encode(text)
let count = try tokenizer.countTokens(in: text)
let parts = try tokenizer.tokenize(text)
var context = EncodingContext()
var buffer: [TokenID] = []
try tokenizer.encode(text.utf8.span, into: &buffer, using: &context)
guard try tokenizer.decode(ids) == text, count == ids.count, parts.map(\.id) == ids, buffer == ids
else { fatalError("encoding and decoding differ") }
print(ids.map { String($0) }.joined(separator: " "))
