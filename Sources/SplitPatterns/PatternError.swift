/// A pattern that cannot be used, and where it goes wrong.
public struct PatternError: Error, Hashable, Sendable {
  /// What is wrong. New reasons may come; keep a `default` in a `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: String, Hashable { case malformed, unsupported, tooLarge }
    let kind: Kind

    /// The pattern is not an expression of its dialect.
    public static let malformed = Reason(kind: .malformed)
    /// The dialect has this, we do not.
    public static let unsupported = Reason(kind: .unsupported)
    /// A limit of ours is passed; `found` and `expected` are the two numbers.
    public static let tooLarge = Reason(kind: .tooLarge)
  }

  public var reason: Reason
  /// The distance in bytes from the start of the pattern's UTF-8.
  public var offset: Int
  /// What stands there.
  public var found: String
  /// What could stand there instead.
  public var expected: String

  init(_ reason: Reason, at offset: Int, found: String, expected: String) {
    self.reason = reason
    self.offset = offset
    self.found = found
    self.expected = expected
  }
}

extension PatternError: CustomStringConvertible {
  public var description: String {
    let what =
      switch reason.kind {
      case .malformed: "malformed pattern"
      case .unsupported: "unsupported pattern"
      case .tooLarge: "pattern too large"
      }
    return "\(what): at byte \(offset), found `\(found)`, expected \(expected)"
  }
}
