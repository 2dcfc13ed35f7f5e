/// Lists of words, many of them and each growing at its end, in one array: chains of nodes.
///
/// A list may hold a word twice, and words that have long changed: whoever goes through one looks.
struct WordChains: ~Copyable {
  struct Node: BitwiseCopyable {
    var word: UInt32
    var next: UInt32
  }

  /// The end of a chain, and an empty list.
  static let none = UInt32.max

  private var nodes = GrowingArray<Node>()
  private var free = WordChains.none

  /// Adds `word` to the list that `list` is the first node of, unless it was just added.
  mutating func add(_ word: UInt32, to list: inout UInt32) {
    if list != Self.none, nodes[Int(list)].word == word { return }
    let node = Node(word: word, next: list)
    if free == Self.none {
      precondition(nodes.count < Int(Self.none), "\(nodes.count) words in lists")
      list = UInt32(nodes.count)
      nodes.append(node)
    } else {
      list = free
      free = nodes[Int(free)].next
      nodes[Int(list)] = node
    }
  }

  /// The word of a node.
  func word(of node: UInt32) -> UInt32 { nodes[Int(node)].word }

  /// The node behind another, or ``none``.
  func next(of node: UInt32) -> UInt32 { nodes[Int(node)].next }

  /// Gives back the nodes of a list.
  mutating func remove(_ list: UInt32) {
    var node = list
    while node != Self.none {
      let next = nodes[Int(node)].next
      nodes[Int(node)].next = free
      free = node
      node = next
    }
  }
}
