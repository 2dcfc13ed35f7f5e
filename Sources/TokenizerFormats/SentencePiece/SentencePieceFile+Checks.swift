internal import Tokenization

extension SentencePieceFile {
  /// Finds what can be wrong with the tokens as a whole, and the tokens with a part to play.
  ///
  /// - Complexity: O(*n*) in the bytes of the tokens.
  mutating func check() throws(VocabularyError) {
    guard texts.count > 0 else { throw VocabularyError(.missing, "the file holds no token") }
    try checkUniqueness()
    unknown = try findUnknown()
    byteTokens = try findByteTokens()
    roles = TokenRoles(
      beginning: controlToken(trainer.beginningText), end: controlToken(trainer.endText),
      padding: controlToken(trainer.paddingText), unknown: unknown)
    if denormalizer?.precompiledCharsMap.isEmpty == true { denormalizer = nil }
  }

  /// A string may stand for a token of text and one that is not, as in the original; no more.
  private func checkUniqueness() throws(VocabularyError) {
    let index = ByteStringIndex(texts)
    var seconds: Set<Int> = []
    for again in index.duplicates {
      guard let first = index[texts[again].span] else { continue }
      guard types[first].isOfText != types[again].isOfText, seconds.insert(first).inserted else {
        throw VocabularyError(
          .duplicate, "the token `\(text(again))` stands at pieces[\(first)] too",
          path: "pieces[\(again)]")
      }
    }
  }

  private func findUnknown() throws(VocabularyError) -> TokenID {
    var found: Int?
    for (place, type) in types.enumerated() where type == .unknown {
      if let found {
        throw VocabularyError(
          .duplicate, "a second unknown token, where pieces[\(found)] is one",
          path: "pieces[\(place)]")
      }
      found = place
    }
    guard let found else { throw VocabularyError(.missing, "no token is of the type `unknown`") }
    return TokenID(found)
  }

  private func findByteTokens() throws(VocabularyError) -> [TokenID] {
    var tokens = [TokenID?](repeating: nil, count: 256)
    for (place, type) in types.enumerated() where type == .byte {
      guard trainer.hasByteFallback else {
        throw VocabularyError(
          .malformed, "the byte token `\(text(place))` in a model without byte fallback",
          path: "pieces[\(place)]")
      }
      guard let byte = byteToken(texts[place]) else {
        throw VocabularyError(
          .malformed, "the byte token `\(text(place))`, where `<0x00>` to `<0xFF>` are known",
          path: "pieces[\(place)]")
      }
      tokens[Int(byte)] = TokenID(place)
    }
    guard trainer.hasByteFallback else { return [] }
    if let missing = tokens.firstIndex(of: nil) {
      throw VocabularyError(.missing, "byte fallback without a token for the byte \(missing)")
    }
    return tokens.compactMap(\.self)
  }

  private func controlToken(_ name: [UInt8]) -> TokenID? {
    for place in types.indices where types[place] == .control {
      if texts.bytes[texts.range(place)].elementsEqual(name) { return TokenID(place) }
    }
    return nil
  }

  private func text(_ place: Int) -> String { String(decoding: texts[place], as: UTF8.self) }
}

/// The byte that `<0x0A>` stands for: two hexadecimal digits, upper case.
func byteToken(_ text: [UInt8]) -> UInt8? {
  guard text.count == 6, text.starts(with: Array("<0x".utf8)), text[5] == UInt8(ascii: ">") else {
    return nil
  }
  var value: UInt8 = 0
  for digit in text[3..<5] {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | (digit - UInt8(ascii: "0"))
    case UInt8(ascii: "A")...UInt8(ascii: "F"):
      value = value << 4 | (digit - UInt8(ascii: "A") + 10)
    default: return nil
    }
  }
  return value
}
