/// The tokens of a vocabulary in training: text to id and back.
struct TokenTexts {
  private(set) var texts: [[UInt8]] = []
  private var ids: [[UInt8]: UInt32] = [:]
  /// The ids of tokens that no merge makes: their texts are not spelled in the alphabet.
  private(set) var unspelled: [Int] = []
  /// How many different texts there are.
  var count: Int { texts.count }

  func id(of text: [UInt8]) -> UInt32? { ids[text] }

  subscript(id: UInt32) -> [UInt8] { texts[Int(id)] }

  /// The id of `text`, a new one where it has none.
  @discardableResult
  mutating func insert(_ text: [UInt8]) -> UInt32 {
    if let id = ids[text] { return id }
    let id = UInt32(texts.count)
    texts.append(text)
    ids[text] = id
    return id
  }

  /// Adds a token, also one whose text there is already; only what is spelled is found by it.
  mutating func append(_ text: [UInt8], isSpelled: Bool) {
    if isSpelled { ids[text] = UInt32(texts.count) } else { unspelled.append(texts.count) }
    texts.append(text)
  }

  /// Adds a token whose text is never compared with that of others.
  mutating func insertUnspelled(_ text: [UInt8]) -> UInt32 {
    if let index = unspelled.first(where: { texts[$0] == text }) { return UInt32(index) }
    unspelled.append(texts.count)
    texts.append(text)
    return UInt32(texts.count - 1)
  }
}

// MARK: - In a checkpoint

extension TokenTexts {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try writer.append(texts.count)
    for text in texts { try writer.append(text.span) }
    try writer.append(unspelled.count)
    for index in unspelled { try writer.append(index) }
  }

  /// - Throws: `checkpoint`, `unreadable`.
  init(from reader: inout CheckpointReader) throws(TrainingError) {
    for _ in 0..<(try reader.count(upTo: reader.remaining / 8)) { texts.append(try reader.bytes()) }
    for _ in 0..<(try reader.count(upTo: texts.count)) {
      unspelled.append(try reader.count(upTo: texts.count - 1))
    }
    let spelled = Set(texts.indices).subtracting(unspelled)
    for index in spelled { ids[texts[index]] = UInt32(index) }
  }
}
