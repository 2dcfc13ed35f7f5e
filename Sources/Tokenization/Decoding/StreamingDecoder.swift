internal import UnicodeText

/// Decodes ids as they come and never hands out a part of a character.
///
///     var decoder = StreamingDecoder(tokenizer)
///     for id in generated { print(try decoder.append(id), terminator: "") }
///     print(decoder.finish())
///
/// All that it returned, put together, is what `decode` gives for all ids at once.
///
/// - Complexity: O(*b*) a token in its bytes; at most three bytes are held back.
public struct StreamingDecoder: Sendable {
  private let tokenizer: Tokenizer
  private let keepsSpecialTokens: Bool
  private var pending: [UInt8] = []
  private var isFirst = true
  private var count = 0

  public init(_ tokenizer: Tokenizer, keepsSpecialTokens: Bool = false) {
    self.tokenizer = tokenizer
    self.keepsSpecialTokens = keepsSpecialTokens
  }

  /// The text that `id` completes; empty while a character is not whole.
  ///
  /// - Throws: an id without a token; what came before stays.
  public mutating func append(_ id: TokenID) throws(DecodingError) -> String {
    guard tokenizer.vocabulary.contains(id) else {
      throw DecodingError(
        reason: .unknownID, index: count, message: "no token has the id \(id), at place \(count)")
    }
    count += 1
    if !keepsSpecialTokens && tokenizer.isSpecial(id) { return "" }
    tokenizer.append(id, isFirst: isFirst, to: &pending)
    isFirst = false
    let whole = pending.count - incompleteSuffixCount
    let text = String(decoding: pending[..<whole], as: UTF8.self)
    pending.removeFirst(whole)
    return text
  }

  /// What is held back, repaired; the decoder is then as new.
  public mutating func finish() -> String {
    let text = String(decoding: pending, as: UTF8.self)
    pending = []
    isFirst = true
    count = 0
    return text
  }

  /// How many bytes at the end may be the beginning of a character.
  private var incompleteSuffixCount: Int {
    for length in 1...3 where length <= pending.count {
      let byte = pending[pending.count - length]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
      guard needed > length else { return 0 }
      // What cannot be completed is repaired now.
      var candidate = Array(pending.suffix(length))
      candidate.append(contentsOf: Array(repeating: 0x80, count: needed - length))
      return isBeginning(candidate, of: length) ? length : 0
    }
    return 0
  }

  /// Whether some character begins with the first `length` bytes of `candidate`.
  private func isBeginning(_ candidate: [UInt8], of length: Int) -> Bool {
    if decodeScalar(in: candidate.span, at: 0).isValid { return true }
    // Behind E0 and F0 only high bytes may follow: try one.
    guard length == 1 else { return false }
    var other = candidate
    other[1] = 0x9F
    if decodeScalar(in: other.span, at: 0).isValid { return true }
    other[1] = 0xBF
    return decodeScalar(in: other.span, at: 0).isValid
  }
}
