import TestSupport
import Testing
import Tokenization

/// A text in parts, cut by chance, against the whole.
enum StreamedTexts {
  /// Cuts `text` into parts of up to `size` bytes.
  static func ids(
    of text: [UInt8], by encoder: inout StreamingEncoder, partSize: Int,
    using generator: inout SeededGenerator
  ) throws -> [TokenID] {
    var ids: [TokenID] = []
    var start = 0
    while start < text.count {
      let end = min(text.count, start + Int.random(in: 0...partSize, using: &generator))
      try encoder.append(text.span.extracting(start..<end), into: &ids)
      start = end
    }
    try encoder.finish(into: &ids)
    return ids
  }

  /// Compares `count` texts by `makeText`; the encoder is used again and again.
  static func check(
    _ tokenizer: Tokenizer, _ name: String, specialTokens: SpecialTokens = .asPlainText,
    seed: UInt64, count: Int = 100,
    makeText: (inout SeededGenerator) -> [UInt8] = {
      RandomText.mixture(Int.random(in: 0...40, using: &$0), using: &$0)
    }
  ) throws {
    var generator = SeededGenerator(seed: seed)
    var encoder = try tokenizer.streamingEncoder(specialTokens: specialTokens)
    for _ in 0..<count {
      let text = makeText(&generator)
      let whole = try tokenizer.encode(text.span, specialTokens: specialTokens)
      let size = [1, 3, 10, 1000].randomElement(using: &generator) ?? 1
      let ids = try ids(of: text, by: &encoder, partSize: size, using: &generator)
      guard ids == whole else {
        let shown = String(decoding: text, as: UTF8.self).debugDescription
        Issue.record("\(name): \(shown) \(text) in parts of \(size): \(ids), not \(whole)")
        return
      }
    }
  }
}
