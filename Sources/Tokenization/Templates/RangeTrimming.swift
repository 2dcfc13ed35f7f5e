internal import UnicodeText

/// Leaves the white space that tokens begin and end with out of their ranges, as huggingface's
/// `ByteLevel` and `RobertaProcessing` do with `trim_offsets`.
///
/// The first token, and any at the beginning of the text, keeps one space where `addsPrefixSpace` is
/// set: it is taken for the one that was put there. That is so in the original where the text itself
/// begins with a space, too.
struct RangeTrimming: Hashable, Sendable {
  var addsPrefixSpace: Bool
  /// No token was put before the text when it was trimmed.
  var isAtStart: Bool
}

/// What trimming must know of tokens.
struct RangeTrimmer: Sendable {
  private let vocabulary: Vocabulary
  private let spellsTokens: Bool
  private let added: Set<TokenID>

  /// - Parameter spellsTokens: the vocabulary has the bytes that its tokens' texts stand for in the
  ///   byte alphabet, instead of the texts.
  init(_ vocabulary: Vocabulary, spellsTokens: Bool, addedTokens: [AddedToken]) {
    self.vocabulary = vocabulary
    self.spellsTokens = spellsTokens
    added = Set(addedTokens.map(\.id))
  }

  /// Trims the ranges of some tokens of `text`, once for each of `trimmings`: a second time takes as
  /// many characters again, as in the original.
  ///
  /// - Parameter first: the first of the tokens that a post-processor sees.
  /// - Complexity: O(*b*) in the bytes of the tokens.
  func trim(
    _ ids: [TokenID], _ ranges: inout [Range<Int>], _ tokens: Range<Int>, first: Int,
    of text: Span<UInt8>, _ trimmings: [RangeTrimming]
  ) {
    for index in tokens {
      let spaces = spaces(around: ids[index], ranges[index], in: text)
      for trimming in trimmings {
        let range = ranges[index]
        let isFirst = trimming.isAtStart && index == first || range.lowerBound == 0
        let keepsSpace = isFirst && trimming.addsPrefixSpace && spaces.leading == 1
        ranges[index] = Self.trimmed(
          range, by: keepsSpace ? 0 : spaces.leading, spaces.trailing, in: text)
      }
    }
  }

  private static func trimmed(
    _ range: Range<Int>, by leading: Int, _ trailing: Int, in text: Span<UInt8>
  ) -> Range<Int> {
    var lower = range.lowerBound
    for _ in 0..<leading where lower < range.upperBound {
      lower = min(lower + decodeScalar(in: text, at: lower).length, range.upperBound)
    }
    // Where the text has fewer characters so far, as before a space that was put there, the original
    // leaves the end alone.
    let end = index(trailing, before: range.upperBound, in: text) ?? range.upperBound
    return lower..<max(end, lower)
  }

  /// The place `count` characters before `end`; nil if there are fewer.
  private static func index(_ count: Int, before end: Int, in text: Span<UInt8>) -> Int? {
    var index = end
    for _ in 0..<count {
      guard index > 0 else { return nil }
      index -= decodeScalar(in: text, endingAt: index).length
    }
    return index
  }

  /// How many characters of white space the token's text begins and ends with. An added token's is
  /// what it matched, with the space that it stripped.
  private func spaces(
    around id: TokenID, _ range: Range<Int>, in text: Span<UInt8>
  ) -> (leading: Int, trailing: Int) {
    if added.contains(id) {
      return Self.spaces(around: text.extracting(range.clamped(to: 0..<text.count)))
    }
    let bytes = vocabulary.bytes.span.extracting(vocabulary.range(of: id))
    guard spellsTokens, vocabulary.isSpelled(id) else { return Self.spaces(around: bytes) }
    var leading = 0
    while leading < bytes.count, bytes[leading] == 0x20 { leading += 1 }
    var trailing = 0
    while trailing < bytes.count, bytes[bytes.count - 1 - trailing] == 0x20 { trailing += 1 }
    return (leading, trailing)
  }

  private static func spaces(around text: Span<UInt8>) -> (leading: Int, trailing: Int) {
    var leading = 0
    var index = 0
    while index < text.count {
      let scalar = decodeScalar(in: text, at: index)
      guard isSpace(scalar) else { break }
      leading += 1
      index += scalar.length
    }
    var trailing = 0
    var end = text.count
    while end > 0 {
      let scalar = decodeScalar(in: text, endingAt: end)
      guard isSpace(scalar) else { break }
      trailing += 1
      end -= scalar.length
    }
    return (leading, trailing)
  }

  /// White space, or the character that stands for a space in the byte alphabet.
  private static func isSpace(_ scalar: DecodedScalar) -> Bool {
    guard scalar.isValid else { return false }
    return scalar.value == 0x120
      || ScalarClassSet.whiteSpace.contains(ScalarClassTable.shared[scalar.value])
  }
}
