extension UnigramModel: Model {
  package static var kind: ModelKind { .unigram }
  package var mayFail: Bool { options.unknown == nil }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) throws(EncodingError) {
    guard options.isSentencePiece else {
      try encode(pretoken, to: &ids, ranges: &ranges, using: &scratch.unigram)
      return
    }
    let words = scratch.words ?? UnigramWords()
    scratch.words = words
    try encodeSentence(
      pretoken, to: &ids, ranges: &ranges, using: &scratch.unigram, cache: &words.cache)
  }

  package func add(to tables: inout ModelTables) {
    tables.add(
      FlatArray([
        options.unknown ?? Self.noID, UInt32(clamping: options.maximumTokenLength),
        options.isSentencePiece ? 1 : 0, options.cutsWords ? 1 : 0,
      ]))
    tables.add(FlatArray([options.unknownScore]))
    tables.add(trie.units)
    tables.add(trie.wideScores)
    tables.add(trie.ids)
    tables.add(byteIDs)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    let numbers = try tables.words(count: 4)
    let score = try tables.doubles()
    let units = try tables.longWords()
    let wideScores = try tables.doubles()
    let ids = try tables.words()
    let byteIDs = try tables.words()
    guard score.count == 1, ids.count == units.count, byteIDs.count == 0 || byteIDs.count == 256
    else { throw ModelTables.unfit }
    self.init(
      trie: UnigramTrie(units: units, wideScores: wideScores, ids: ids), byteIDs: byteIDs,
      options: Options(
        unknown: numbers[0] == Self.noID ? nil : numbers[0], unknownScore: score[0],
        maximumTokenLength: Int(numbers[1]), isSentencePiece: numbers[2] != 0,
        cutsWords: numbers[3] != 0))
  }
}

/// A cache of words in a box, so that contexts without one need no memory for it.
final class UnigramWords {
  var cache = UnigramWordCache()
}
