internal import SplitPatterns

/// What is known of the places of a text while it is encoded: memory that is reserved once for many
/// texts.
@safe
struct UnigramNodes<Node: BitwiseCopyable>: ~Copyable {
  // SAFETY: `base` has room for `capacity` nodes, which may hold anything.
  private var base: UnsafeMutablePointer<Node>
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    unsafe base = .allocate(capacity: capacity)
  }

  deinit { unsafe base.deallocate() }

  /// Makes room for `count` nodes and keeps those there are.
  @inline(__always)
  mutating func reserve(_ count: Int) {
    if count > capacity { grow(count) }
  }

  @inline(never)
  private mutating func grow(_ count: Int) {
    let newCapacity = max(count, capacity * 2)
    let new = UnsafeMutablePointer<Node>.allocate(capacity: newCapacity)
    unsafe new.update(from: base, count: capacity)
    unsafe base.deallocate()
    unsafe base = new
    capacity = newCapacity
  }

  /// Gives back the memory of an unusually long text.
  mutating func shrink(to count: Int) {
    guard capacity > count else { return }
    unsafe base.deallocate()
    unsafe base = .allocate(capacity: count)
    capacity = count
  }

  @inline(__always)
  subscript(index: Int) -> Node {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: capacity), "index out of range")
      // SAFETY: checked in the line above.
      return unsafe base[index]
    }
    set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: capacity), "index out of range")
      // SAFETY: checked in the line above.
      unsafe base[index] = newValue
    }
  }
}

/// The best way to a place of the text.
struct UnigramNode<Score: UnigramSum>: BitwiseCopyable {
  /// The sum of scores.
  var score: Score
  /// The length in bytes of the token that ends here; 0 while no token does.
  var length: UInt32
  /// Where it ends in the trie, or ``UnigramModel/unknownUnit``.
  var unit: UInt32
}

/// What encoding needs of memory, for one thread.
package struct UnigramScratch: ~Copyable {
  var wideNodes = UnigramNodes<UnigramNode<Double>>(capacity: 64)
  var narrowNodes = UnigramNodes<UnigramNode<Float>>(capacity: 64)
  var wordNodes = UnigramNodes<UnigramWordNode>(capacity: UnigramWordCache.maximumLength + 1)
  /// The sum of the scores before what is encoded, where that is the next part of a text; behind it
  /// when it is done. Nil for texts that come whole.
  var sumBefore: Double?

  /// Room for a text with U+2581 for its spaces, given back after use.
  var marked: [UInt8] = []

  package init() {}

  /// Takes out ``marked`` with `text` in it, U+2581 for its spaces.
  mutating func marked(_ text: Span<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    swap(&output, &marked)
    output.removeAll(keepingCapacity: true)
    for index in text.indices {
      if text[index] == 0x20 { SpaceMark.append(to: &output) } else { output.append(text[index]) }
    }
    return output
  }

  /// More nodes than this are not kept from text to text.
  private static let usualCapacity = 1 << 13

  /// Gives back the memory of an unusually long text.
  mutating func shrink() {
    wideNodes.shrink(to: Self.usualCapacity)
    narrowNodes.shrink(to: Self.usualCapacity)
    if marked.capacity > Self.usualCapacity { marked = [] }
  }
}
