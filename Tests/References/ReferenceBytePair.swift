/// Byte-pair encoding by its definition: of all neighbours that merge, the pair of lowest rank, the
/// leftmost of equals, until none does. Looks at everything again after each merge.
///
/// With the merges `h e`, `l l`, `he ll`, `hello` is `h e l l o`, `he l l o`, `he ll o`, `hell o`.
package struct ReferenceBytePair: Sendable {
  package struct Merge: Hashable, Sendable {
    package var left, right, result: UInt32

    package init(left: UInt32, right: UInt32, result: UInt32) {
      self.left = left
      self.right = right
      self.result = result
    }
  }

  /// What becomes of neighbours.
  package enum Rules: Sendable {
    /// huggingface's rule: merges in order of rank. Of two of the same pair the later holds.
    case listed([Merge])
    /// tiktoken's rule: two neighbours whose bytes together are a token, its id being the rank.
    case byID
  }

  private struct Pair: Hashable {
    var left, right: UInt32
  }

  private let ids: [[UInt8]: UInt32]
  private let bytes: [UInt32: [UInt8]]
  private let merges: [Pair: (rank: Int, result: UInt32)]
  private let isByID: Bool
  private let takesWholePretokens: Bool
  private let unknown: UInt32?
  private let fusesUnknown: Bool

  /// - Parameters:
  ///   - takesWholePretokens: a pretoken that is a token becomes it, whatever merges say.
  ///   - unknown: stands for bytes without a token; without it they are left out.
  ///   - fusesUnknown: several such bytes in a row become one.
  package init(
    tokens: [(bytes: [UInt8], id: UInt32)], rules: Rules, takesWholePretokens: Bool,
    unknown: UInt32? = nil, fusesUnknown: Bool = false
  ) {
    ids = Dictionary(uniqueKeysWithValues: tokens.map { ($0.bytes, $0.id) })
    bytes = Dictionary(uniqueKeysWithValues: tokens.map { ($0.id, $0.bytes) })
    var merges: [Pair: (rank: Int, result: UInt32)] = [:]
    if case .listed(let listed) = rules {
      for (rank, merge) in listed.enumerated() {
        merges[Pair(left: merge.left, right: merge.right)] = (rank, merge.result)
      }
      isByID = false
    } else {
      isByID = true
    }
    self.merges = merges
    self.takesWholePretokens = takesWholePretokens
    self.unknown = unknown
    self.fusesUnknown = fusesUnknown
  }

  /// The ids of one pretoken.
  ///
  /// - Complexity: O(*n*²) look-ups.
  package func encode(_ pretoken: [UInt8]) -> [UInt32] {
    if takesWholePretokens, let id = ids[pretoken] { return [id] }
    var symbols = bytesAsTokens(pretoken)
    while let (place, result) = nextMerge(symbols) {
      symbols[place] = result
      symbols.remove(at: place + 1)
    }
    return symbols
  }

  private func bytesAsTokens(_ pretoken: [UInt8]) -> [UInt32] {
    var symbols: [UInt32] = []
    var lastIsUnknown = false
    for byte in pretoken {
      if let id = ids[[byte]] {
        symbols.append(id)
        lastIsUnknown = false
      } else if let unknown {
        if !(fusesUnknown && lastIsUnknown) { symbols.append(unknown) }
        lastIsUnknown = true
      }
    }
    return symbols
  }

  private func nextMerge(_ symbols: [UInt32]) -> (place: Int, result: UInt32)? {
    var best: (rank: Int, place: Int, result: UInt32)?
    for place in symbols.indices.dropLast() {
      guard let (rank, result) = merge(symbols[place], symbols[place + 1]) else { continue }
      if best.map({ rank < $0.rank }) ?? true { best = (rank, place, result) }
    }
    return best.map { ($0.place, $0.result) }
  }

  private func merge(_ left: UInt32, _ right: UInt32) -> (rank: Int, result: UInt32)? {
    guard isByID else { return merges[Pair(left: left, right: right)] }
    guard let first = bytes[left], let second = bytes[right], let id = ids[first + second] else {
      return nil
    }
    return (Int(id), id)
  }
}
