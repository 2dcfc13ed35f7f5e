/// The lexicon while it is learned: units in order, best first, and those on probation.
///
/// A string has a number for good, whether it is a unit, was one, or only stands beside one; what is
/// known of it lies in arrays by that number. The authors' lists and sets of strings forget in other
/// orders than they learned, which makes no difference but in one case: a unit pushed off the end
/// stays on probation, so that the string, learned again before its life is over, is forgotten then.
struct LearnedLexicon: Sendable {
  /// What stood around a unit when it was learned; ``StringTrie/none`` at the ends of a sentence.
  struct Context: Sendable, Hashable {
    var left: Int32
    var right: Int32
  }

  private(set) var trie = StringTrie()
  /// The units by rank.
  private(set) var units: [Int32] = []
  /// The rank of each string, negative for those that are no units. Between documents and while one
  /// is read.
  private var ranks: [Int32] = []
  /// How many documents each string may still live on probation; 0 for those not on it.
  private var lives: [Int32] = []
  /// The context of those on probation that came with one.
  private var contexts: [Context?] = []
  /// Units that are never forgotten.
  private var areKept: [Bool] = []
  /// The strings on probation, with some that are no longer.
  private var watched: [Int32] = []
  private var areListed: [Bool] = []

  var count: Int { units.count }
  /// How many strings are on probation.
  var watchedCount: Int { watched.count { lives[Int($0)] > 0 } }

  func rank(of string: Int32) -> Int? {
    let rank = ranks[Int(string)]
    return rank < 0 ? nil : Int(rank)
  }

  func isUnit(_ string: Int32) -> Bool { ranks[Int(string)] >= 0 }
  func isWatched(_ string: Int32) -> Bool { lives[Int(string)] > 0 }
  func context(of string: Int32) -> Context? { contexts[Int(string)] }

  /// The number of a string.
  mutating func number(of string: ArraySlice<UInt32>) -> Int32 {
    let number = trie.number(of: string)
    if Int(number) == ranks.count {
      ranks.append(-1)
      lives.append(0)
      contexts.append(nil)
      areKept.append(false)
      areListed.append(false)
    }
    return number
  }

  /// The two longest units that begin at `start` and end at `end` at the latest.
  ///
  /// - Complexity: O(*l*) in the characters of the longest string with that beginning.
  func longestTwo(
    in text: [UInt32], from start: Int, to end: Int
  ) -> (longest: Int32, second: Int32) {
    var node = StringTrie.root
    var longest = StringTrie.none
    var second = StringTrie.none
    var place = start
    while place < end {
      node = trie.child(node, text[place])
      if node == StringTrie.none { break }
      place &+= 1
      let string = trie.string(at: node)
      if string != StringTrie.none, isUnit(string) {
        second = longest
        longest = string
      }
    }
    return (longest, second)
  }

  /// Puts a string that is no unit at the end.
  mutating func append(_ string: Int32) {
    ranks[Int(string)] = Int32(units.count)
    units.append(string)
  }

  /// Makes a unit one that is never forgotten.
  mutating func keep(_ unit: Int32) { areKept[Int(unit)] = true }

  /// Puts a string on probation.
  mutating func watch(_ string: Int32, life: Int, context: Context?) {
    if areKept[Int(string)] { return }
    lives[Int(string)] = Int32(clamping: life)
    contexts[Int(string)] = context
    if !areListed[Int(string)] {
      areListed[Int(string)] = true
      watched.append(string)
    }
  }

  /// Takes a string off probation, if it is on it.
  mutating func release(_ string: Int32) { lives[Int(string)] = 0 }
}

// MARK: - After a document

extension LearnedLexicon {
  /// Good or bad news of a unit.
  struct Verdict: Sendable, Hashable {
    var unit: Int32
    var isReward: Bool
  }

  /// Lets a document of everybody's life on probation pass and forgets those without any left.
  ///
  /// - Complexity: O(*n*) in the units.
  mutating func endLives() {
    var remaining: [Int32] = []
    var forgets = false
    for string in watched {
      if lives[Int(string)] == 1, isUnit(string) {
        ranks[Int(string)] = -1
        forgets = true
      }
      lives[Int(string)] = max(lives[Int(string)] - 1, 0)
      areListed[Int(string)] = lives[Int(string)] > 0
      if areListed[Int(string)] { remaining.append(string) }
    }
    watched = remaining
    if forgets { removeForgotten() }
  }

