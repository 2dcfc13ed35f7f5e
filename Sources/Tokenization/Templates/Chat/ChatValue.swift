/// What a caller gives to a chat template: messages, tools and other variables, as JSON has them.
///
///     let message: ChatValue = ["role": "user", "content": "Hello"]
public enum ChatValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([ChatValue])
  /// Members in their order; of two with the same key the last one holds, in the place of the first.
  case object([Member])

  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: ChatValue

    public init(key: String, value: ChatValue) {
      self.key = key
      self.value = value
    }
  }

  /// The member `key` of an object, by its bytes; nil if there is none, or if this is no object.
  public subscript(key: String) -> ChatValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }
}

extension ChatValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(arrayLiteral elements: ChatValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, ChatValue)...) {
    self = .object(elements.map { Member(key: $0.0, value: $0.1) })
  }
  public init(nilLiteral: ()) { self = .null }
}
