// Any bytes as a pattern of either dialect: the first says which, and how many of the rest are the
// text. An error, a limit that is met, or matches in order within the text.

import SplitPatterns

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzPattern(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = bytes.first else { return 0 }
  let textCount = min(Int(first >> 1), count - 1)
  let source = String(decoding: bytes[1..<(count - textCount)], as: UTF8.self)
  let text = Array(bytes[(count - textCount)...])
  var limits = MatchLimits()
  limits.steps = 20_000
  limits.milliseconds = 100
  guard let pattern = try? SplitPattern(source, dialect: first & 1 == 0 ? .rust : .oniguruma),
    let matcher = try? PatternMatcher(pattern, limits: limits)
  else { return 0 }
  var ranges: [Range<Int>] = []
  try? matcher.appendMatches(in: text.span, to: &ranges)
  var end = 0
  for range in ranges {
    precondition(range.lowerBound >= end && range.upperBound <= text.count, "matches out of order")
    end = range.upperBound
  }
  return 0
}
