internal import Tokenization

/// What every token is merged from: one merge of two or more parts for each token that merges make.
///
/// Symbols are the indices of tokens.
struct MergeTree {
  /// The symbols that merges make, in the order of the merges.
  private(set) var made: [UInt32]
  /// The parts of each symbol; none for characters, and for what was knocked out.
  private(set) var parts: [[UInt32]]
  /// Which symbols have each symbol among their parts, or had.
  private var users: [[UInt32]]

  /// - Parameter merges: in the order in which they happen, a result once at most.
  /// - Throws: `unsupported` where a token is merged from one that comes later.
  init(
    _ merges: [BytePairDefinition.Merge], ids: [TokenID]
  ) throws(VocabularyError) {
    made = []
    parts = Array(repeating: [], count: ids.count)
    users = Array(repeating: [], count: ids.count)
    let symbols = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices.map { UInt32($0) }))
    let results = Set(merges.map(\.result))
    for (rank, merge) in merges.enumerated() {
      guard let whole = symbols[merge.result], let left = symbols[merge.left],
        let right = symbols[merge.right]
      else { continue }
      for (id, part) in [(merge.left, left), (merge.right, right)] {
        guard parts[Int(part)].isEmpty, results.contains(id) else { continue }
        throw VocabularyError(
          .unsupported,
          "the merge \(rank) needs the token \(id), which only a later merge makes: what such merges "
            + "do is not told by their order")
      }
      set([left, right], of: whole)
      made.append(whole)
    }
  }

  private mutating func set(_ parts: [UInt32], of whole: UInt32) {
    self.parts[Int(whole)] = parts
    for part in Set(parts) where !users[Int(part)].contains(whole) {
      users[Int(part)].append(whole)
    }
  }

  /// Puts the parts of `symbol` wherever it was a part itself.
  mutating func knockOut(_ symbol: UInt32) {
    let replacement = parts[Int(symbol)]
    for user in users[Int(symbol)] where !parts[Int(user)].isEmpty {
      set(parts[Int(user)].flatMap { $0 == symbol ? replacement : [$0] }, of: user)
    }
    parts[Int(symbol)] = []
  }

  /// Forgets the places of what was knocked out.
  mutating func removeKnockedOut() { made.removeAll { parts[Int($0)].isEmpty } }

  /// The merges as events.
  var events: [MergeEventsDefinition.Event] {
    made.map { MergeEventsDefinition.Event(.merge, parts[Int($0)], $0) }
  }
}
