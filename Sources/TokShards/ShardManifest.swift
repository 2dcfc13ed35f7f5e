internal import Tokenization
internal import TokenizerFormats

/// What a finished set of shards holds: the contents of `manifest.json`.
///
/// It says nothing of when or how the set was made, so that the same run gives the same bytes.
public struct ShardManifest: Hashable, Sendable {
  /// A file as it was written.
  public struct File: Hashable, Sendable {
    public var name: String
    public var bytes: Int
    /// SHA-256, as 64 hexadecimal digits.
    public var digest: String
  }

  public struct Shard: Hashable, Sendable {
    public var file: File
    /// NAME.idx of Megatron's format.
    public var index: File?
    public var tokens: Int
    /// Documents whose first token stands in it.
    public var documents: Int

    public var files: [File] { [file] + (index.map { [$0] } ?? []) }
  }

  /// The number of the format that this is; others are an error.
  static let format = 1
  static let fileName = "manifest.json"

  /// In the order of their numbers.
  public internal(set) var shards: [Shard]
  /// All documents, those without a token too.
  public internal(set) var documents: Int
  /// Bytes of all documents.
  public internal(set) var textBytes: Int
  /// What was skipped.
  public internal(set) var badDocuments: Int
  /// Tokens of a last row that was not full.
  public internal(set) var droppedTokens: Int
  /// Version, vocabulary, options and inputs.
  var run: RunIdentity

  public var tokens: Int { shards.reduce(0) { $0 + $1.tokens } }
}

extension ShardManifest {
  /// The file's bytes: a line for each shard.
  func write() -> [UInt8] {
    var lines = ["\"format\":\(Self.format)"]
    for member in run.members { lines.append(Self.text(member)) }
    let shards = shards.map { Self.text($0.json) }
    lines.append(
      "\"shards\":[" + (shards.isEmpty ? "" : "\n" + shards.joined(separator: ",\n") + "\n") + "]")
    for (name, number) in counts { lines.append("\"\(name)\":\(number)") }
    return Array(("{\n" + lines.joined(separator: ",\n") + "\n}\n").utf8)
  }

  private var counts: KeyValuePairs<String, Int> {
    [
      "tokens": tokens, "documents": documents, "text_bytes": textBytes,
      "bad_documents": badDocuments, "dropped_tokens": droppedTokens,
    ]
  }

  private static func text(_ member: JSONValue.Member) -> String {
    "\(text(.string(member.key))):\(text(member.value))"
  }

  private static func text(_ value: JSONValue) -> String {
    String(decoding: value.write(), as: UTF8.self)
  }

  /// - Throws: `damaged` for anything but what ``write()`` gives.
  init(_ bytes: [UInt8], path: String) throws(ShardError) {
    do throws(VocabularyError) {
      let json = try JSONValue(parsing: bytes.span)
      let format = try json.required("format") { (value) throws(VocabularyError) in
        try value.integer()
      }
      guard format == Self.format else {
        throw VocabularyError(.version, "format \(format) where \(Self.format) is known")
      }
      shards = try json.required("shards") { (value) throws(VocabularyError) in
        try value.each { (shard) throws(VocabularyError) in try Shard(shard) }
      }
      documents = try json.number("documents")
      textBytes = try json.number("text_bytes")
      badDocuments = try json.number("bad_documents")
      droppedTokens = try json.number("dropped_tokens")
      run = try RunIdentity(json)
      let tokens = try json.number("tokens")
      guard tokens == self.tokens else {
        throw VocabularyError(
          .malformed, "\(tokens) tokens in all, where those of the shards are \(self.tokens)")
      }
    } catch {
      throw ShardError(.damaged, error.message, place: path, offset: error.offset)
    }
  }
}

extension ShardManifest.File {
  var json: [JSONValue.Member] {
    [
      JSONValue.Member(key: "name", value: .string(name)),
      JSONValue.Member(key: "bytes", value: JSONValue(bytes)),
      JSONValue.Member(key: "sha256", value: .string(digest)),
    ]
  }

  init(_ json: JSONValue) throws(VocabularyError) {
    name = try json.required("name") { (value) throws(VocabularyError) in try value.text() }
    bytes = try json.number("bytes")
    digest = try json.required("sha256") { (value) throws(VocabularyError) in try value.text() }
    guard !name.contains("/") else {
      throw VocabularyError(.malformed, "`\(name)` is no file here")
    }
  }
}

extension ShardManifest.Shard {
  var json: JSONValue {
    var members = file.json
    members.append(JSONValue.Member(key: "tokens", value: JSONValue(tokens)))
    members.append(JSONValue.Member(key: "documents", value: JSONValue(documents)))
    if let index {
      members.append(JSONValue.Member(key: "index", value: .object(index.json)))
    }
    return .object(members)
  }

  init(_ json: JSONValue) throws(VocabularyError) {
    file = try ShardManifest.File(json)
    tokens = try json.number("tokens")
    documents = try json.number("documents")
    index = try json.optional("index") { (value) throws(VocabularyError) in
      try ShardManifest.File(value)
    }
  }
}

extension JSONValue {
  /// The member `key`, which is a number from 0 on.
  func number(_ key: String) throws(VocabularyError) -> Int {
    try required(key) { (value) throws(VocabularyError) in try value.integer() }
  }
}
