/// A dictionary that keeps the order in which keys came.
struct JinjaDictionary {
  /// A key by which values are found: 1, 1.0 and true are the same one, as in Python.
  enum Key: Hashable {
    case undefined
    case none
    case integer(Int)
    case float(Double)
    case text(JinjaText)
    case tuple([Key])
    case range([Key])
  }

  struct Entry {
    var key: JinjaValue
    var value: JinjaValue
  }

  private(set) var entries: [Entry] = []
  private(set) var depth = 1
  private var places: [Key: Int] = [:]

  var count: Int { entries.count }

  subscript(key: Key) -> JinjaValue? { places[key].map { entries[$0].value } }

  subscript(key: String) -> JinjaValue? { self[.text(JinjaText(key))] }

  /// Sets `value` for a key that is a text.
  mutating func set(_ key: JinjaText, _ value: JinjaValue) { set(.text(key), .text(key), value) }

  /// Sets `value`; a key that is already there keeps its place and its form.
  mutating func set(_ key: Key, _ form: JinjaValue, _ value: JinjaValue) {
    depth = max(depth, value.depth + 1, form.depth + 1)
    if let place = places[key] {
      entries[place].value = value
    } else {
      places[key] = entries.count
      entries.append(Entry(key: form, value: value))
    }
  }

  var keys: [JinjaValue] { entries.map(\.key) }
  var values: [JinjaValue] { entries.map(\.value) }
  var items: [JinjaValue] { entries.map { .tuple([$0.key, $0.value]) } }
}

extension JinjaDictionary.Key {
  /// How many values one key may be made of. Tuples that share their parts would make more of little.
  private static let maximumCount = 10_000

  /// - Throws: `wrongType` for what Python cannot hash, `limit` for tuples that hold too much.
  init(_ value: JinjaValue) throws(ChatTemplateError) {
    var count = 0
    self = try Self.key(value, &count)
  }

  private static func key(
    _ value: JinjaValue, _ count: inout Int
  ) throws(ChatTemplateError) -> JinjaDictionary.Key {
    count += 1
    guard count <= maximumCount else {
      throw ChatTemplateError(.limit, "a key of more than \(maximumCount) values")
    }
    switch value {
    case .none: return .none
    case .bool(let value): return .integer(value ? 1 : 0)
    case .integer(let value): return .integer(value)
    case .float(let value): return Int(exactly: value).map { .integer($0) } ?? .float(value)
    case .text(let text): return .text(text)
    case .list(let list) where list.kind == .tuple || list.kind == .range:
      var keys: [JinjaDictionary.Key] = []
      for item in list.items { keys.append(try key(item, &count)) }
      return list.kind == .tuple ? .tuple(keys) : .range(keys)
    case .undefined: return .undefined
    default:
      throw ChatTemplateError(.wrongType, "a value of type `\(value.typeName)` cannot be a key")
    }
  }
}
