/// A text to be encoded, whole or already split into words.
///
///     try tokenizer.encodeText("A question?", and: .words(["its", "passage"]))
public enum TextInput: Hashable, Sendable, ExpressibleByStringLiteral {
  case text(String)
  /// UTF-8; bytes that are not are encoded as they are.
  case bytes([UInt8])
  /// Words that someone else has split, as for labelling them. Each is encoded as a text of its own,
  /// with what the normalizer and the splitter put before a text; ranges are those within a word.
  case words([String])

  public init(stringLiteral value: String) { self = .text(value) }

  /// The number of bytes, of all words together.
  public var byteCount: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    case .words(let words): words.reduce(0) { $0 + $1.utf8.count }
    }
  }
}

/// One text, or two that are encoded as one input.
public struct TextInputs: Hashable, Sendable, ExpressibleByStringLiteral {
  public var first: TextInput
  public var second: TextInput?

  public init(_ first: TextInput, and second: TextInput? = nil) {
    self.first = first
    self.second = second
  }

  public init(stringLiteral value: String) { self.init(.text(value)) }
}
