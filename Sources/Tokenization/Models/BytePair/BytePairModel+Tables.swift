extension BytePairModel: Model {
  package static var kind: ModelKind { .bytePair }
  package var isByteLevel: Bool { true }
  package var hasExactLengths: Bool { options.hasAllBytes }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(
      pretoken, vocabulary: vocabulary, to: &ids, ranges: &ranges, using: &scratch.bytePair)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(FlatArray(options.words))
    tables.add(symbols.words)
    tables.add(pairs.slots)
    tables.add(results)
    tables.add(trie.roots)
    tables.add(trie.slots)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    guard let options = Options(words: try tables.words()) else { throw ModelTables.unfit }
    let symbols = SymbolTable(words: try tables.longWords())
    let pairs = PairTable(slots: try tables.hashTable(empty: PairTable.empty))
    let results = try tables.words()
    let roots = try tables.words()
    let trie = SymbolTrie(
      roots: roots, slots: try tables.hashTable(empty: SymbolTrie.emptySlot),
      symbolCount: symbols.count)
    guard symbols.count >= 256, !options.isOrdered || roots.count == 1 << 16 else {
      throw ModelTables.unfit
    }
    self.init(symbols: symbols, pairs: pairs, results: results, trie: trie, options: options)
  }
}

extension BytePairModel.Options {
  /// The options as numbers, in the order of ``init(words:)``.
  fileprivate var words: [UInt32] {
    [
      isOrdered ? 1 : 0, takesWholePretokens ? 1 : 0, hasAllBytes ? 1 : 0, unknown == nil ? 0 : 1,
      unknown ?? 0, fusesUnknown ? 1 : 0,
    ]
  }

  fileprivate init?(words: FlatArray<UInt32>) {
    guard words.count == 6 else { return nil }
    self.init(
      isOrdered: words[0] != 0, takesWholePretokens: words[1] != 0, hasAllBytes: words[2] != 0,
      unknown: words[3] != 0 ? words[4] : nil, fusesUnknown: words[5] != 0)
  }
}
