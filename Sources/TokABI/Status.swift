internal import Tok
internal import Tokenization

/// What a call came to: 0, or a negative number that says what is wrong. Numbers are never used again
/// for something else.
@c(tok_status)
public enum Status: Int32, CaseIterable, Sendable {
  /// All went well.
  case ok = 0
  /// The memory for the result is too small: the count says how much is needed, and what has room was
  /// written.
  case capacity = -1
  /// An argument has no meaning: NULL where there must be something, a length beyond the address
  /// space, a number that is none of an enumeration.
  case argument = -2
  /// A handle that is none, was freed before, or is of another kind.
  case handle = -3
  /// A context, encoder or decoder that another thread is just using.
  case busy = -4
  /// A file that the system does not let us read.
  case unreadable = -5
  /// A file that the system does not let us write.
  case unwritable = -6
  /// A vocabulary or template that is not as its format says.
  case malformed = -7
  /// A component or an option that this version does not know, or a model that does not do this.
  case unsupported = -8
  /// A size beyond what is allowed.
  case limit = -9
  /// A compiled vocabulary of another version, or one that was damaged.
  case compiled = -10
  /// A name of a vocabulary that is not known here.
  case unknownVocabulary = -11
  /// A format that cannot say all that the tokenizer does.
  case inexpressible = -12
  /// The text spells a special token, and that was to be an error.
  case specialToken = -13
  /// The text is too hard for a pattern.
  case patternLimit = -14
  /// The model has no token for a character, and no unknown token.
  case unknownCharacter = -15
  /// A length that cannot be had.
  case length = -16
  /// An id that no token has.
  case unknownID = -17
  /// Bytes that are not UTF-8, and that was to be an error.
  case invalidUTF8 = -18
  /// What a chat template does wrong with a conversation.
  case template = -19
  /// An option of a trainer that has no meaning, or none together with another.
  case option = -20
  /// Text for training that is not what its source promises.
  case input = -21
  /// A checkpoint of another training, or one that is damaged.
  case checkpoint = -22

  /// A sentence without its full stop.
  var message: StaticString {
    switch self {
    case .ok: "all went well"
    case .capacity: "the memory for the result is too small"
    case .argument: "an argument has no meaning"
    case .handle: "a handle is none, was freed before, or is of another kind"
    case .busy: "another thread is just using it"
    case .unreadable: "a file cannot be read"
    case .unwritable: "a file cannot be written"
    case .malformed: "it is not as its format says"
    case .unsupported: "this is not done by this version or this model"
    case .limit: "a size is beyond what is allowed"
    case .compiled: "a compiled vocabulary is damaged or of another version"
    case .unknownVocabulary: "no vocabulary of that name is known"
    case .inexpressible: "the format cannot say all that the tokenizer does"
    case .specialToken: "the text spells a special token"
    case .patternLimit: "the text is too hard for a pattern"
    case .unknownCharacter: "the model has no token for a character"
    case .length: "a length cannot be had"
    case .unknownID: "no token has that id"
    case .invalidUTF8: "bytes are not UTF-8"
    case .template: "a chat template fails"
    case .option: "an option has no meaning"
    case .input: "text for training is not what its source promises"
    case .checkpoint: "a checkpoint is damaged or of another training"
    }
  }
}

/// A sentence about `status` in English, without its full stop; one for any number. It is never freed.
///
/// Since 0.1.
@c(tok_status_message)
public func statusMessage(_ status: Int32) -> UnsafePointer<CChar>? {
  let message = Status(rawValue: status)?.message ?? "a status that this version does not have"
  // SAFETY: literals are NUL-terminated and stay.
  return unsafe UnsafeRawPointer(message.utf8Start).assumingMemoryBound(to: CChar.self)
}
