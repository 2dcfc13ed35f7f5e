internal import Tokenization

/// The different words of a text as trees of their ends: what many words end with is there once.
///
/// A node is a string with which words end, its parent the same without the first character, and a root
/// the empty string. Words are cut from any place on, so that all that is to be known of the rest of a
/// word is known of a node, whatever stands before it. There are many trees of some thousand nodes, each
/// of neighbours in the order of words read backwards, so that threads can share them and what a tree
/// needs stays in near caches; only the shortest ends stand in several trees.
///
///     ▁low 5, ▁slow 2      root - w - o - l - ▁ (5)
///                                         l - s - ▁ (2)
struct SuffixForest: Sendable {
  /// In place of a character, at roots.
  static let end: UInt32 = 0
  /// A tree that has so many nodes takes no more words.
  private static let fullTree = 4096

  /// The characters of the alphabet, ascending; the number of each is one more than its place.
  let alphabet: [UInt32]
  /// A string with which words end.
  struct Node: BitwiseCopyable, Sendable {
    /// Its first character.
    var character: UInt32
    /// The node without that; a root is its own parent. Parents stand before their children.
    var parent: UInt32
    /// How many characters it has.
    var length: UInt32
  }

  /// To be read through a span, since the table itself is generic code of another module.
  let nodes: FlatArray<Node>
  /// How often each node is a whole word of the text.
  private(set) var counts: [UInt64] = []
  /// The root of each tree, before its other nodes, and behind them the number of all nodes.
  private(set) var roots: [Int] = []
  /// How many characters the whole text has.
  private(set) var total: UInt64 = 0

  /// - Throws: `limit` beyond 2^31 characters in different words or 2^48 in the text.
  /// - Complexity: O(*n*) in the characters of different words, nearly.
  init(_ corpus: SentencePieceCorpus, alphabet: [UInt32]) throws(TrainingError) {
    self.alphabet = alphabet
    guard corpus.characters.count + corpus.count < Int(Int32.max) else {
      throw TrainingError(
        .limit,
        "different words have \(corpus.characters.count) characters, of at most \(Int32.max)")
    }
    var numbers = ScalarTable(absent: UInt32(alphabet.count + 1))
    for (place, character) in alphabet.enumerated() { numbers[character] = UInt32(place + 1) }
    let longest = (0..<corpus.count).reduce(0) { max($0, corpus.range($1).count) }
    let packing = StringOrder.Packing(characterCount: alphabet.count + 1)
    let backwards = Self.backwards(corpus, numbers, packing, longest: longest)
    var nodes: [Node] = []
    let characters = corpus.characters.count - backwards.common.reduce(0) { $0 + Int($1) }
    // The ends that trees share are there more than once.
    nodes.reserveCapacity(characters + characters / 32)
    counts.reserveCapacity(characters + characters / 32)
    // The nodes of the word before, by their length.
    var path = [UInt32](repeating: 0, count: longest + 1)
    for (index, word) in backwards.items.enumerated() {
      let range = corpus.range(Int(word))
      var common = Int(backwards.common[index])
      if index == 0 || nodes.count - roots[roots.count - 1] >= Self.fullTree {
        path[0] = UInt32(nodes.count)
        roots.append(nodes.count)
        nodes.append(Node(character: Self.end, parent: path[0], length: 0))
        counts.append(0)
        common = 0
      }
      for length in common..<range.count {
        let character = numbers[corpus.characters[range.upperBound - 1 - length]]
        path[length + 1] = UInt32(nodes.count)
        nodes.append(
          Node(character: character, parent: path[length], length: UInt32(length + 1)))
        counts.append(0)
      }
      total = try Self.sum(total, UInt64(range.count), corpus.counts[Int(word)])
      counts[Int(path[range.count])] += corpus.counts[Int(word)]
    }
    roots.append(nodes.count)
    self.nodes = FlatArray(nodes)
  }

  /// The words in the order of their characters read backwards.
  private static func backwards(
    _ corpus: SentencePieceCorpus, _ numbers: ScalarTable<UInt32>, _ packing: StringOrder.Packing,
    longest: Int
  ) -> StringOrder {
    StringOrder(count: corpus.count, depth: longest, packing) { word, level, _ in
      let range = corpus.range(word)
      var key: UInt64 = 0
      for back in (level * packing.count)..<((level + 1) * packing.count) {
        let isInside = back < range.count
        let character = isInside ? numbers[corpus.characters[range.upperBound - 1 - back]] : 0
        key = key << UInt64(packing.bits) | UInt64(character)
      }
      return key
    }
  }

  /// - Throws: `limit` beyond 2^48.
  private static func sum(
    _ total: UInt64, _ length: UInt64, _ count: UInt64
  ) throws(TrainingError) -> UInt64 {
    let (product, overflows) = length.multipliedReportingOverflow(by: count)
    let (sum, overflowsToo) = total.addingReportingOverflow(product)
    guard !overflows, !overflowsToo, sum <= 1 << 48 else {
      throw TrainingError(.limit, "the text has more than \(1 << 48) characters")
    }
    return sum
  }

  /// Stands for characters that are not in the alphabet.
  var unknown: UInt32 { UInt32(alphabet.count + 1) }

  /// How many nodes there are, roots included.
  var count: Int { nodes.count }

  var treeCount: Int { roots.count - 1 }

  /// The nodes of tree `index`, the root first.
  func tree(_ index: Int) -> Range<Int> { roots[index]..<roots[index + 1] }

  /// The numbers of the first `length` characters of `node`.
  func characters(of node: Int, _ length: Int, into result: inout [UInt32]) {
    let nodes = nodes.span
    result.removeAll(keepingCapacity: true)
    var place = node
    for _ in 0..<length {
      let node = nodes[place]
      result.append(node.character)
      place = Int(node.parent)
    }
  }

  /// The first `length` code points of `node`.
  func codePoints(of node: Int, _ length: Int) -> [UInt32] {
    var result: [UInt32] = []
    characters(of: node, length, into: &result)
    return result.map { $0 == Self.end || $0 == unknown ? 0xFFFD : alphabet[Int($0) - 1] }
  }

  /// All nodes in the order of their first `depth` characters at least; the roots come first.
  func order(depth: Int) -> StringOrder {
    let packing = StringOrder.Packing(characterCount: alphabet.count + 1)
    let table = nodes
    let nodes = table.span
    var keys: [UInt64] = []
    keys.reserveCapacity(count)
    for place in 0..<count {
      let node = nodes[place]
      keys.append(
        node.length == 0 ? 0 : packing.prepend(node.character, to: keys[Int(node.parent)]))
    }
    let keyTable = FlatArray(keys)
    keys = []
    return StringOrder(count: count, depth: depth, packing) { _, level, rest in
      // What is left behind the characters of the levels before.
      if level > 0 {
        let nodes = table.span
        for _ in 0..<packing.count { rest = nodes[Int(rest)].parent }
      }
      return keyTable.span[Int(rest)]
    }
  }
}
