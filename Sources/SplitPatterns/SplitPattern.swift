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

  public init(_ source: String, dialect: Dialect) throws(PatternError) {
    self.source = source
    self.dialect = dialect
  }
}

/// A pattern that cannot be used, and where it goes wrong.
public struct PatternError: Error, Hashable, Sendable {}
