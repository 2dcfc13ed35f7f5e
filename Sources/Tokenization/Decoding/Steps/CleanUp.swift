internal import UnicodeText

/// Takes away spaces that stand before punctuation and English contractions: replacements of
/// strings, one after another over the whole text, as huggingface's WordPiece decoder has them.
struct CleanUp: Sendable {
  /// In this order: a later one may match what an earlier one made.
  private static let all: [LiteralReplacement] = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
    (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
  ].map { LiteralReplacement(Array($0.0.utf8), content: Array($0.1.utf8)) }

  private var replacements = Self.all
  /// Whether part of the text has been taken.
  private var isWithinText = false
  private var spare: [UInt8] = []
  private var output: [UInt8] = []

  /// Takes more of a text.
  ///
  /// - Complexity: O(*n*), at once for a whole text without any of the strings.
  mutating func take(_ text: Span<UInt8>, endsText: Bool, into result: inout [UInt8]) {
    if endsText, !isWithinText, !Self.mayChange(text) {
      result.append(contentsOf: text)
      return
    }
    isWithinText = !endsText
    // Taken out, so that all can be used at once.
    var input: [UInt8] = []
    swap(&input, &spare)
    input.removeAll(keepingCapacity: true)
    input.append(contentsOf: text)
    for index in replacements.indices {
      output.removeAll(keepingCapacity: true)
      replacements[index].take(input.span, into: &output)
      if endsText { replacements[index].endText(into: &output) }
      swap(&input, &output)
    }
    result.append(contentsOf: input)
    swap(&input, &spare)
  }

  /// Whether one of the strings may stand in `text`; if none does, no replacement makes one.
  private static func mayChange(_ text: Span<UInt8>) -> Bool {
    var index = 0
    while index + 1 < text.count {
      if text[index] == 0x20 {
        switch text[index + 1] {
        case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: ","),
          UInt8(ascii: "'"):
          return true
        case UInt8(ascii: "n"):
          if index + 2 < text.count, text[index + 2] == UInt8(ascii: "'") { return true }
        case UInt8(ascii: "d"):
          if index + 3 < text.count, text[index + 3] == 0x20 { return true }
        default: break
        }
      }
      index += 1
    }
    return false
  }
}
