internal import Tok
internal import TokenizerFormats

/// What a line asks for; what is left out has its default.
///
///     {"inputs": [["a text", ["its", "words"]], ["another"]], "unit": "scalars", "special": true,
///      "template": false, "ranges": true, "trim": true, "overflow": true,
///      "truncation": {"length": 8, "strategy": "LongestFirst", "stride": 2, "side": "Right"},
///      "padding": {"length": 16, "multiple": 4, "side": "Left", "id": 0, "type": 0}}
struct Request {
  var inputs: [TextInputs] = []
  var options = EncodingOptions()
  var unit = TextUnit.scalars

  init(_ line: JSONValue) {
    for input in line["inputs"]?.elements ?? [] {
      let texts = input.elements.map(Self.text)
      if let first = texts.first {
        inputs.append(TextInputs(first, and: texts.count > 1 ? texts[1] : nil))
      }
    }
    switch line["unit"] {
    case .string("bytes"): unit = .bytes
    case .string("utf16"): unit = .utf16
    default: break
    }
    if line["special"] == .bool(true) { options.specialTokens = .parse }
    options.addsTemplate = line["template"] != .bool(false)
    options.findsRanges = line["ranges"] != .bool(false)
    options.trimsRanges = line["trim"] == .bool(true)
    options.keepsOverflow = line["overflow"] == .bool(true)
    if let lengths = line["truncation"] {
      options.truncation = Truncation(
        maximumLength: lengths["length"]?.int ?? 0,
        strategy: lengths["strategy"]?.text.flatMap { .init(rawValue: $0) } ?? .longestFirst,
        stride: lengths["stride"]?.int ?? 0,
        direction: lengths["side"]?.text.flatMap { .init(rawValue: $0) } ?? .right)
    }
    if let lengths = line["padding"] {
      options.padding = Padding(
        strategy: lengths["length"]?.int.map { .fixed($0) } ?? .batchLongest,
        direction: lengths["side"]?.text.flatMap { .init(rawValue: $0) } ?? .right,
        multiple: lengths["multiple"]?.int, id: TokenID(lengths["id"]?.int ?? 0),
        typeID: lengths["type"]?.int ?? 0, token: "")
    }
  }

  private static func text(_ value: JSONValue) -> TextInput {
    if case .string(let text) = value { return .text(text) }
    return .words(value.elements.compactMap(\.text))
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }

  fileprivate var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  fileprivate var int: Int? {
    if case .number(let digits) = self { Int(digits) } else { nil }
  }
}
