internal import Tok
internal import TokenizerFormats

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// `tok-conformance FILE`: encodes what is asked for on standard input with the vocabulary in FILE, for
/// the scripts beside it. A JSON object a line goes in and comes out.
@main
struct Driver {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      print("usage: tok-conformance FILE < cases.jsonl")
      return
    }
    let tokenizer = try Tokenizer(contentsOf: CommandLine.arguments[1])
    while let line = readLine() {
      let request = try Request(JSONValue(parsing: line.utf8Span.span))
      print(String(decoding: answer(request, tokenizer).write(), as: UTF8.self))
      // Whoever asked waits for the line.
      fflush(nil)
    }
  }

  static func answer(_ request: Request, _ tokenizer: Tokenizer) -> JSONValue {
    do {
      let encoded: [EncodedText]
      if request.inputs.count == 1 {
        // The other entry.
        let input = request.inputs[0]
        encoded = [
          try tokenizer.encodeText(input.first, and: input.second, options: request.options)
        ]
      } else {
        encoded = try tokenizer.encodeTexts(request.inputs, options: request.options, threads: 2)
      }
      return .array(
        zip(encoded, request.inputs).map { self.answer($0, $1, request.unit) })
    } catch {
      return .string("\(error)")
    }
  }

  private static func answer(
    _ encoded: EncodedText, _ input: TextInputs, _ unit: TextUnit
  ) -> JSONValue {
    let ranges = encoded.ranges(in: unit, of: input.first, and: input.second)
    func list(_ numbers: [Int]) -> JSONValue { .array(numbers.map { JSONValue($0) }) }
    func list(_ numbers: [Int?]) -> JSONValue {
      .array(numbers.map { $0.map { JSONValue($0) } ?? .null })
    }
    return JSONValue([
      "ids": list(encoded.ids.map { Int($0) }),
      "starts": list(ranges.map(\.lowerBound)),
      "ends": list(ranges.map(\.upperBound)),
      "words": list(encoded.wordIndices),
      "types": list(encoded.typeIDs),
      "texts": list(encoded.textIndices),
      "special": list(encoded.specialMask),
      "attention": list(encoded.attentionMask),
      "overflow": .array(encoded.overflow.map { answer($0, input, unit) }),
    ])
  }
}
