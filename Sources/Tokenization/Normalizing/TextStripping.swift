internal import UnicodeText

/// Takes white space from the ends of a text.
struct TextStripping: Sendable {
  let left: Bool
  let right: Bool

  /// Appends what is left; false, and nothing is appended, if that is all of `text`.
  ///
  /// - Complexity: O(*n*) in what is copied or taken.
  func append(_ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) -> Bool {
    var start = 0
    var end = text.count
    while left, start < end {
      let scalar = decodeScalar(in: text, at: start)
      guard isWhiteSpace(scalar) else { break }
      start += scalar.length
    }
    while right, end > start {
      let scalar = decodeScalar(in: text, endingAt: end)
      guard isWhiteSpace(scalar) else { break }
      end -= scalar.length
    }
    guard end - start < text.count else { return false }
    output.append(contentsOf: text.extracting(start..<end))
    edits?.replace(originalCount: start, normalizedCount: 0)
    edits?.keep(end - start)
    edits?.replace(originalCount: text.count - end, normalizedCount: 0)
    return true
  }

  /// Whether the step takes `scalar`.
  func isWhiteSpace(_ scalar: DecodedScalar) -> Bool {
    scalar.isValid && ScalarClassSet.whiteSpace.contains(ScalarClassTable.shared[scalar.value])
  }
}
