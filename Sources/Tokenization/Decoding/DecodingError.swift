/// Ids that cannot be decoded.
public struct DecodingError: Error, Hashable, Sendable {
  /// Why. New reasons may come; keep a `default` in a `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: Hashable { case unknownID, invalidUTF8, patternLimit }
    let kind: Kind

    /// There is no token with that id.
    public static let unknownID = Reason(kind: .unknownID)
    /// The tokens' bytes are not UTF-8, and the caller wanted that to be an error.
    public static let invalidUTF8 = Reason(kind: .invalidUTF8)
    /// A text is too hard for a pattern of the decoder.
    public static let patternLimit = Reason(kind: .patternLimit)
  }

  public var reason: Reason
  /// The place in the ids, in the decoded bytes for ``Reason/invalidUTF8``, and in the bytes that the
  /// pattern looks at for ``Reason/patternLimit``.
  public var index: Int
  /// What was found, as a sentence without its full stop.
  public var message: String
}

extension DecodingError: CustomStringConvertible {
  public var description: String { message }
}

extension DecodingError {
  static func unknownID(_ id: TokenID, at place: Int) -> DecodingError {
    DecodingError(
      reason: .unknownID, index: place, message: "no token has the id \(id), at place \(place)")
  }
}
