/// Why documents cannot be read, or shards not be written or gone on with.
public struct ShardError: Error, Hashable, Sendable {
  /// What is wrong. New reasons may come; keep a `default` in a `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: Hashable {
      case option, input, unreadable, unwritable, limit, changed, locked, damaged
    }
    let kind: Kind

    /// An option that has no meaning, or none together with another.
    public static let option = Reason(kind: .option)
    /// A document that is not what it should be: no JSON, compressed data that ends too soon.
    public static let input = Reason(kind: .input)
    /// A file that the system does not let us read.
    public static let unreadable = Reason(kind: .unreadable)
    /// A file that the system does not let us write.
    public static let unwritable = Reason(kind: .unwritable)
    /// A size beyond what a format can say; the message has both numbers.
    public static let limit = Reason(kind: .limit)
    /// The folder is of a run with other options, another vocabulary or other inputs.
    public static let changed = Reason(kind: .changed)
    /// Another process writes into the folder.
    public static let locked = Reason(kind: .locked)
    /// A file of the folder is not as it was written.
    public static let damaged = Reason(kind: .damaged)
  }

  public var reason: Reason
  /// Which input, file or option; for documents with the line or the number.
  public var place: String
  /// The distance in bytes from the start of the input, where it is known.
  public var offset: Int?
  /// What was found and what was expected, as a sentence without its full stop.
  public var message: String

  public init(_ reason: Reason, _ message: String, place: String = "", offset: Int? = nil) {
    self.reason = reason
    self.message = message
    self.place = place
    self.offset = offset
  }
}

extension ShardError: CustomStringConvertible {
  public var description: String {
    var parts: [String] = []
    if !place.isEmpty { parts.append(place) }
    if let offset { parts.append("byte \(offset)") }
    parts.append(message)
    return parts.joined(separator: ": ")
  }
}
