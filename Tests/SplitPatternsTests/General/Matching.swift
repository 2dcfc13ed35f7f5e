import SplitPatterns
import UnicodeText

/// The matches of a pattern in bytes, by their ranges.
func matches(
  _ source: String, _ dialect: SplitPattern.Dialect, in text: [UInt8]
) throws -> [Range<Int>] {
  let matcher = try PatternMatcher(SplitPattern(source, dialect: dialect))
  return try matches(of: matcher, in: text)
}

func matches(of matcher: PatternMatcher, in text: [UInt8]) throws -> [Range<Int>] {
  var ranges: [Range<Int>] = []
  try matcher.appendMatches(in: text.span, to: &ranges)
  return ranges
}

/// The matches of a pattern in a text, as texts.
func matchedTexts(
  _ source: String, _ dialect: SplitPattern.Dialect, in text: String
) throws -> [String] {
  let bytes = Array(text.utf8)
  return try matches(source, dialect, in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
}
