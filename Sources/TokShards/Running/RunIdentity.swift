internal import Tok
internal import Tokenization
internal import TokenizerFormats

/// All that the bytes of a set depend on: by this a run is known again.
struct RunIdentity: Hashable, Sendable {
  private static let keys = ["tok", "vocabulary", "options", "inputs"]

  /// What the manifest says of it, under the names above.
  let members: [JSONValue.Member]

  /// - Parameters:
  ///   - vocabulary: what the user calls it; another name is no difference.
  ///   - inputs: what is known of each.
  init(
    _ options: ShardOptions, _ tokenizer: Tokenizer, vocabulary: String, inputs: [InputIdentity]
  ) {
    let vocabulary = JSONValue([
      "name": .string(vocabulary), "ids": JSONValue(tokenizer.idCount),
      "sha256": .string(SHA256Digest.digest(of: tokenizer.compiled())),
    ])
    let values: [JSONValue] = [
      .string(PackageVersion.text), vocabulary, options.json(idCount: tokenizer.idCount),
      .array(inputs.map(\.json)),
    ]
    members = zip(Self.keys, values).map { JSONValue.Member(key: $0, value: $1) }
  }

  /// Takes it out of a manifest or a journal.
  init(_ json: JSONValue) throws(VocabularyError) {
    var members: [JSONValue.Member] = []
    for key in Self.keys {
      let value = try json.required(key) { (value) throws(VocabularyError) in value }
      members.append(JSONValue.Member(key: key, value: value))
    }
    self.members = members
  }

  var json: JSONValue { .object(members) }

  /// One more than the greatest id of the vocabulary.
  var vocabularySize: Int? { Self.number(json["vocabulary"]?["ids"]) }
  var shardSize: Int? { Self.number(json["options"]?["shard-size"]) }
  var rowLength: Int? { Self.number(json["options"]?["pack"]) }
  var shardName: String? { Self.text(json["options"]?["name"]) }
  var format: ShardFormat? { Self.text(json["options"]?["to"]).flatMap(ShardFormat.init) }

  private static func number(_ value: JSONValue?) -> Int? {
    guard case .number(let digits)? = value else { return nil }
    return Int(digits)
  }

  private static func text(_ value: JSONValue?) -> String? {
    guard case .string(let text)? = value else { return nil }
    return text
  }

  /// The first thing that is not as it was in `old`, in words; nil where nothing is.
  func difference(from old: RunIdentity) -> String? {
    Self.difference(old.json, json, "")
  }

  private static func difference(_ old: JSONValue, _ new: JSONValue, _ path: String) -> String? {
    switch (old, new) {
    case (.object(let olds), .object(let news)) where olds.map(\.key) == news.map(\.key):
      for (old, new) in zip(olds, news) where path + old.key != "vocabulary.name" {
        if let found = difference(old.value, new.value, "\(path)\(old.key).") { return found }
      }
      return nil
    case (.array(let olds), .array(let news)) where olds.count == news.count:
      for (index, (old, new)) in zip(olds, news).enumerated() {
        if let found = difference(old, new, "\(path)\(index + 1).") { return found }
      }
      return nil
    default:
      if old == new { return nil }
      let name = path.dropLast()
      if case .array(let olds) = old, case .array(let news) = new {
        return "`\(name)`: \(olds.count) there, \(news.count) now"
      }
      return "`\(name)`: \(written(old)) there, \(written(new)) now"
    }
  }

  private static func written(_ value: JSONValue) -> String {
    String(decoding: value.write(), as: UTF8.self)
  }
}

/// What an input is known again by.
struct InputIdentity: Sendable {
  /// So many bytes of its beginning are compared.
  static let beginningSize = 4096

  var name: String
  /// Of regular files, and when it was changed.
  var status: (size: Int, modified: String)?
  /// The digest of the beginning; nil for what can be read only once.
  var beginning: String?

  var json: JSONValue {
    JSONValue([
      "name": .string(name), "bytes": status.map { JSONValue($0.size) } ?? .null,
      "modified": status.map { .string($0.modified) } ?? .null,
      "beginning": beginning.map { .string($0) } ?? .null,
    ])
  }
}

extension ShardOptions {
  /// Under the names that the command line has for them.
  func json(idCount: Int) -> JSONValue {
    let documents: String
    switch separator {
    case .none: documents = "files"
    case .byte(let byte): documents = byte == 0 ? "nul" : byte == 0x0A ? "lines" : "byte \(byte)"
    case .json(let field): documents = "jsonl \(field.joined(separator: "."))"
    }
    var rest: JSONValue = .null
    switch packing?.rest {
    case .padded(let id): rest = JSONValue(id)
    case .dropped: rest = .string("dropped")
    case nil: break
    }
    return JSONValue([
      "to": .string(format.rawValue), "ids": .string(format.idType(idCount: idCount).name),
      "name": .string(name), "shard-size": JSONValue(shardSize),
      "begin-of-document": beginOfDocument.map { JSONValue($0) } ?? .null,
      "end-of-document": endOfDocument.map { JSONValue($0) } ?? .null,
      "shuffle": shuffleSeed.map { JSONValue($0) } ?? .null,
      "pack": packing.map { JSONValue($0.length) } ?? .null, "padding": rest,
      "whole-documents": .bool(packing?.keepsDocumentsWhole ?? false),
      "documents": .string(documents), "special": .string(specialTokens.name),
      "template": .bool(addsTemplate),
    ])
  }
}

extension SpecialTokens {
  fileprivate var name: String {
    switch self {
    case .asPlainText: "text"
    case .onlyModelTokens: "model tokens"
    case .parse: "parse"
    case .refuse: "error"
    case .parseOnly(let ids, let refusesOthers):
      "\(refusesOthers ? "error" : "text") but for \(ids.sorted())"
    }
  }
}
