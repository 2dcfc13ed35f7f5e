/// All tokens of a tokenizer, those of the model and the added ones: bytes for each id and the way
/// back.
///
/// Ids may have holes. A token's bytes are what decoding gives for it.
package struct Vocabulary: Sendable {
  /// The tokens' bytes by id, one behind another.
  package let bytes: FlatArray<UInt8>
  /// Where each id's bytes end in `bytes`; a hole has none.
  package let ends: FlatArray<UInt32>
  /// One bit for each id: there is such a token.
  package let present: FlatArray<UInt64>
  /// One bit for each id: text can spell the token, byte for byte.
  package let spelled: FlatArray<UInt64>
  /// An open-addressing table of ids by the hash of their bytes; ``emptySlot`` where there is none.
  package let index: FlatArray<UInt32>

  package static let emptySlot = UInt32.max
  /// Ids are below this number.
  package static let idLimit = 1 << 22 - 1

  package init(
    bytes: FlatArray<UInt8>, ends: FlatArray<UInt32>, present: FlatArray<UInt64>,
    spelled: FlatArray<UInt64>, index: FlatArray<UInt32>
  ) {
    self.bytes = bytes
    self.ends = ends
    self.present = present
    self.spelled = spelled
    self.index = index
  }

  /// One more than the greatest id.
  package var idCount: Int { ends.count }

  @inline(__always)
  package func contains(_ id: TokenID) -> Bool {
    Int(id) < idCount && present[Int(id >> 6)] >> UInt64(id & 63) & 1 == 1
  }

  package func isSpelled(_ id: TokenID) -> Bool {
    Int(id) < idCount && spelled[Int(id >> 6)] >> UInt64(id & 63) & 1 == 1
  }

  /// The place of the token's bytes; empty for ids without a token.
  @inline(__always)
  package func range(of id: TokenID) -> Range<Int> {
    guard Int(id) < idCount else { return 0..<0 }
    let start = id == 0 ? 0 : Int(ends[Int(id) - 1])
    return start..<Int(ends[Int(id)])
  }

  /// The token that is spelled by exactly these bytes; a token of the model before an added one.
  package func id(of text: Span<UInt8>) -> TokenID? {
    var slot = Int(truncatingIfNeeded: hash(text)) & (index.count - 1)
    while true {
      let id = index[slot]
      if id == Self.emptySlot { return nil }
      if bytes.span.extracting(range(of: id)).isEqual(to: text) { return id }
      slot = (slot + 1) & (index.count - 1)
    }
  }
}

extension Vocabulary {
  /// - Throws: `limit` for an id too great, `duplicate` for added tokens that share an id but not
  ///   their text.
  package init(
    model: any ModelDefinition, addedTokens: [AddedToken],
    bytesOfAdded: (AddedToken) throws(VocabularyError) -> [UInt8]
  ) throws(VocabularyError) {
    let tokens = model.tokens
    let ids = model.ids
    let greatest = max(ids.max() ?? 0, addedTokens.map(\.id).max() ?? 0)
    guard greatest < Self.idLimit else {
      throw VocabularyError(.limit, "the id \(greatest), of at most \(Self.idLimit - 1)")
    }
    let count = Int(greatest) + 1
    var places = [Int](repeating: -1, count: count)
    for (place, id) in ids.enumerated() { places[Int(id)] = place }
    var added: [TokenID: AddedToken] = [:]
    for token in addedTokens where places[Int(token.id)] < 0 {
      if let other = added[token.id], other.content != token.content {
        throw VocabularyError(
          .duplicate, "the id \(token.id) is given to `\(other.content)` and `\(token.content)`",
          path: "added_tokens")
      }
      added[token.id] = token
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(tokens.bytes.count)
    var ends: [UInt32] = []
    ends.reserveCapacity(count)
    var present = [UInt64](repeating: 0, count: (count + 63) / 64)
    for id in 0..<count {
      if places[id] >= 0 {
        bytes.append(contentsOf: tokens.bytes[tokens.range(places[id])])
        present[id / 64] |= 1 << UInt64(id % 64)
      } else if let token = added[TokenID(id)] {
        bytes.append(contentsOf: try bytesOfAdded(token))
        present[id / 64] |= 1 << UInt64(id % 64)
      }
      ends.append(UInt32(bytes.count))
    }
    var spelled = [UInt64](repeating: 0, count: (count + 63) / 64)
    var unspelled = model.unspelled[...]
    for (place, id) in ids.enumerated() {
      if unspelled.first == place {
        unspelled.removeFirst()
      } else {
        spelled[Int(id) / 64] |= 1 << UInt64(id % 64)
      }
    }
    self.init(bytes: bytes, ends: ends, present: present, spelled: spelled)
  }

  /// Makes the table of ids by their bytes.
  init(bytes: [UInt8], ends: [UInt32], present: [UInt64], spelled: [UInt64]) {
    self.init(
      bytes: FlatArray(bytes), ends: FlatArray(ends), present: FlatArray(present),
      spelled: FlatArray(spelled),
      index: FlatArray(Self.index(bytes: bytes, ends: ends, present: present, spelled: spelled)))
  }

  /// Spelled tokens first, so that they are found before others of the same bytes.
  private static func index(
    bytes: [UInt8], ends: [UInt32], present: [UInt64], spelled: [UInt64]
  ) -> [UInt32] {
    var size = 16
    while size < ends.count * 2 { size *= 2 }
    var slots = [UInt32](repeating: emptySlot, count: size)
    for isSpelledPass in [true, false] {
      for id in ends.indices where present[id / 64] >> UInt64(id % 64) & 1 == 1 {
        guard (spelled[id / 64] >> UInt64(id % 64) & 1 == 1) == isSpelledPass else { continue }
        let start = id == 0 ? 0 : Int(ends[id - 1])
        var slot = Int(truncatingIfNeeded: hash(bytes.span.extracting(start..<Int(ends[id]))))
        slot &= size - 1
        while slots[slot] != emptySlot { slot = (slot + 1) & (size - 1) }
        slots[slot] = UInt32(id)
      }
    }
    return slots
  }
}
