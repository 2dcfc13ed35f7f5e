import Tokenization

/// The entries of a file's `vocab`, by the text that stands in the file.
///
/// Merges and added tokens name tokens by that text. Two texts can stand for the same bytes (` x`,
/// outside the byte alphabet, and `Ġx`), so that nothing is looked up by bytes.
struct TokenTexts: Sendable {
  var index: ByteStringIndex
  /// The id of each text.
  var ids: [TokenID]
  /// The index of each id's text; -1 for a hole.
  private var places: [Int32] = []

  var count: Int { ids.count }

  /// - Throws: `duplicate` for an id that stands twice. Where a text stands twice the later id
  ///   holds, as in the original.
  init(_ texts: ByteStrings, ids: [TokenID]) throws(VocabularyError) {
    index = ByteStringIndex(texts)
    self.ids = ids
    if !index.duplicates.isEmpty { removeRepeatedTexts() }
    places = [Int32](repeating: -1, count: Int(self.ids.max() ?? 0) + 1)
    for (place, id) in self.ids.enumerated() {
      if places[Int(id)] >= 0 {
        throw VocabularyError(
          .duplicate,
          "the id \(id) is given to `\(text(Int(places[Int(id)])))` and `\(text(place))`")
      }
      places[Int(id)] = Int32(truncatingIfNeeded: place)
    }
  }

  /// The text with the id.
  func index(of id: TokenID) -> Int? {
    guard Int(id) < places.count, places[Int(id)] >= 0 else { return nil }
    return Int(places[Int(id)])
  }

  func contains(_ id: TokenID) -> Bool { index(of: id) != nil }

  /// Text `index` for a message.
  func text(_ index: Int) -> String { String(decoding: self.index.strings[index], as: UTF8.self) }

  private mutating func removeRepeatedTexts() {
    let texts = index.strings
    var kept = ByteStrings()
    var keptIDs: [TokenID] = []
    let repeated = Set(index.duplicates)
    var newPlaces: [Int: Int] = [:]
    for place in 0..<texts.count {
      if repeated.contains(place), let first = index[texts[place].span],
        let kept = newPlaces[first]
      {
        keptIDs[kept] = ids[place]
      } else {
        newPlaces[place] = keptIDs.count
        kept.append(texts[place])
        keptIDs.append(ids[place])
      }
    }
    index = ByteStringIndex(kept)
    ids = keptIDs
  }

  /// The tokens' bytes, and the places of those that no text can produce: a character outside the
  /// byte alphabet, or no character at all.
  func tokens() -> (bytes: ByteStrings, unspelled: [Int]) {
    let texts = index.strings
    let all = texts.bytes.span
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.bytes.count)
    var ends: [UInt32] = []
    ends.reserveCapacity(count)
    var unspelled: [Int] = []
    var start = 0
    for place in 0..<texts.count {
      let end = Int(texts.ends[place])
      if start == end {
        unspelled.append(place)
      } else if !ByteAlphabet.appendBytes(of: all.extracting(start..<end), to: &bytes) {
        unspelled.append(place)
        for position in start..<end { bytes.append(all[position]) }
      }
      ends.append(UInt32(truncatingIfNeeded: bytes.count))
      start = end
    }
    return (ByteStrings(bytes: bytes, ends: ends), unspelled)
  }
}
