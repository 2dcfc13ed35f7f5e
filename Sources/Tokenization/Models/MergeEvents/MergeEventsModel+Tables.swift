extension MergeEventsModel: Model {
  package static var kind: ModelKind { .mergeEvents }
  package var isByteLevel: Bool { options.isByteLevel }
  package var hasExactLengths: Bool { options.isByteLevel && options.hasAllBytes }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges, using: &scratch.mergeEvents)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(
      FlatArray([
        options.isByteLevel ? 1 : 0, options.hasAllBytes ? 1 : 0,
        options.takesWholePretokens ? 1 : 0, options.unknown == nil ? 0 : 1, options.unknown ?? 0,
        options.fusesUnknown ? 1 : 0, UInt32(clamping: options.partLimit),
      ]))
    for table in [
      ids, lengths, byteSymbols, fallbackSymbols, mergeEnds, merges, splitEnds, splits, wholes,
      partEnds, parts,
    ] { tables.add(table) }
    tables.add(runs.slots)
    tables.add(texts)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let numbers = try tables.words(count: 7)
    let ids = try tables.words()
    let lengths = try tables.words(count: ids.count)
    let byteSymbols = try tables.words(count: 256)
    let fallbackSymbols = try tables.words()
    let mergeEnds = try tables.words()
    let merges = try tables.words()
    let splitEnds = try tables.words(count: ids.count)
    let splits = try tables.words()
    let wholes = try tables.words()
    let partEnds = try tables.words(count: wholes.count)
    let parts = try tables.words()
    let runs = PairTable(slots: try tables.hashTable(empty: PairTable.empty))
    self.init(
      ids: ids, lengths: lengths, texts: try tables.trie(), byteSymbols: byteSymbols,
      fallbackSymbols: fallbackSymbols, runs: runs, mergeEnds: mergeEnds, merges: merges,
      splitEnds: splitEnds, splits: splits, wholes: wholes, partEnds: partEnds, parts: parts,
      options: Options(
        isByteLevel: numbers[0] != 0, hasAllBytes: numbers[1] != 0,
        takesWholePretokens: numbers[2] != 0, unknown: numbers[3] != 0 ? numbers[4] : nil,
        fusesUnknown: numbers[5] != 0, partLimit: Int(numbers[6])))
  }
}
