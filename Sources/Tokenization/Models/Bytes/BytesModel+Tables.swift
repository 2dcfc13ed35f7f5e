extension BytesModel: Model {
  package static var kind: ModelKind { .bytes }
  package var isByteLevel: Bool { true }
  package var hasExactLengths: Bool { true }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(FlatArray([offset]))
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    try self.init(BytesDefinition(offset: try tables.words(count: 1)[0]))
  }
}
