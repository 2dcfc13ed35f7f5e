extension LatticeModel: Model {
  package static var kind: ModelKind { .lattice }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges, using: &scratch.lattice)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(FlatArray([unknown ?? .max, isByteLevel ? 1 : 0]))
    tables.add(trie)
    tables.add(ids)
    tables.add(scores)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let numbers = try tables.words(count: 2)
    let unknown = numbers[0]
    try self.init(
      trie: try tables.trie(), ids: try tables.words(), scores: try tables.doubles(),
      unknown: unknown == .max ? nil : unknown)
    isByteLevel = numbers[1] != 0
  }
}
