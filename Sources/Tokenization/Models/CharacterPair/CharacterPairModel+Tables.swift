extension CharacterPairModel: Model {
  package static var kind: ModelKind { .characterPair }
  package var spellsTokensAlike: Bool {
    options.continuingPrefix.isEmpty && options.endSuffix.isEmpty
  }
  package var allowsWordCuts: Bool { options.allowsWordCuts }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) {
    encode(pretoken, to: &ids, ranges: &ranges, using: &scratch.characterPair)
  }

  package func add(to tables: inout ModelTables) {
    let flags: [UInt32] = [
      options.fusesUnknown ? 1 : 0, options.takesWholePretokens ? 1 : 0,
      options.decidesUnknownLast ? 1 : 0, options.allowsWordCuts ? 1 : 0,
      options.unknown == nil ? 0 : 1, options.unknown ?? 0,
    ]
    tables.add(FlatArray(flags))
    tables.add(FlatArray(options.continuingPrefix))
    tables.add(FlatArray(options.endSuffix))
    tables.add(ids)
    tables.add(texts)
    tables.add(asciiSymbols)
    tables.add(pairs.slots)
    tables.add(results)
    tables.add(priorities)
    tables.add(byteSymbols)
    tables.add(userDefined?.symbols ?? FlatArray([]))
    if let userDefined { tables.add(userDefined.texts) }
    tables.add(unused)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let flags = try tables.words(count: 6)
    let prefix = try tables.bytes()
    let suffix = try tables.bytes()
    options = Options(
      continuingPrefix: (0..<prefix.count).map { prefix[$0] },
      endSuffix: (0..<suffix.count).map { suffix[$0] }, unknown: flags[4] != 0 ? flags[5] : nil,
      fusesUnknown: flags[0] != 0, takesWholePretokens: flags[1] != 0,
      decidesUnknownLast: flags[2] != 0, allowsWordCuts: flags[3] != 0)
    ids = try tables.words()
    texts = try tables.trie()
    asciiSymbols = try tables.words()
    pairs = PairTable(slots: try tables.hashTable(empty: PairTable.empty))
    results = try tables.words()
    priorities = try tables.words()
    byteSymbols = try tables.words()
    let symbols = try tables.words()
    if symbols.count == 0 {
      userDefined = nil
    } else {
      userDefined = UserDefined(texts: try tables.trie(), symbols: symbols)
    }
    unused = try tables.words()
    joins = SymbolJoins(pairs, results: results, symbolCount: ids.count)
    guard asciiSymbols.count == 0 || asciiSymbols.count == 256,
      byteSymbols.count == 0 || byteSymbols.count == 256
    else { throw ModelTables.unfit }
  }
}
