internal import UnicodeText

/// Turns every byte into its character of the byte alphabet.
struct ByteAlphabetNormalization: Sendable {
  /// Appends the characters; false, and nothing is appended, if all bytes stand for themselves.
  ///
  /// - Complexity: O(*n*).
  func append(_ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) -> Bool {
    var kept = 0
    while kept < text.count, staysItself(text[kept]) { kept += 1 }
    if kept == text.count { return false }
    ByteAlphabet.appendText(of: text, to: &output)
    guard edits != nil else { return true }
    for place in kept..<text.count {
      if staysItself(text[place]) {
        kept += 1
      } else {
        edits?.keep(kept)
        edits?.replace(originalCount: 1, normalizedCount: 2)
        kept = 0
      }
    }
    edits?.keep(kept)
    return true
  }

  /// All other characters of the alphabet have two bytes.
  private func staysItself(_ byte: UInt8) -> Bool { 0x21...0x7E ~= byte }
}
