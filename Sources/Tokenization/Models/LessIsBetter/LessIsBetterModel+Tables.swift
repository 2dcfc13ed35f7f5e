extension LessIsBetterModel: Model {
  package static var kind: ModelKind { .lessIsBetter }
  package var isByteLevel: Bool { true }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges, using: &scratch.lessIsBetter)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(
      FlatArray([
        options.unknown ?? .max, options.isCounterfactual ? 1 : 0, options.skipsLoneUnits ? 1 : 0,
        UInt32(clamping: options.subunitDepth),
      ]))
    tables.add(trie)
    tables.add(ids)
    tables.add(parts)
    tables.add(lengths)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let numbers = try tables.words(count: 4)
    self.init(
      trie: try tables.trie(), ids: try tables.words(), parts: try tables.words(),
      lengths: try tables.words(),
      options: Options(
        unknown: numbers[0] == .max ? nil : numbers[0], isCounterfactual: numbers[1] != 0,
        skipsLoneUnits: numbers[2] != 0, subunitDepth: Int(numbers[3])))
  }
}
