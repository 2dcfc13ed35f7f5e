/// Makes a ``UnigramTrie``.
///
/// States are placed breadth first: those near the root, which every text passes, lie close together.
/// (Depth first leaves a third more gaps and is no faster.) Free units are kept in a ring; a state
/// looks at some of them and takes the first where all its bytes find room, and else a new block of
/// 256 units.
struct UnigramTrieBuilder {
  /// One token: its place in `strings`, and its score.
  struct Entry {
    var string: Int
    var score: Double
    var id: TokenID
  }

  private let strings: ByteStrings
  private let entries: [Entry]
  private var units: [UInt64] = []
  private var ids: [TokenID] = []
  private var isOffset: [Bool] = []
  private var next: [Int32] = []
  private var previous: [Int32] = []
  private var isFree: [Bool] = []
  /// Some free unit, or -1.
  private var free: Int32 = -1
  private var wideScores: [Double] = []
  private let allAreWide: Bool

  /// How many free units a state looks at.
  private static let maximumTrials = 48
  private static let noID = TokenID.max

  /// A trie of different, non-empty strings.
  ///
  /// - Throws: `limit` for more than eight million prefixes, or fewer that leave many gaps.
  /// - Complexity: O(*b* + *n* log *n*) in bytes and number of tokens.
  static func trie(
    _ strings: ByteStrings, _ entries: [Entry]
  ) throws(VocabularyError) -> UnigramTrie {
    var builder = UnigramTrieBuilder(strings, entries)
    try builder.place()
    builder.closeGaps()
    return UnigramTrie(
      units: FlatArray(builder.units), wideScores: FlatArray(builder.wideScores),
      ids: FlatArray(builder.ids))
  }

  private init(_ strings: ByteStrings, _ entries: [Entry]) {
    self.strings = strings
    self.entries = Self.sorted(strings, entries)
    // A branch that goes one way most of the time costs little; one that does not costs much.
    let wideCount = entries.count { !Self.isNarrow($0.score) }
    allAreWide = wideCount * 64 > entries.count
  }

  private static func isNarrow(_ score: Double) -> Bool { Double(Float(score)) == score }

  /// By the strings' bytes: the first eight as a number, then the others.
  private static func sorted(_ strings: ByteStrings, _ entries: [Entry]) -> [Entry] {
    var keyed: [(key: UInt64, entry: Entry)] = []
    keyed.reserveCapacity(entries.count)
    for entry in entries {
      var key: UInt64 = 0
      let range = strings.range(entry.string)
      for place in 0..<8 {
        let byte = place < range.count ? strings.bytes[range.lowerBound + place] : 0
        key = key << 8 | UInt64(byte)
      }
      keyed.append((key, entry))
    }
    keyed.sort {
      if $0.key != $1.key { return $0.key < $1.key }
      let (one, two) = (strings.range($0.entry.string), strings.range($1.entry.string))
      return strings.bytes[one].lexicographicallyPrecedes(strings.bytes[two])
    }
    return keyed.map(\.entry)
  }

  /// A state whose children are to be placed: the strings that begin as it does, all `depth` long or
  /// longer, and the unit that gets its offset.
  private struct Task {
    var range: Range<Int>
    var depth: Int
    var unit: Int
  }

  private mutating func place() throws(VocabularyError) {
    // The first block stays empty; the root has the second.
    try addBlock()
    for index in 0..<256 { take(index) }
    try addBlock()
    isOffset[Int(UnigramTrie.root)] = true
    var tasks: [Task] = []
    var groups: [(byte: UInt8, range: Range<Int>)] = []
    group(Task(range: entries.indices, depth: 0, unit: 0), into: &groups)
    placeChildren(groups, offset: Int(UnigramTrie.root), depth: 0, &tasks)
    var next = 0
    while next < tasks.count {
      let task = tasks[next]
      next += 1
      group(task, into: &groups)
      if groups.isEmpty { continue }
      let offset = try findOffset(groups)
      isOffset[offset] = true
      units[task.unit] |= UInt64(offset) << 9
      placeChildren(groups, offset: offset, depth: task.depth, &tasks)
    }
  }

