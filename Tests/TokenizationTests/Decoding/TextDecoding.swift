import Testing

@testable import Tokenization

/// Decodes lists of texts by a decoder, as if they were the tokens of a file.
struct TextDecoding {
  let plan: DecodingPlan

  init(_ decoder: TokenDecoder) throws {
    plan = try DecodingPlan(decoder, isByteLevel: false)
  }

  /// What is passed on for each text, and last what finishing gives; one part only unless `inParts`.
  func decode(_ texts: [[UInt8]], inParts: Bool) throws -> [[UInt8]] {
    var tokens = ByteStrings()
    var ids: [[UInt8]: TokenID] = [:]
    for text in texts where ids[text] == nil {
      ids[text] = TokenID(ids.count)
      tokens.append(text)
    }
    let model = BytePairDefinition(
      tokens: tokens, ids: (0..<ids.count).map { TokenID($0) }, merges: .byID,
      takesWholePretokens: false)
    let vocabulary = try Vocabulary(model: model, addedTokens: []) { _ in [] }
    var run = DecodingRun(plan)
    var parts: [[UInt8]] = [[]]
    for text in texts {
      let last = parts.count - 1
      try run.append(ids[text] ?? 0, of: vocabulary, atOnce: inParts, to: &parts[last])
      if inParts { parts.append([]) }
    }
    let last = parts.count - 1
    try run.finish(to: &parts[last])
    return parts
  }

  func text(_ texts: [String]) throws -> String {
    let bytes = try decode(texts.map { Array($0.utf8) }, inParts: false).joined()
    return String(decoding: bytes, as: UTF8.self)
  }

  func parts(_ texts: [String]) throws -> [String] {
    try decode(texts.map { Array($0.utf8) }, inParts: true).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
