/// A regular expression that cuts text, parsed in the dialect it was written for.
public struct SplitPattern: Hashable, Sendable {
  /// Whose rules the pattern was written for.
  public enum Dialect: String, Hashable, Sendable {
    /// Rust's `regex` and `fancy-regex`: .tiktoken and tekken files.
    case rust
    /// Oniguruma with Ruby's syntax: tokenizer.json.
    case oniguruma
  }

  public let source: String
  public let dialect: Dialect
  /// What the pattern means. Patterns that are spelled differently and mean the same often have
  /// equal trees, but need not.
  package let tree: PatternNode

  /// Parses `source`; nothing is compiled yet.
  ///
  /// Throws for what is no pattern of the dialect, for what the dialect has and we do not
  /// (recursion, conditionals, absent operators, and a few more), and for patterns beyond
  /// the limits of ``PatternLimits``.
  ///
  /// - Complexity: O(*n*) in the bytes of the pattern, times the ranges of the sets it names.
  public init(_ source: String, dialect: Dialect) throws(PatternError) {
    self.source = source
    self.dialect = dialect
    var parser = PatternParser(source, dialect: dialect)
    self.tree = try parser.parsePattern()
  }
}

/// How large a pattern may be.
enum PatternLimits {
  /// Bytes of its UTF-8.
  static let length = 65_536
  /// Groups, brackets and quantifiers within one another. Trees are walked by recursion, and a
  /// thread's stack may be 512 KiB.
  static let nesting = 64
  /// Quantifiers in a row.
  static let quantifiers = 4
  /// The largest number in braces, PCRE2's own.
  static let repetitions = 65_535
  /// Ways to write a look-behind of several lengths as alternatives of one length each.
  static let lookBehindAlternatives = 256
  /// Sets in the tree with each counted repetition written out.
  static let expandedSets = 200_000
}