  /// The bytes that lead on from a state, ascending, with their strings.
  private func group(_ task: Task, into groups: inout [(byte: UInt8, range: Range<Int>)]) {
    groups.removeAll(keepingCapacity: true)
    for index in task.range {
      let range = strings.range(entries[index].string)
      guard range.count > task.depth else { continue }
      let byte = strings.bytes[range.lowerBound + task.depth]
      if let last = groups.last, last.byte == byte {
        groups[groups.count - 1].range = last.range.lowerBound..<(index + 1)
      } else {
        groups.append((byte, index..<(index + 1)))
      }
    }
  }

  private mutating func placeChildren(
    _ groups: [(byte: UInt8, range: Range<Int>)], offset: Int, depth: Int, _ tasks: inout [Task]
  ) {
    for (byte, range) in groups {
      let index = offset ^ Int(byte)
      take(index)
      units[index] = UInt64(byte)
      // The strings are sorted and different: the one that ends here comes first.
      let entry = entries[range.lowerBound]
      if strings.range(entry.string).count == depth + 1 {
        units[index] |= UnigramTrie.tokenFlag | UInt64(code(of: entry.score)) << 32
        ids[index] = entry.id
      }
    }
    for (byte, range) in groups {
      tasks.append(Task(range: range, depth: depth + 1, unit: offset ^ Int(byte)))
    }
  }

  private mutating func code(of score: Double) -> UInt32 {
    if !allAreWide, Self.isNarrow(score) { return Float(score).bitPattern }
    wideScores.append(score)
    return UnigramTrie.code(ofWideScore: wideScores.count - 1)
  }

  private mutating func findOffset(
    _ groups: [(byte: UInt8, range: Range<Int>)]
  ) throws(VocabularyError) -> Int {
    let first = Int(groups[0].byte)
    for _ in 0..<Self.maximumTrials where free >= 0 {
      let offset = Int(free) ^ first
      if !isOffset[offset], groups.allSatisfy({ isFree[offset ^ Int($0.byte)] }) { return offset }
      free = next[Int(free)]
    }
    try addBlock()
    return (units.count - 256) ^ first
  }

  private mutating func addBlock() throws(VocabularyError) {
    let start = units.count
    guard start + 256 <= UnigramTrie.unitLimit else {
      throw VocabularyError(
        .limit, "more prefixes of tokens than \(UnigramTrie.unitLimit) places hold")
    }
    units.append(contentsOf: repeatElement(0, count: 256))
    ids.append(contentsOf: repeatElement(Self.noID, count: 256))
    isOffset.append(contentsOf: repeatElement(false, count: 256))
    isFree.append(contentsOf: repeatElement(true, count: 256))
    for index in start..<(start + 256) {
      next.append(Int32(index + 1))
      previous.append(Int32(index - 1))
    }
    let (head, tail) = (Int32(start), Int32(start + 255))
    if free >= 0 {
      let last = previous[Int(free)]
      next[Int(last)] = head
      previous[Int(head)] = last
      next[Int(tail)] = free
      previous[Int(free)] = tail
    } else {
      next[Int(tail)] = head
      previous[Int(head)] = tail
      free = head
    }
  }

  private mutating func take(_ index: Int) {
    isFree[index] = false
    let (before, after) = (previous[index], next[index])
    next[Int(before)] = after
    previous[Int(after)] = before
    if Int(free) == index { free = Int(after) == index ? -1 : after }
  }

  /// Gives every unused unit a label that no state asks for there.
  private mutating func closeGaps() {
    for index in 0..<256 { units[index] = UInt64(~UInt8(index)) }
    for block in 1..<(units.count / 256) {
      // Where a unit is unused there are fewer states than units, so that some offset is unused too.
      let start = block * 256
      guard let unused = (start..<(start + 256)).first(where: { !isOffset[$0] }) else { continue }
      for index in start..<(start + 256) where isFree[index] {
        units[index] = UInt64(UInt8(truncatingIfNeeded: index ^ unused))
      }
    }
  }
}
