/// A pattern that one of our scanners cuts by.
package enum RecognizedPattern: Hashable, Sendable {
  case gpt2
  case cl100k(digits: Int, keepsTrailingSpace: Bool, marksAreLetters: Bool)
  case o200k

  /// The scanner for `pattern`, whichever way it is spelled; nil if there is none.
  ///
  /// All these patterns match at every place, so that it does not matter whether matches are kept
  /// apart or what lies between them is left out.
  package init?(_ pattern: SplitPattern) {
    let sameText = Self.spellings.first {
      $0.source == pattern.source && $0.dialect == pattern.dialect
    }
    if let sameText {
      self = sameText.meaning
      return
    }
    guard let sameTree = Self.trees.first(where: { $0.tree == pattern.tree }) else { return nil }
    self = sameTree.meaning
  }

  /// How a tokenizer.json spells it; nil if its meaning has no usual spelling there.
  var onigurumaSpelling: SplitPattern? {
    let spelling = Self.spellings.first { $0.meaning == self && $0.dialect == .oniguruma }
    return spelling.flatMap { try? SplitPattern($0.source, dialect: .oniguruma) }
  }

  private struct Spelling {
    var source: String
    var dialect: SplitPattern.Dialect
    var meaning: RecognizedPattern
  }

  private static let trees: [(tree: PatternNode, meaning: RecognizedPattern)] =
    spellings.compactMap { spelling in
      guard let pattern = try? SplitPattern(spelling.source, dialect: spelling.dialect) else {
        return nil
      }
      return (pattern.tree, spelling.meaning)
    }

  private static let spellings: [Spelling] = {
    var spellings: [Spelling] = []
    func add(_ source: String, _ dialects: [SplitPattern.Dialect], _ meaning: RecognizedPattern) {
      for dialect in dialects {
        spellings.append(Spelling(source: source, dialect: dialect, meaning: meaning))
      }
    }
    let endings = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)"#
    let space = #"\s*[\r\n]+|\s+(?!\S)|\s+"#
    let signs = #" ?[^\s\p{L}\p{N}]+[\r\n]*"#
    let both: [SplitPattern.Dialect] = [.rust, .oniguruma]

    add(
      #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, both, .gpt2)
    add(
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#, both, .gpt2)
    // White space at the end is whole either way: there `\s+(?!\S)` takes all of it.
    add(
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#, [.rust],
      .gpt2)

    add(
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"#
        + #"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#, [.rust],
      .cl100k(digits: 3, keepsTrailingSpace: true, marksAreLetters: false))
    add(
      #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]++[\r\n]*"#
        + #"|\s*[\r\n]|\s+(?!\S)|\s+"#, [.rust],
      .cl100k(digits: 3, keepsTrailingSpace: false, marksAreLetters: false))
    add(
      #"\#(endings)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}|\#(signs)|\#(space)"#, both,
      .cl100k(digits: 3, keepsTrailingSpace: false, marksAreLetters: false))
    add(
      #"\#(endings)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}|\#(signs)|\#(space)"#, both,
      .cl100k(digits: 1, keepsTrailingSpace: false, marksAreLetters: false))
    add(
      #"\#(endings)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\#(space)"#,
      both, .cl100k(digits: 1, keepsTrailingSpace: false, marksAreLetters: true))

    let upper = #"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]"#
    let lower = #"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"#
    add(
      #"[^\r\n\p{L}\p{N}]?\#(upper)*\#(lower)+\#(endings)?|[^\r\n\p{L}\p{N}]?\#(upper)+\#(lower)*"#
        + #"\#(endings)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\#(space)"#, both, .o200k)
    return spellings
  }()
}
