/// What becomes of a text in which matches were found, in the words of huggingface's documentation:
/// splitting `the-final--countdown` at `-` gives
///
///     Removed             the final countdown
///     Isolated            the - final - - countdown
///     MergedWithPrevious  the- final- - countdown
///     MergedWithNext      the -final - -countdown
///     Contiguous          the - final -- countdown
///
/// - Parameters:
///   - matches: ascending, apart from one another or touching.
///   - behavior: one of the names above.
///   - inverted: matches and what lies between them change places.
/// - Returns: the parts, none empty.
package func referenceSplit(
  count: Int, matches: [Range<Int>], behavior: String, inverted: Bool
) -> [Range<Int>] {
  // One entry for each part: a match each, and what lies between two.
  var parts: [(range: Range<Int>, isMatch: Bool)] = []
  var start = 0
  for match in matches {
    if start < match.lowerBound { parts.append((start..<match.lowerBound, false)) }
    parts.append((match, true))
    start = match.upperBound
  }
  if start < count { parts.append((start..<count, false)) }
  if inverted { parts = parts.map { ($0.range, !$0.isMatch) } }

  var result: [Range<Int>] = []
  for (index, part) in parts.enumerated() {
    let previous = index > 0 ? parts[index - 1] : nil
    switch behavior {
    case "Removed" where part.isMatch: continue
    case "Contiguous" where previous?.isMatch == part.isMatch:
      result[result.count - 1] = result[result.count - 1].lowerBound..<part.range.upperBound
    // A match joins a neighbour only if that is no match itself.
    case "MergedWithPrevious" where part.isMatch && previous?.isMatch == false:
      result[result.count - 1] = result[result.count - 1].lowerBound..<part.range.upperBound
    case "MergedWithNext" where !part.isMatch && previous?.isMatch == true:
      result[result.count - 1] = result[result.count - 1].lowerBound..<part.range.upperBound
    default:
      result.append(part.range)
    }
  }
  return result.filter { !$0.isEmpty }
}
