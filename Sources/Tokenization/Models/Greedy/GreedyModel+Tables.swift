extension GreedyModel: Model {
  package static var kind: ModelKind { .greedy }
  package var isByteLevel: Bool { true }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(FlatArray([unknown ?? .max]))
    tables.add(trie)
    tables.add(ids)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let unknown = try tables.words(count: 1)[0]
    let trie = try tables.trie()
    if unknown == .max { try trie.requireAllBytes() }
    self.init(trie: trie, ids: try tables.words(), unknown: unknown == .max ? nil : unknown)
  }
}
