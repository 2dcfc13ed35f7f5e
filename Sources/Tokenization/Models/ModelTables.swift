/// A model's tables as a compiled form keeps them: read one after another in the order in which they
/// were added.
package struct ModelTables: Sendable {
  package enum Table: Sendable {
    case bytes(FlatArray<UInt8>)
    case words(FlatArray<UInt32>)
    case longWords(FlatArray<UInt64>)
  }

  package private(set) var tables: [Table]
  private var place = 0

  package init(_ tables: [Table] = []) { self.tables = tables }

  mutating func add(_ bytes: FlatArray<UInt8>) { tables.append(.bytes(bytes)) }
  mutating func add(_ words: FlatArray<UInt32>) { tables.append(.words(words)) }
  mutating func add(_ words: FlatArray<UInt64>) { tables.append(.longWords(words)) }

  mutating func add(_ numbers: FlatArray<Double>) {
    tables.append(.longWords(FlatArray((0..<numbers.count).map { numbers[$0].bitPattern })))
  }

  mutating func add(_ trie: ByteTrie) {
    add(FlatArray([UInt32(trie.stringCount)]))
    add(trie.slots)
  }

  /// - Throws: `malformed` where another kind of table stands, or none.
  mutating func bytes() throws(VocabularyError) -> FlatArray<UInt8> {
    if case .bytes(let bytes) = try next() { return bytes }
    throw Self.unfit
  }

  mutating func words() throws(VocabularyError) -> FlatArray<UInt32> {
    if case .words(let words) = try next() { return words }
    throw Self.unfit
  }

  /// So many words.
  mutating func words(count: Int) throws(VocabularyError) -> FlatArray<UInt32> {
    let words = try words()
    guard words.count == count else { throw Self.unfit }
    return words
  }

  mutating func doubles() throws(VocabularyError) -> FlatArray<Double> {
    let words = try longWords()
    return FlatArray((0..<words.count).map { Double(bitPattern: words[$0]) })
  }

  mutating func trie() throws(VocabularyError) -> ByteTrie {
    let count = try words(count: 1)[0]
    return ByteTrie(slots: try hashTable(empty: ByteTrie.emptySlot), stringCount: Int(count))
  }

  mutating func longWords() throws(VocabularyError) -> FlatArray<UInt64> {
    if case .longWords(let words) = try next() { return words }
    throw Self.unfit
  }

  /// A hash table: a power of two slots, one of which is empty, so that every search ends.
  mutating func hashTable(empty: UInt64) throws(VocabularyError) -> FlatArray<UInt64> {
    let slots = try longWords()
    var index = 0
    while index < slots.count, slots[index] != empty { index += 1 }
    guard slots.count >= 2, slots.count.nonzeroBitCount == 1, index < slots.count else {
      throw Self.unfit
    }
    return slots
  }

  private mutating func next() throws(VocabularyError) -> Table {
    guard place < tables.count else { throw Self.unfit }
    defer { place += 1 }
    return tables[place]
  }

  static let unfit = VocabularyError(
    .malformed, "the tables of the compiled file do not fit together")
}
