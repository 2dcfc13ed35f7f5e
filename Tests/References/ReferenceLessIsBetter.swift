/// Reading with a lexicon of Less-is-Better over arrays of characters, as the authors' code does it.
package struct ReferenceLessIsBetter: Sendable {
  package typealias Characters = [[UInt8]]

  /// Units, best first.
  package var lexicon: [Characters]
  package var characterLimit: Int?
  package var isCounterfactual: Bool
  package var skipsLoneUnits: Bool
  package var subunitDepth: Int
  private let ranks: [Characters: Int]

  package init(
    lexicon: [Characters], characterLimit: Int?, isCounterfactual: Bool, skipsLoneUnits: Bool,
    subunitDepth: Int
  ) {
    self.lexicon = lexicon
    self.characterLimit = characterLimit
    self.isCounterfactual = isCounterfactual
    self.skipsLoneUnits = skipsLoneUnits
    self.subunitDepth = subunitDepth
    ranks = Dictionary(uniqueKeysWithValues: lexicon.enumerated().map { ($1, $0) })
  }

  /// The text's chunks in order: units, and characters that are none.
  package func encode(_ text: Characters) -> [Characters] {
    (isCounterfactual ? readBothWays(text) : readLongest(text))
      .flatMap { cut($0, depth: subunitDepth) }
  }

  /// The rank of a chunk; nil for a character that is no unit.
  package func rank(_ chunk: Characters) -> Int? { ranks[chunk] }

  private func matches(_ text: Characters, limit: Int? = nil) -> [Characters] {
    (0..<min(text.count, limit ?? text.count)).map { Array(text[...$0]) }
      .filter { ranks[$0] != nil }
  }

  private func readLongest(_ text: Characters) -> [Characters] {
    var chunks: [Characters] = []
    var rest = text
    while !rest.isEmpty {
      let chunk = matches(rest, limit: characterLimit).last ?? [rest[0]]
      chunks.append(chunk)
      rest.removeFirst(chunk.count)
    }
    return chunks
  }

  private func readBothWays(_ text: Characters) -> [Characters] {
    var chunks: [Characters] = []
    var place = 0
    while place < text.count {
      let found = matches(Array(text[place...]))
      guard found.count > 1 else {
        chunks.append(skipsLoneUnits ? [text[place]] : found.last ?? [text[place]])
        place += chunks[chunks.count - 1].count
        continue
      }
      var longest = [found[found.count - 1]]
      var other = [found[found.count - 2]]
      while length(longest) != length(other) {
        if length(longest) > length(other) {
          other.append(next(text, place + length(other)))
        } else {
          longest.append(next(text, place + length(longest)))
        }
      }
      let best = isBetter(other, than: longest) ? other : longest
      chunks += best
      place += length(best)
    }
    return chunks
  }

  private func next(_ text: Characters, _ place: Int) -> Characters {
    matches(Array(text[place...])).last ?? [text[place]]
  }

  private func length(_ chunks: [Characters]) -> Int { chunks.map(\.count).reduce(0, +) }

  private func isBetter(_ one: [Characters], than other: [Characters]) -> Bool {
    if one.count != other.count { return one.count < other.count }
    return one.compactMap { ranks[$0] }.reduce(0, +) < other.compactMap { ranks[$0] }.reduce(0, +)
  }

  private func cut(_ chunk: Characters, depth: Int) -> [Characters] {
    guard depth > 0, let rank = ranks[chunk] else { return [chunk] }
    var cuts: [(first: Characters, second: Characters, ranks: (Int, Int))] = []
    var first = chunk
    while let shorter = matches(Array(first.dropLast())).last {
      first = shorter
      let second = Array(chunk[first.count...])
      if let one = ranks[first], let two = ranks[second] {
        cuts.append((first, second, (one, two)))
      }
    }
    guard let best = cuts.min(by: { $0.ranks < $1.ranks }), max(best.ranks.0, best.ranks.1) < rank
    else { return [chunk] }
    return cut(best.first, depth: depth - 1) + cut(best.second, depth: depth - 1)
  }
}
