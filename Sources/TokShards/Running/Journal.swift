internal import Tokenization
internal import TokenizerFormats

/// How far a run is: what `journal.json` holds until the set is finished.
///
/// It is replaced as a whole, after all that it speaks of is on the disk. So whoever finds it finds at least
/// so much of every file, and cuts off what is behind.
struct Journal: Sendable {
  enum Phase: String {
    /// Documents are encoded, into shards or into the store.
    case encoding
    /// Documents of the store are written in their new order.
    case writing
  }

  static let fileName = "journal.json"

  var run: RunIdentity
  var phase = Phase.encoding
  /// Where the next document begins.
  var position = DocumentPosition()
  /// Documents so far, and their bytes.
  var documents = 0
  var textBytes = 0
  var badDocuments = 0
  /// The file in which bad documents are collected, and how much of it there is.
  var badFile: String?
  var badBytes = 0
  /// Ids in the store.
  var storedTokens = 0
  /// How many documents of the store are written.
  var writtenDocuments = 0
  var droppedTokens = 0
  /// Whole shards; some may still have their other names.
  var shards: [ShardManifest.Shard] = []
  /// How much there is of the next one.
  var current: ShardFile.Extent?

  init(run: RunIdentity) { self.run = run }
}

extension Journal {
  func write() -> [UInt8] {
    let json = JSONValue([
      "run": run.json, "phase": .string(phase.rawValue),
      "position": .array([
        JSONValue(position.input), JSONValue(position.offset), JSONValue(position.number),
      ]),
      "documents": JSONValue(documents), "text_bytes": JSONValue(textBytes),
      "bad_documents": JSONValue(badDocuments),
      "bad_file": badFile.map { .string($0) } ?? .null, "bad_bytes": JSONValue(badBytes),
      "stored_tokens": JSONValue(storedTokens), "written_documents": JSONValue(writtenDocuments),
      "dropped_tokens": JSONValue(droppedTokens), "shards": .array(shards.map(\.json)),
      "current": current.map { extent in
        .array([
          JSONValue(extent.tokens), JSONValue(extent.documents), JSONValue(extent.sequences),
        ])
      } ?? .null,
    ])
    return json.write() + [0x0A]
  }

  /// - Throws: `damaged` for anything but what ``write()`` gives.
  init(_ bytes: [UInt8], path: String) throws(ShardError) {
    do throws(VocabularyError) {
      let json = try JSONValue(parsing: bytes.span)
      run = try json.required("run") { (value) throws(VocabularyError) in try RunIdentity(value) }
      phase = try json.required("phase") { (value) throws(VocabularyError) in
        guard let phase = Phase(rawValue: try value.text()) else {
          throw VocabularyError(.malformed, "an unknown phase")
        }
        return phase
      }
      let place = try json.required("position") { (value) throws(VocabularyError) in
        try value.numbers(3)
      }
      position = DocumentPosition(input: place[0], offset: place[1], number: place[2])
      documents = try json.number("documents")
      textBytes = try json.number("text_bytes")
      badDocuments = try json.number("bad_documents")
      badFile = try json.optional("bad_file") { (value) throws(VocabularyError) in
        try value.text()
      }
      badBytes = try json.number("bad_bytes")
      storedTokens = try json.number("stored_tokens")
      writtenDocuments = try json.number("written_documents")
      droppedTokens = try json.number("dropped_tokens")
      shards = try json.required("shards") { (value) throws(VocabularyError) in
        try value.each { (shard) throws(VocabularyError) in try ShardManifest.Shard(shard) }
      }
      current = try json.optional("current") { (value) throws(VocabularyError) in
        let numbers = try value.numbers(3)
        return ShardFile.Extent(
          tokens: numbers[0], documents: numbers[1], sequences: numbers[2])
      }
    } catch {
      throw ShardError(
        .damaged, "\(error.message): begin anew with --restart", place: path, offset: error.offset)
    }
  }
}

extension JSONValue {
  /// So many numbers from 0 on.
  fileprivate func numbers(_ count: Int) throws(VocabularyError) -> [Int] {
    let numbers = try each { (value) throws(VocabularyError) in try value.integer() }
    guard numbers.count == count else {
      throw VocabularyError(.malformed, "\(numbers.count) numbers where \(count) are expected")
    }
    return numbers
  }
}
