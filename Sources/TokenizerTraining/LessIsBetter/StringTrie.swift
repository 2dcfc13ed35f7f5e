/// Strings of characters, each with a number, in a trie: found by their beginnings.
///
/// Nodes are numbers; one hash table holds the edges of all of them, so that nothing is allocated for
/// each. Strings are never taken out: who has many that nobody needs makes a new trie.
struct StringTrie: Sendable {
  /// No string, or no node.
  static let none: Int32 = -1
  static let root: Int32 = 0

  /// The edges by node and character: 0 for a free place, else the node in the upper half plus one.
  private var keys = [UInt64](repeating: 0, count: 64)
  private var children = [Int32](repeating: 0, count: 64)
  private var edgeCount = 0
  /// The string that ends at each node.
  private var strings: [Int32] = [none]
  /// The characters of all strings, one behind another.
  private var characters: [UInt32] = []
  /// Where the characters of each string end.
  private var ends: [Int] = []

  /// How many strings there are.
  var count: Int { ends.count }

  /// The node behind `node` by `character`.
  func child(_ node: Int32, _ character: UInt32) -> Int32 {
    let key = Self.key(node, character)
    var place = slot(key)
    while keys[place] != 0 {
      if keys[place] == key { return children[place] }
      place = (place &+ 1) & (keys.count &- 1)
    }
    return Self.none
  }

  /// The string that ends at `node`.
  func string(at node: Int32) -> Int32 { strings[Int(node)] }

  /// The characters of string `index`.
  func characters(of index: Int32) -> ArraySlice<UInt32> { characters[range(index)] }

  func length(of index: Int32) -> Int { range(index).count }

  /// The number of a string, which is a new one if it has none yet.
  ///
  /// - Complexity: O(*n*) in its characters.
  mutating func number(of string: ArraySlice<UInt32>) -> Int32 {
    var node = Self.root
    for character in string {
      var next = child(node, character)
      if next == Self.none { next = addChild(node, character) }
      node = next
    }
    if strings[Int(node)] != Self.none { return strings[Int(node)] }
    let index = Int32(ends.count)
    strings[Int(node)] = index
    characters.append(contentsOf: string)
    ends.append(characters.count)
    return index
  }

  private func range(_ index: Int32) -> Range<Int> {
    (index == 0 ? 0 : ends[Int(index) - 1])..<ends[Int(index)]
  }

  private mutating func addChild(_ node: Int32, _ character: UInt32) -> Int32 {
    if edgeCount * 2 >= keys.count { grow() }
    let child = Int32(strings.count)
    strings.append(Self.none)
    insert(Self.key(node, character), child)
    edgeCount += 1
    return child
  }

  private mutating func insert(_ key: UInt64, _ child: Int32) {
    var place = slot(key)
    while keys[place] != 0 { place = (place &+ 1) & (keys.count &- 1) }
    keys[place] = key
    children[place] = child
  }

  private mutating func grow() {
    let (oldKeys, oldChildren) = (keys, children)
    keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
    children = [Int32](repeating: 0, count: oldKeys.count * 2)
    for place in oldKeys.indices where oldKeys[place] != 0 {
      insert(oldKeys[place], oldChildren[place])
    }
  }

  private static func key(_ node: Int32, _ character: UInt32) -> UInt64 {
    UInt64(UInt32(bitPattern: node) &+ 1) << 32 | UInt64(character)
  }

  private func slot(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & (keys.count &- 1)
  }
}
