import Tok

/// What a vocabulary is made of, drawn as bars.
enum VocabularyDrawing {
  static func lines(_ makeup: VocabularyMakeup) -> [String] {
    let kinds = [
      ("beginning a word", makeup.wordBeginnings),
      ("continuing a word", makeup.wordContinuations), ("white space", makeup.whiteSpace),
      ("without letters", makeup.withoutLetters),
      ("parts of characters", makeup.partsOfCharacters), ("special", makeup.special),
      ("added", makeup.added), ("ids without token", makeup.holes),
    ]
    let scripts = makeup.scripts.prefix(12).map { ($0.name, $0.tokens) }
    let others = makeup.scripts.dropFirst(12)
    let rest =
      others.isEmpty
      ? [] : [("\(others.count) more", others.reduce(0) { $0 + $1.tokens })]
    return ["tokens by bytes"] + bars(lengths(makeup.lengths)) + ["tokens by script"]
      + bars(scripts + rest) + ["tokens by kind"] + bars(kinds)
      + ["bytes with a token: \(makeup.bytes) of 256"]
  }

  /// Each length up to 16, then doubling stretches.
  private static func lengths(_ counts: [Int]) -> [(String, Int)] {
    var rows: [(String, Int)] = []
    var start = counts.first == 0 ? 1 : 0
    while start < counts.count {
      let end = min(start <= 16 ? start + 1 : start * 2 - 1, counts.count)
      let name = end - start == 1 ? "\(start)" : "\(start) to \(end - 1)"
      rows.append((name, counts[start..<end].reduce(0, +)))
      start = end
    }
    return rows
  }

  /// A bar for each count, to one scale, in eighths of a column.
  private static func bars(_ rows: [(String, Int)]) -> [String] {
    let greatest = max(rows.map(\.1).max() ?? 0, 1)
    let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return rows.map { name, count in
      // What is there at all is seen.
      let length = count == 0 ? 0 : max(count * 240 / greatest, 1)
      let bar = String(repeating: "█", count: length / 8) + eighths[length % 8]
      let number = "\(count)"
      return "  " + name + spaces(20 - name.count) + spaces(8 - number.count) + number
        + (bar.isEmpty ? "" : "  \(bar)")
    }
  }

  private static func spaces(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }
}

/// A warning of tokens that no text becomes.
enum UnreachableDrawing {
  private static let shownCount = 6

  static func lines(_ tokens: [UnreachableToken], _ tokenizer: Tokenizer) -> [String] {
    guard !tokens.isEmpty else { return ["every token can come from text"] }
    let reasons: [(UnreachableToken.Reason, String)] = [
      (.madeOtherwise, "the model makes other tokens of their text"),
      (.cutOrChanged, "cut or changed before the model, in all surroundings tried"),
      (.hiddenByOthers, "other added tokens are found in their place"),
      (.byteNotNeeded, "bytes that no character without a token has"),
      (.notText, "not text"),
    ]
    var lines = ["warning: \(tokens.count) tokens that no text becomes"]
    for (reason, words) in reasons {
      let found = tokens.filter { $0.reason == reason }
      if found.isEmpty { continue }
      lines.append("  \(found.count): \(words)")
      for token in found.prefix(shownCount) {
        lines.append(
          "    \(token.id) \(PipelineDrawing.quoted(tokenizer.text(of: token.id)))")
      }
      if found.count > shownCount { lines.append("    … and more: --json lists all") }
    }
    return lines
  }
}
