/// A value of the template language, as Python has it.
///
/// Lists and dictionaries are values: the sandbox lets no template change one. Whole numbers have 64
/// bits, and a larger one is an error, where Python's have no end.
enum JinjaValue {
  case undefined(JinjaUndefined)
  case none
  case bool(Bool)
  case integer(Int)
  case float(Double)
  case text(JinjaText)
  case list(JinjaList)
  case dictionary(JinjaDictionary)
  case namespace(JinjaNamespace)
  case iterator(JinjaIterator)
  case object(JinjaObject)

  static func text(_ text: String) -> JinjaValue { .text(JinjaText(text)) }

  static func list(_ items: [JinjaValue]) -> JinjaValue { .list(JinjaList(items)) }

  static func tuple(_ items: [JinjaValue]) -> JinjaValue { .list(JinjaList(items, .tuple)) }

  /// What a caller gave: its strings and keys are `origin`'s.
  init(_ value: ChatValue, origin: JinjaText.Origin) {
    switch value {
    case .null: self = .none
    case .boolean(let value): self = .bool(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .float(value)
    case .string(let text): self = .text(JinjaText(text, origin: origin))
    case .array(let items): self = .list(items.map { JinjaValue($0, origin: origin) })
    case .object(let members):
      var dictionary = JinjaDictionary()
      for member in members {
        dictionary.set(
          JinjaText(member.key, origin: origin), JinjaValue(member.value, origin: origin))
      }
      self = .dictionary(dictionary)
    }
  }

  /// The name of the type in Python.
  var typeName: String {
    switch self {
    case .undefined: "Undefined"
    case .none: "NoneType"
    case .bool: "bool"
    case .integer: "int"
    case .float: "float"
    case .text(let text): text.isMarkup ? "Markup" : "str"
    case .list(let list): list.kind.typeName
    case .dictionary: "dict"
    case .namespace: "Namespace"
    case .iterator(let iterator): iterator.typeName
    case .object(let object): object.typeName
    }
  }

  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .bool(let value): value
    case .integer(let value): value != 0
    case .float(let value): value != 0
    case .text(let text): !text.isEmpty
    case .list(let list): !list.items.isEmpty
    case .dictionary(let dictionary): dictionary.count > 0
    case .namespace, .iterator, .object: true
    }
  }

  var isUndefined: Bool { if case .undefined = self { true } else { false } }

  var isNone: Bool { if case .none = self { true } else { false } }

  /// How deep containers stand within each other, 0 for what holds nothing.
  var depth: Int {
    switch self {
    case .list(let list): list.depth
    case .dictionary(let dictionary): dictionary.depth
    case .iterator(let iterator): iterator.depth
    default: 0
    }
  }

  /// A whole number, or a boolean as one.
  var wholeNumber: Int? {
    switch self {
    case .integer(let value): value
    case .bool(let value): value ? 1 : 0
    default: nil
    }
  }

  /// Any number as one with a fraction.
  var floatNumber: Double? {
    if case .float(let value) = self { return value }
    return wholeNumber.map { Double($0) }
  }
}

/// A value that is not there, and why; what is done with it says so.
struct JinjaUndefined {
  var message: String
  var reason = ChatTemplateError.Reason.undefined

  init(message: String, reason: ChatTemplateError.Reason = .undefined) {
    self.message = message
    self.reason = reason
  }

  init(name: String) { message = "`\(name)` is undefined" }

  init(_ name: String, of value: JinjaValue) {
    message = "a value of type `\(value.typeName)` has no attribute `\(name)`"
  }

  init(element: JinjaValue, of value: JinjaValue) {
    let name =
      switch element {
      case .text(let text): "`\(text.string)`"
      case .integer(let index): "\(index)"
      default: "of type `\(element.typeName)`"
      }
    message = "a value of type `\(value.typeName)` has no element \(name)"
  }

  var error: ChatTemplateError { ChatTemplateError(reason, message) }
}

/// A list, or what is like one.
struct JinjaList {
  enum Kind {
    case list, tuple, range, keys, values, items

    var typeName: String {
      switch self {
      case .list: "list"
      case .tuple: "tuple"
      case .range: "range"
      case .keys: "dict_keys"
      case .values: "dict_values"
      case .items: "dict_items"
      }
    }

    /// Has elements that can be asked for by their place.
    var isSequence: Bool { self == .list || self == .tuple || self == .range }
  }

  let items: [JinjaValue]
  let kind: Kind
  let depth: Int
  /// Names of the items, where a tuple has them.
  let names: [String]

  init(_ items: [JinjaValue], _ kind: Kind = .list, names: [String] = []) {
    self.items = items
    self.kind = kind
    self.names = names
    depth = 1 + items.reduce(0) { max($0, $1.depth) }
  }
}

/// What a template's namespace holds; the only thing that a template can change.
final class JinjaNamespace {
  var attributes: JinjaDictionary

  init(_ attributes: JinjaDictionary) { self.attributes = attributes }
}

/// Values that are made when they are asked for, and once only.
final class JinjaIterator {
  typealias Next = () throws(ChatTemplateError) -> JinjaValue?

  let typeName: String
  let depth: Int
  let next: Next

  init(_ typeName: String = "generator", depth: Int = 0, _ next: @escaping Next) {
    self.typeName = typeName
    self.depth = depth + 1
    self.next = next
  }
}

/// A function, a macro, or a thing with attributes of its own, as `loop`.
final class JinjaObject {
  typealias Call = (JinjaArguments) throws(ChatTemplateError) -> JinjaValue
  typealias Attribute = (String) throws(ChatTemplateError) -> JinjaValue?

  let typeName: String
  /// As error messages and prints have it.
  let name: String
  let call: Call?
  let attribute: Attribute

  init(
    _ typeName: String, name: String, call: Call? = nil,
    attribute: @escaping Attribute = { (_) throws(ChatTemplateError) in nil }
  ) {
    self.typeName = typeName
    self.name = name
    self.call = call
    self.attribute = attribute
  }
}
