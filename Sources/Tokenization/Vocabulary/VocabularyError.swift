/// A vocabulary or tokenizer that cannot be loaded, and where it goes wrong.
public struct VocabularyError: Error, Hashable, Sendable {
  /// What is wrong. New reasons may come; keep a `default` in a `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: Hashable {
      case truncated, malformed, wrongType, missing, duplicate, unknownToken, unsupported
      case limit, checksum, version, unreadable, unwritable, unknownVocabulary
      case inexpressible
    }
    let kind: Kind

    /// The file ends inside a value.
    public static let truncated = Reason(kind: .truncated)
    /// Bytes that the format does not allow at this place.
    public static let malformed = Reason(kind: .malformed)
    /// A value of another type than the format asks for.
    public static let wrongType = Reason(kind: .wrongType)
    /// A part that the format requires is not there.
    public static let missing = Reason(kind: .missing)
    /// A key, token or id that stands twice where it must be unique.
    public static let duplicate = Reason(kind: .duplicate)
    /// A merge or a template names a token that the vocabulary lacks.
    public static let unknownToken = Reason(kind: .unknownToken)
    /// A component or an option that this version does not read.
    public static let unsupported = Reason(kind: .unsupported)
    /// A size beyond what is allowed; the message has both numbers.
    public static let limit = Reason(kind: .limit)
    /// A compiled file whose contents do not match their checksum.
    public static let checksum = Reason(kind: .checksum)
    /// A compiled file of another version.
    public static let version = Reason(kind: .version)
    /// A file that the system does not let us read.
    public static let unreadable = Reason(kind: .unreadable)
    /// A file that the system does not let us write.
    public static let unwritable = Reason(kind: .unwritable)
    /// A name or file of which we do not know the pattern and the special tokens.
    public static let unknownVocabulary = Reason(kind: .unknownVocabulary)
    /// A format to write that cannot say all that the tokenizer does; the message has what is lost.
    public static let inexpressible = Reason(kind: .inexpressible)
  }

  public var reason: Reason
  /// The file, where there is one.
  public var file: String?
  /// The place within the file, as `model.merges[1024]`; empty for the file as a whole.
  public var path: String
  /// The distance in bytes from the start of the file, where it is known.
  public var offset: Int?
  /// What was found there and what was expected, as a sentence without its full stop.
  public var message: String

  public init(
    _ reason: Reason, _ message: String, path: String = "", offset: Int? = nil, file: String? = nil
  ) {
    self.reason = reason
    self.message = message
    self.path = path
    self.offset = offset
    self.file = file
  }

  /// The same error, placed in `file` unless it is placed in one already.
  package func inFile(_ file: String) -> VocabularyError {
    var error = self
    if error.file == nil { error.file = file }
    return error
  }
}

extension VocabularyError: CustomStringConvertible {
  public var description: String {
    var place: [String] = []
    if let file { place.append(file) }
    if !path.isEmpty { place.append(path) }
    if let offset { place.append("byte \(offset)") }
    return place.isEmpty ? message : place.joined(separator: ": ") + ": " + message
  }
}
