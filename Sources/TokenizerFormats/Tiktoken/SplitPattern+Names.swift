public import SplitPatterns

extension SplitPattern {
  /// The names that ``init(name:)`` knows.
  public static let names = known.map(\.name)

  /// A pattern that a published vocabulary has, in Rust's dialect; nil for a name that is not known.
  public init?(name: String) {
    guard let source = Self.known.first(where: { $0.name == name })?.source,
      let pattern = try? SplitPattern(source, dialect: .rust)
    else { return nil }
    self = pattern
  }

  /// A known pattern by its name, or what a user wrote as a regular expression.
  ///
  /// - Throws: what is wrong with the expression.
  public init(nameOrExpression text: String, dialect: Dialect) throws(PatternError) {
    if let known = SplitPattern(name: text) {
      self = known
    } else {
      self = try SplitPattern(text, dialect: dialect)
    }
  }

  private static let known: [(name: String, source: String)] = [
    ("gpt2", KnownPattern.gpt2), ("cl100k", KnownPattern.cl100k), ("o200k", KnownPattern.o200k),
    ("llama3", KnownPattern.llama3), ("qwen2", KnownPattern.qwen2),
    ("qwen3.5", KnownPattern.qwen35), ("kimi", KnownPattern.kimi),
  ]
}
