package import Tokenization

/// A small JSON value as a tree: for components, never for vocabularies.
///
/// Numbers are kept as they are written. Members keep their order; keys are unique.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The digits as they stand in the file.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var key: String
    package var value: JSONValue

    package init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// Reads the one value that `bytes` hold.
  ///
  /// - Parameter keepsLastOfSameKey: Of members with the same key the last one holds, as in Python;
  ///   otherwise they are an error.
  package init(
    parsing bytes: Span<UInt8>, keepsLastOfSameKey: Bool = false
  ) throws(VocabularyError) {
    self = try JSONReader.read(bytes) { (reader) throws(VocabularyError) in
      reader.keepsLastOfSameKey = keepsLastOfSameKey
      return try reader.readValue()
    }
  }

  package init(_ number: some BinaryInteger) { self = .number(String(number)) }

  /// An object of `members`, in their order.
  package init(_ members: KeyValuePairs<String, JSONValue>) {
    self = .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  /// The member `key` of an object; `nil` if there is none, or if this is no object.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { sameBytes($0.key, key) }?.value
  }
}

/// Whether two strings have the same UTF-8; Swift's `==` also takes canonical equivalents for equal.
func sameBytes(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }

// MARK: What a component asks of a value

extension JSONValue {
  /// What this is, as messages say it.
  var kind: String {
    switch self {
    case .null: "null"
    case .bool(let value): "`\(value)`"
    case .number(let digits): "`\(digits)`"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  func wrongType(_ expected: String) -> VocabularyError {
    VocabularyError(.wrongType, "found \(kind) where \(expected) is expected")
  }

  package func boolean() throws(VocabularyError) -> Bool {
    guard case .bool(let value) = self else { throw wrongType("a boolean") }
    return value
  }

  package func text() throws(VocabularyError) -> String {
    guard case .string(let value) = self else { throw wrongType("a string") }
    return value
  }

  package func elements() throws(VocabularyError) -> [JSONValue] {
    guard case .array(let value) = self else { throw wrongType("an array") }
    return value
  }

  package func members() throws(VocabularyError) -> [Member] {
    guard case .object(let value) = self else { throw wrongType("an object") }
    return value
  }

  /// An integer from 0 to `maximum`, written without fraction and exponent.
  package func integer(upTo maximum: Int = Int.max) throws(VocabularyError) -> Int {
    guard case .number(let digits) = self, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
    else { throw wrongType("a whole number") }
    guard let value = Int(digits), value <= maximum else {
      throw VocabularyError(.limit, "\(digits) where \(maximum) is the largest allowed")
    }
    return value
  }

  func tokenID() throws(VocabularyError) -> TokenID {
    TokenID(try integer(upTo: Int(TokenID.maximumInFiles)))
  }

  /// What `read` makes of the member `key`; an error there or its absence carries the path.
  package func required<Value>(
    _ key: String, _ read: (JSONValue) throws(VocabularyError) -> Value
  ) throws(VocabularyError) -> Value {
    if case .object = self {} else { throw wrongType("an object") }
    guard let value = self[key] else {
      throw VocabularyError(.missing, "the member `\(key)` is missing")
    }
    do { return try read(value) } catch { throw error.under(key) }
  }

  /// What `read` makes of the member `key`, or `nil` if there is none or it is null.
  package func optional<Value>(
    _ key: String, _ read: (JSONValue) throws(VocabularyError) -> Value
  ) throws(VocabularyError) -> Value? {
    if case .object = self {} else { throw wrongType("an object") }
    guard let value = self[key], value != .null else { return nil }
    do { return try read(value) } catch { throw error.under(key) }
  }

  /// What `read` makes of each element.
  package func each<Value>(
    _ read: (JSONValue) throws(VocabularyError) -> Value
  ) throws(VocabularyError) -> [Value] {
    var values: [Value] = []
    for (index, element) in try elements().enumerated() {
      do { values.append(try read(element)) } catch { throw error.under("[\(index)]") }
    }
    return values
  }
}
