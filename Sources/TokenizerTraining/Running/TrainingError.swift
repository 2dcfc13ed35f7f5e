internal import Tokenization

/// A training that cannot go on, and why.
public struct TrainingError: Error, Hashable, Sendable {
  /// What is wrong. New reasons may come; keep a `default` in a `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: Hashable {
      case option, input, unreadable, unwritable, limit, checkpoint, vocabulary
    }
    let kind: Kind

    /// An option that has no meaning, or none together with another.
    public static let option = Reason(kind: .option)
    /// A text that is not what the source promises: no JSON, a count that is no number.
    public static let input = Reason(kind: .input)
    /// A file that the system does not let us read.
    public static let unreadable = Reason(kind: .unreadable)
    /// A file that the system does not let us write.
    public static let unwritable = Reason(kind: .unwritable)
    /// A size beyond what is allowed; the message has both numbers.
    public static let limit = Reason(kind: .limit)
    /// A checkpoint of another training, or one that is damaged.
    public static let checkpoint = Reason(kind: .checkpoint)
    /// What was trained, or was to be extended, is no tokenizer.
    public static let vocabulary = Reason(kind: .vocabulary)
  }

  public var reason: Reason
  /// Which option, source or file; empty where there is none to name.
  public var place: String
  /// The distance in bytes from the start of the source, where it is known.
  public var offset: Int?
  /// What was found and what was expected, as a sentence without its full stop.
  public var message: String

  public init(_ reason: Reason, _ message: String, place: String = "", offset: Int? = nil) {
    self.reason = reason
    self.message = message
    self.place = place
    self.offset = offset
  }

  /// What is wrong with a vocabulary that training was given or made.
  init(_ error: VocabularyError) {
    self.init(.vocabulary, error.description)
  }
}

extension TrainingError: CustomStringConvertible {
  public var description: String {
    var parts: [String] = []
    if !place.isEmpty { parts.append(place) }
    if let offset { parts.append("byte \(offset)") }
    parts.append(message)
    return parts.joined(separator: ": ")
  }
}
