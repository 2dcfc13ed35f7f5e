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

  /// - Throws: `malformed` where another kind of table stands, or none.
  mutating func bytes() throws(VocabularyError) -> FlatArray<UInt8> {
    if case .bytes(let bytes) = try next() { return bytes }
    throw Self.unfit
  }

  mutating func words() throws(VocabularyError) -> FlatArray<UInt32> {
    if case .words(let words) = try next() { return words }
    throw Self.unfit
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

/// A model that can be written to a compiled form and opened where it lies.
protocol CompiledModel: Sendable {
  /// Adds the model's tables.
  func add(to tables: inout ModelTables)
  /// Reads the same tables. Numbers in them are not checked here, but wherever they are used.
  ///
  /// - Throws: `malformed` for tables of other kinds or sizes.
  init(_ tables: inout ModelTables) throws(VocabularyError)
}

extension Model {
  /// Which model the tables are of; part of the compiled form, so that numbers never change.
  package enum Kind: UInt32, Sendable {
    case bytePair = 0
    case characterPair = 1
  }

  package var kind: Kind {
    switch self {
    case .bytePair: .bytePair
    case .characterPair: .characterPair
    }
  }

  package var tables: ModelTables {
    var tables = ModelTables()
    compiled.add(to: &tables)
    return tables
  }

  private var compiled: any CompiledModel {
    switch self {
    case .bytePair(let model): model
    case .characterPair(let model): model
    }
  }

  /// - Throws: `malformed` for tables that are not such a model's.
  package init(_ kind: Kind, _ tables: ModelTables) throws(VocabularyError) {
    var tables = tables
    switch kind {
    case .bytePair: self = .bytePair(try BytePairModel(&tables))
    case .characterPair: self = .characterPair(try CharacterPairModel(&tables))
    }
  }
}
