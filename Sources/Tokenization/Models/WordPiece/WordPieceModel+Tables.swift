extension WordPieceModel: Model {
  package static var kind: ModelKind { .wordPiece }
  package var spellsTokensAlike: Bool { false }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(
      FlatArray([
        options.unknown, options.continuingState ?? .max,
        UInt32(clamping: options.maximumCharacterCount),
      ]))
    tables.add(trie)
    tables.add(ids)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let numbers = try tables.words(count: 3)
    self.init(
      trie: try tables.trie(), ids: try tables.words(),
      options: Options(
        unknown: numbers[0], continuingState: numbers[1] == .max ? nil : numbers[1],
        maximumCharacterCount: Int(numbers[2])))
  }
}
