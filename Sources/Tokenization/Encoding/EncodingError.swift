/// A text that is not encoded, and where in it the reason lies.
public struct EncodingError: Error, Hashable, Sendable {
  /// Why. New reasons may come; keep a `default` in a `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: Hashable { case specialToken, patternLimit, unknownCharacter, unsupported, length }
    let kind: Kind

    /// The text spells a special token, and the caller wanted that to be an error.
    public static let specialToken = Reason(kind: .specialToken)
    /// A general pattern needs more steps or memory for this text than it is allowed.
    public static let patternLimit = Reason(kind: .patternLimit)
    /// The model has no token for a character, and no unknown token either.
    public static let unknownCharacter = Reason(kind: .unknownCharacter)
    /// A length is asked for that cannot be had.
    public static let length = Reason(kind: .length)
    /// The model does not do what is asked for.
    public static let unsupported = Reason(kind: .unsupported)
  }

  public var reason: Reason
  /// What was found, as a sentence without its full stop.
  public var message: String
  /// The place in bytes of the text that was to be encoded.
  public var range: Range<Int>

  init(_ reason: Reason, _ message: String, range: Range<Int>) {
    self.reason = reason
    self.message = message
    self.range = range
  }

  /// The same error for a text that is one of several.
  func of(_ place: String) -> EncodingError {
    var error = self
    error.message = "\(place): \(message)"
    return error
  }

  /// The same error for a text that begins `offset` bytes into another.
  func moved(by offset: Int) -> EncodingError {
    var error = self
    error.range = (range.lowerBound + offset)..<(range.upperBound + offset)
    return error
  }
}

extension EncodingError: CustomStringConvertible {
  public var description: String { "byte \(range.lowerBound): \(message)" }
}
