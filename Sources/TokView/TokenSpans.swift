public import Tokenization
internal import UnicodeText

/// A stretch of a text that is shown as one, with the tokens that stand for it.
///
/// Its ends are ends of characters as readers see them, so that marks stay with their letters and an
/// emoji is not torn: tokens that share a character share a span. A token of the template, which
/// stands for no text, has an empty span of its own.
public struct TokenSpan: Hashable, Sendable {
  /// The bytes of the text.
  public var range: Range<Int>
  /// The places of its tokens in the list of tokens; at least one.
  public var tokens: Range<Int>

  public init(range: Range<Int>, tokens: Range<Int>) {
    self.range = range
    self.tokens = tokens
  }
}

/// Where a text may be cut for showing.
///
/// The ends of extended grapheme clusters (Unicode annex 29), but for clusters of many bytes: a
/// thousand marks on one letter are cut after each scalar, since nobody could read them as one and a
/// browser would try.
struct ShownCharacters {
  /// True where a character begins, and at the end of the text.
  private let isBorder: [Bool]
  /// Clusters of more bytes are cut. An emoji of a family of four has 25.
  private static let longestCluster = 256

  /// - Complexity: O(*n*).
  init(_ text: Span<UInt8>) {
    var isBorder = [Bool](repeating: false, count: text.count + 1)
    let breaks = GraphemeBreaks()
    var start = 0
    while start < text.count {
      isBorder[start] = true
      let end = breaks.end(of: start, in: text)
      if end - start > Self.longestCluster {
        while start < end {
          isBorder[start] = true
          start += decodeScalar(in: text, at: start).length
        }
      }
      start = end
    }
    isBorder[text.count] = true
    self.isBorder = isBorder
  }

  /// The last border at or before `place`.
  func floor(_ place: Int) -> Int {
    var place = place
    while !isBorder[place] { place -= 1 }
    return place
  }

  /// The first border at or behind `place`.
  func ceiling(_ place: Int) -> Int {
    var place = place
    while !isBorder[place] { place += 1 }
    return place
  }
}

extension TokenSpan {
  /// The spans of `tokens`, in order. Text that no token stands for, as white space that a normalizer
  /// took away, is in none.
  ///
  /// - Parameter tokens: what ``Tokenizer/tokenize(_:specialTokens:addsTemplate:)`` gave for `text`.
  /// - Complexity: O(*n* + *t*) in the bytes of the text and the tokens.
  public static func spans(of tokens: [Token], in text: Span<UInt8>) -> [TokenSpan] {
    spans(of: tokens, in: ShownCharacters(text))
  }

  static func spans(of tokens: [Token], in characters: ShownCharacters) -> [TokenSpan] {
    var spans: [TokenSpan] = []
    for (index, token) in tokens.enumerated() {
      let last = spans.last
      let end = last?.range.upperBound ?? 0
      let lower = characters.floor(token.range.lowerBound)
      let upper = max(characters.ceiling(token.range.upperBound), end)
      // What begins within a span belongs to it, and so does what stands for no text there.
      let isWithin = token.range.isEmpty ? token.range.lowerBound < end : lower < end
      if let last, isWithin, !last.range.isEmpty {
        spans[spans.count - 1] = TokenSpan(
          range: last.range.lowerBound..<(token.range.isEmpty ? end : upper),
          tokens: last.tokens.lowerBound..<(index + 1))
      } else {
        let start = max(lower, end)
        spans.append(
          TokenSpan(
            range: start..<(token.range.isEmpty ? start : upper), tokens: index..<(index + 1)))
      }
    }
    return spans
  }
}
