/// For each pair the words in which it was seen: lists in one array, whose emptied places are used again.
struct WordLists {
  private struct Node {
    var word: UInt32
    var next: UInt32
  }

  private static let end = UInt32.max
  private var nodes: [Node] = []
  private var heads: [UInt32] = []
  private var free = end

  /// Adds an empty list, whose number is one more than the last one's.
  mutating func appendList() { heads.append(Self.end) }

  /// Adds `word` to a list, unless it is what was added last.
  mutating func add(_ word: Int, to list: Int) {
    let head = heads[list]
    if head != Self.end, nodes[Int(head)].word == UInt32(word) { return }
    let node = Node(word: UInt32(word), next: head)
    if free == Self.end {
      heads[list] = UInt32(nodes.count)
      nodes.append(node)
    } else {
      heads[list] = free
      free = nodes[Int(free)].next
      nodes[Int(heads[list])] = node
    }
  }

  /// Empties a list; its words, some of them perhaps twice, are put in the place of what `words` has.
  mutating func removeAll(from list: Int, to words: inout [Int]) {
    words.removeAll(keepingCapacity: true)
    var place = heads[list]
    heads[list] = Self.end
    while place != Self.end {
      let node = nodes[Int(place)]
      words.append(Int(node.word))
      nodes[Int(place)].next = free
      free = place
      place = node.next
    }
  }
}