  /// Forgets all units that are on probation.
  mutating func forgetWatched() {
    for string in watched where lives[Int(string)] > 0 { ranks[Int(string)] = -1 }
    removeForgotten()
  }

  private mutating func removeForgotten() {
    units.removeAll { ranks[Int($0)] < 0 }
    countRanks()
  }

  private mutating func countRanks() {
    for rank in units.indices { ranks[Int(units[rank])] = Int32(rank) }
  }

  /// Moves units by verdicts, one after another: towards the head or the tail by `rate` of the rank
  /// and one. The first unit stays; who would come behind the last one is forgotten.
  ///
  /// Ranks are those at the start, or after the unit's last move; from there the unit is looked for.
  /// It is at most as far ahead as units moved towards the tail, and rarely far behind.
  ///
  /// - Complexity: O(*v* *r* *n*) in the verdicts, `rate` and the units, with the constant of a copy
  ///   of memory.
  mutating func apply(_ verdicts: [Verdict], rate: Double) {
    var movedBack = 0
    for verdict in verdicts where isUnit(verdict.unit) {
      var rank = max(0, Int(ranks[Int(verdict.unit)]) - movedBack)
      while units[rank] != verdict.unit { rank += 1 }
      if rank == 0 { continue }
      let distance = Int(Double(rank) * rate) + 1
      if verdict.isReward {
        move(from: rank, to: max(0, rank - distance))
      } else {
        movedBack += 1
        if rank + distance < units.count {
          move(from: rank, to: rank + distance)
        } else if areKept[Int(verdict.unit)] {
          move(from: rank, to: units.count - 1)
        } else {
          units.remove(at: rank)
          ranks[Int(verdict.unit)] = -1
        }
      }
    }
    countRanks()
  }

  private mutating func move(from start: Int, to end: Int) {
    let unit = units[start]
    let count = units.count
    precondition(start < count && end < count, "both are ranks")
    unsafe units.withUnsafeMutableBufferPointer { units in
      // SAFETY: both ranks were checked; all that moves lies between them. The ranges may overlap.
      guard let base = units.baseAddress else { return }
      if start < end {
        unsafe (base + start).update(from: base + start + 1, count: end - start)
      } else {
        unsafe (base + end + 1).update(from: base + end, count: start - end)
      }
    }
    units[end] = unit
    ranks[Int(unit)] = Int32(end)
  }

  /// Puts the last units, a share of all, on probation, unless they are.
  mutating func watchTail(share: Double, life: Int) {
    let start = Int((1 - share) * Double(units.count))
    for rank in start..<max(start, units.count) where !isWatched(units[rank]) {
      watch(units[rank], life: life, context: nil)
    }
  }

  /// Gives strings new numbers once most of them are of no use any more.
  ///
  /// - Complexity: O(*b*) in the characters of units, when it does so.
  mutating func compact() {
    if trie.count <= 3 * units.count + 4096 { return }
    var new = LearnedLexicon()
    for unit in units {
      let number = new.number(of: trie.characters(of: unit))
      new.append(number)
      new.areKept[Int(number)] = areKept[Int(unit)]
    }
    for string in watched where lives[Int(string)] > 0 {
      let context = contexts[Int(string)].map {
        Context(left: copy($0.left, to: &new), right: copy($0.right, to: &new))
      }
      new.watch(copy(string, to: &new), life: Int(lives[Int(string)]), context: context)
    }
    self = new
  }

  private func copy(_ string: Int32, to new: inout LearnedLexicon) -> Int32 {
    string == StringTrie.none ? string : new.number(of: trie.characters(of: string))
  }

  /// The strings on probation with the documents left to each.
  var probation: [(string: Int32, life: Int)] {
    watched.filter { lives[Int($0)] > 0 }.map { ($0, Int(lives[Int($0)])) }
  }

  func isKept(_ string: Int32) -> Bool { areKept[Int(string)] }
}
