/// huggingface's byte-pair trainer, written plainly over bytes: all pairs are counted in dictionaries, a
/// queue is searched from end to end. A token's bytes are compared as they are, and ids of bytes are
/// their places in `alphabet`.
package struct ReferenceBPETrainer {
  package var tokens: [[UInt8]]
  /// In the order in which they happened, the same pair perhaps twice.
  package private(set) var merges: [[UInt32]] = []

  package init(
    _ words: [(word: [UInt8], count: Int)], alphabet: [UInt8], size: Int, minimumFrequency: Int,
    maximumLength: Int
  ) {
    tokens = alphabet.map { [$0] }
    let present = Set(words.flatMap(\.word))
    tokens = tokens.filter { present.contains($0[0]) }
    var ids: [[UInt8]: UInt32] = [:]
    for (id, token) in tokens.enumerated() { ids[token] = UInt32(id) }
    var symbols = words.map { word in
      word.word.compactMap { byte in ids[[byte]].map { (id: $0, length: 1) } }
    }
    var counts: [[UInt32]: Int] = [:]
    var places: [[UInt32]: Set<Int>] = [:]
    for (index, word) in symbols.enumerated() {
      for position in word.indices.dropFirst() {
        let pair = [word[position - 1].id, word[position].id]
        counts[pair, default: 0] += words[index].count
        places[pair, default: []].insert(index)
      }
    }
    var queue: [(count: Int, pair: [UInt32], places: Set<Int>)] = []
    for (pair, indices) in places { queue.append((counts[pair, default: 0], pair, indices)) }

    while tokens.count < size, !queue.isEmpty {
      let first = queue.indices.min { left, right in
        queue[left].count != queue[right].count
          ? queue[left].count > queue[right].count
          : queue[left].pair.lexicographicallyPrecedes(queue[right].pair)
      }
      guard let first else { break }
      var top = queue.remove(at: first)
      if top.count != counts[top.pair, default: 0] {
        top.count = counts[top.pair, default: 0]
        queue.append(top)
        continue
      }
      if top.count < max(minimumFrequency, 1) { break }
      let text = tokens[Int(top.pair[0])] + tokens[Int(top.pair[1])]
      let merged = ids[text] ?? UInt32(tokens.count)
      if ids[text] == nil {
        ids[text] = merged
        tokens.append(text)
      }
      merges.append(top.pair)
      places = [:]
      for index in top.places {
        func change(_ left: UInt32, _ right: UInt32, _ times: Int) {
          counts[[left, right], default: 0] += times * words[index].count
          if times > 0 { places[[left, right], default: []].insert(index) }
        }
        var position = 0
        while position + 1 < symbols[index].count {
          let (left, right) = (symbols[index][position], symbols[index][position + 1])
          if [left.id, right.id] == top.pair {
            let length = left.length + right.length
            symbols[index].replaceSubrange(position...position + 1, with: [(merged, length)])
            if position > 0 {
              let before = symbols[index][position - 1]
              change(before.id, left.id, -1)
              if before.length + length < maximumLength { change(before.id, merged, 1) }
            }
            if position + 1 < symbols[index].count {
              let behind = symbols[index][position + 1]
              change(right.id, behind.id, -1)
              if behind.length + length < maximumLength { change(merged, behind.id, 1) }
            }
          }
          position += 1
        }
      }
      for (pair, indices) in places where counts[pair, default: 0] > 0 {
        queue.append((counts[pair, default: 0], pair, indices))
      }
    }
  }

  /// The merges that are written: of one that happened twice, the later.
  package var listedMerges: [[UInt32]] {
    var seen: Set<[UInt32]> = []
    return Array(merges.reversed().filter { seen.insert($0).inserted }.reversed())
  }
}
