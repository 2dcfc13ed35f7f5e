public import Tokenization

extension ChatValue {
  /// Reads the one JSON value that `bytes` hold. A number without fraction and exponent is a whole one.
  ///
  /// - Throws: `malformed` and the like with the byte, `limit` for a whole number of more than 64 bits.
  /// - Complexity: O(*n*).
  public init(json bytes: Span<UInt8>) throws(VocabularyError) {
    self = try ChatValue(JSONValue(parsing: bytes))
  }

  /// The same of a text.
  public init(json text: String) throws(VocabularyError) {
    try self.init(json: text.utf8Span.span)
  }

  private init(_ value: JSONValue) throws(VocabularyError) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .boolean(value)
    case .string(let text): self = .string(text)
    case .number(let digits): self = try ChatValue(digits: digits)
    case .array(let elements):
      var items: [ChatValue] = []
      for (index, element) in elements.enumerated() {
        do { items.append(try ChatValue(element)) } catch { throw error.under("[\(index)]") }
      }
      self = .array(items)
    case .object(let members):
      var items: [Member] = []
      for member in members {
        do {
          items.append(Member(key: member.key, value: try ChatValue(member.value)))
        } catch { throw error.under(member.key) }
      }
      self = .object(items)
    }
  }

  private init(digits: String) throws(VocabularyError) {
    if digits.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") || $0 == UInt8(ascii: ".") }) {
      self = .number(Double(digits) ?? .nan)
    } else if let number = Int(digits) {
      self = .integer(number)
    } else {
      throw VocabularyError(.limit, "the number \(digits) has more than 64 bits")
    }
  }
}
