extension CharactersModel: Model {
  package static var kind: ModelKind { .characters }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(FlatArray([unknown ?? Self.noID]))
    tables.add(blocks)
    tables.add(pages)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let unknown = try tables.words(count: 1)[0]
    let blocks = try tables.words()
    self.init(
      blocks: blocks, pages: try tables.words(), unknown: unknown == Self.noID ? nil : unknown)
  }
}
