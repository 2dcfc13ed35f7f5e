/// Ids that cannot be decoded.
public struct DecodingError: Error, Hashable, Sendable {
  /// Why. New reasons may come; keep a `default` in a `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: Hashable { case unknownID, invalidUTF8 }
    let kind: Kind

    /// There is no token with that id.
    public static let unknownID = Reason(kind: .unknownID)
    /// The tokens' bytes are not UTF-8, and the caller wanted that to be an error.
    public static let invalidUTF8 = Reason(kind: .invalidUTF8)
  }

  public var reason: Reason
  /// The place in the ids, or in the decoded bytes for ``Reason/invalidUTF8``.
  public var index: Int
  /// What was found, as a sentence without its full stop.
  public var message: String
}

extension DecodingError: CustomStringConvertible {
  public var description: String { message }
}
