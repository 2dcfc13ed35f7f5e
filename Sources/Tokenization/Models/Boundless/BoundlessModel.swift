internal import SplitPatterns

/// Encoding by merges that do not end at the borders of pretokens: what BoundlessBPE learns (Schmidt,
/// Reddy, Tanner and Pinter, "Boundless Byte Pair Encoding: Breaking the Pre-tokenization Barrier",
/// 2025).
///
/// The definition: the model is given a run of pretokens and cuts it by its pattern. Each pretoken starts
/// as its bytes. Then all events happen in turn, each once: those within pretokens as in
/// ``MergeEventsModel``; a join to all places where its two tokens stand side by side, from the left,
/// each of them all of a pretoken or made by a join. With the events `o`+`f`, ` `+`of`, ` `+`a`, ` of`
/// joins ` a`, the text ` of a of an` is ` of a`, ` of`, ` a`, `n`.
///
/// What happens within a pretoken does not depend on its neighbours until it is joined, and from then on
/// nothing happens within it. So it is known beforehand whether a pretoken is its own token at the time
/// of a join, and what it becomes where it is not joined: joins are merges of pretokens, and go through a
/// queue in O(*n* log *n*).
package struct BoundlessModel: Sendable {
  let words: MergeEventsModel
  let pattern: SplitPattern
  let cutter: PatternCutter
  /// From the two tokens of a join to its place in the order of joins.
  let joins: PairTable
  /// The symbol that each join makes.
  let wholes: FlatArray<UInt32>
  /// For each join whether a pretoken, of its left or of its right text, is one token at that time.
  let states: FlatArray<UInt8>
  /// What is known of each symbol's text as a pretoken.
  let kinds: FlatArray<UInt8>

  enum State {
    static let leftIsWhole: UInt8 = 1
    static let rightIsWhole: UInt8 = 2
  }

  enum Kind {
    /// Where it is not joined it is its own token.
    static let isOwnToken: UInt8 = 1
    /// There is a join that it takes part in.
    static let isJoined: UInt8 = 2
  }
}

extension BoundlessModel: Model {
  package static var kind: ModelKind { .boundless }
  package var isByteLevel: Bool { true }
  package var hasExactLengths: Bool { true }
  package var mayFail: Bool { cutter.mayFail }

  package func encode(
    _ pretoken: Span<UInt8>, vocabulary: Vocabulary, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout ModelScratch
  ) throws(EncodingError) {
    try encode(pretoken, to: &ids, using: &scratch.boundless, &scratch.mergeEvents)
  }

  package func add(to tables: inout ModelTables) {
    words.add(to: &tables)
    tables.add(FlatArray(Array(pattern.source.utf8)))
    tables.add(FlatArray(Array(pattern.dialect.rawValue.utf8)))
    tables.add(joins.slots)
    tables.add(wholes)
    tables.add(states)
    tables.add(kinds)
  }

  package init(_ tables: inout ModelTables) throws(VocabularyError) {
    words = try MergeEventsModel(&tables)
    let source = try tables.text()
    guard words.hasExactLengths, let dialect = SplitPattern.Dialect(rawValue: try tables.text())
    else { throw ModelTables.unfit }
    do throws(PatternError) { pattern = try SplitPattern(source, dialect: dialect) } catch {
      throw VocabularyError(.malformed, "\(error)")
    }
    cutter = try PatternCutter(pattern)
    joins = PairTable(slots: try tables.hashTable(empty: PairTable.empty))
    wholes = try tables.words()
    states = try tables.bytes()
    kinds = try tables.bytes()
    guard states.count == wholes.count, kinds.count == words.ids.count else {
      throw ModelTables.unfit
    }
  }
}

extension ModelTables {
  fileprivate mutating func text() throws(VocabularyError) -> String {
    let bytes = try bytes()
    return String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
  }
}
