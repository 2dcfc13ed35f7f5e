extension WordLevelModel: Model {
  package static var kind: ModelKind { .wordLevel }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(FlatArray([unknown, cutsAtSpaceMarks ? 1 : 0]))
    tables.add(bytes)
    tables.add(ends)
    tables.add(ids)
    tables.add(slots)
    tables.add(byteTokens)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let options = try tables.words(count: 2)
    self.init(
      bytes: try tables.bytes(), ends: try tables.words(), ids: try tables.words(),
      slots: try tables.hashTable(empty: 0), unknown: options[0], cutsAtSpaceMarks: options[1] != 0,
      byteTokens: try tables.words())
  }
}
