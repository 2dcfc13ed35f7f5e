internal import Tokenization

/// The tokens that training begins with: those that are there already, all characters, and the substrings
/// of words that repeat and cover most of the text.
///
/// Of the substrings that always stand together with the same next character only the longest is taken:
/// those are the inner nodes of the tree of all suffixes, found from their order (Abouelhoda, Kurtz
/// and Ohlebusch: Replacing suffix trees with enhanced suffix arrays, 2004), and the suffixes of a word
/// that stands there more than once. sentencepiece takes them from the whole text; words with
/// their counts give the same frequencies and are far shorter.
struct UnigramSeeds: Sendable {
  /// A token, by all nodes that begin with it.
  struct Seed: Sendable {
    /// The places of these nodes in their order.
    var places: Range<UInt32>
    /// In characters.
    var length: UInt32
    var frequency: UInt64

    /// How many characters of the text it covers at most.
    var coverage: UInt64 { frequency * UInt64(length) }
  }

  /// A token that training does not change.
  struct FixedToken: Sendable {
    /// Numbers of the forest's alphabet, at least one.
    var characters: [UInt32]
    var score: Double
  }

  /// Fixed tokens, characters in their order, then substrings, those that cover most first; equal ones, the longer first, then
  /// by their characters.
  private(set) var seeds: [Seed] = []
  /// The scores of the first of ``seeds``, which stay as they are.
  private(set) var fixedScores: [Double] = []
  let order: StringOrder
  /// Why there are no more.
  private(set) var shortage = TrainingReport.Shortage.exhausted

  /// - Parameters:
  ///   - fixed: tokens that stay whatever comes, with scores of at most 0.
  ///   - listed: the substrings, where they need not be looked for; those that stand nowhere are left out.
  ///   - limit: how many substrings are taken at most.
  ///   - minimumFrequency: how often a substring stands in the text at least.
  ///   - maximalLength: the most characters of a substring.
  ///   - isAllowed: whether these characters, numbers of the forest's alphabet, may be a token.
  /// - Complexity: O(*n l*) in the nodes of the forest, for tokens of up to *l* characters.
  init(
    _ forest: SuffixForest, fixed: [FixedToken] = [], listed: ListedSeeds? = nil, limit: Int,
    minimumFrequency: UInt64 = 2, maximalLength: Int, isAllowed: (ArraySlice<UInt32>) -> Bool
  ) {
    // One character more shows what is followed by the same character everywhere.
    order = forest.order(depth: fixed.reduce(maximalLength) { max($0, $1.characters.count) } + 1)
    let sums = Self.sums(forest, order)
    appendFixed(fixed, forest, sums)
    let taken = Set(seeds.map { Extent($0) })
    appendCharacters(forest, sums, but: taken)
    if let listed {
      seeds += listed.seeds(forest, order, isAllowed).prefix(limit)
      return
    }
    var substrings = substrings(
      forest, sums, max(minimumFrequency, 2), UInt32(clamping: maximalLength), isAllowed)
    if !taken.isEmpty { substrings.removeAll { taken.contains(Extent($0)) } }
    let best = Self.byCoverage(substrings, maximalLength)
    for (place, index) in best.prefix(limit).enumerated() {
      if place + 32 < best.count { substrings.span.prefetch(Int(best[place + 32])) }
      seeds.append(substrings[Int(index)])
    }
  }

  /// What no two different texts have in common.
  private struct Extent: Hashable {
    let start: UInt32
    let length: UInt32

    init(_ seed: Seed) { (start, length) = (seed.places.lowerBound, seed.length) }
  }

  private mutating func appendFixed(
    _ fixed: [FixedToken], _ forest: SuffixForest, _ sums: [UInt64]
  ) {
    for token in fixed {
      guard let places = order.places(beginningWith: token.characters, forest) else { continue }
      seeds.append(
        Seed(
          places: places, length: UInt32(token.characters.count),
          frequency: sums[Int(places.upperBound)] - sums[Int(places.lowerBound)]))
      fixedScores.append(token.score)
    }
  }

  /// How often the nodes before each place of the order stand in the text, together.
  private static func sums(_ forest: SuffixForest, _ order: StringOrder) -> [UInt64] {
    var weights = forest.counts
    let nodes = forest.nodes.span
    for place in weights.indices.reversed() {
      let node = nodes[place]
      if node.length > 1 { weights[Int(node.parent)] += weights[place] }
    }
    var sums: [UInt64] = [0]
    sums.reserveCapacity(weights.count + 1)
    var sum: UInt64 = 0
    for (place, node) in order.items.enumerated() {
      if place + 32 < order.items.count { weights.span.prefetch(Int(order.items[place + 32])) }
      sum += weights[Int(node)]
      sums.append(sum)
    }
    return sums
  }

  /// The substrings by their numbers, in the order in which they are taken.
  ///
  /// They are given in such an order that of those with the same length the earlier comes first.
  private static func byCoverage(_ substrings: [Seed], _ maximalLength: Int) -> [UInt32] {
    var keyed = GrowingArray<KeyedItem>(capacity: substrings.count)
    for (index, seed) in substrings.enumerated() {
      keyed.append(
        KeyedItem(key: UInt64(maximalLength - Int(seed.length)), item: UInt32(index)))
    }
    RadixSort.sort(&keyed)
    for index in 0..<keyed.count {
      let item = keyed[index].item
      keyed[index] = KeyedItem(key: ~substrings[Int(item)].coverage, item: item)
    }
    RadixSort.sort(&keyed)
    return (0..<keyed.count).map { keyed[$0].item }
  }

  private mutating func appendCharacters(
    _ forest: SuffixForest, _ sums: [UInt64], but taken: Set<Extent>
  ) {
    let (count, nodes) = (order.items.count, forest.nodes.span)
    var start = 0
    for end in 1...max(count, 1) where end >= count || order.common[end] == 0 {
      defer { start = end }
      guard start < count else { continue }
      let character = nodes[Int(order.items[start])].character
      guard character != SuffixForest.end, character != forest.unknown else { continue }
      let seed = Seed(
        places: UInt32(start)..<UInt32(end), length: 1, frequency: sums[end] - sums[start])
      if !taken.contains(Extent(seed)) { seeds.append(seed) }
    }
  }

  /// Those that may be tokens, each behind the longer ones that begin with it and behind those that
  /// come before it.
  private mutating func substrings(
    _ forest: SuffixForest, _ sums: [UInt64], _ minimumFrequency: UInt64,
    _ maximalLength: UInt32, _ isAllowed: (ArraySlice<UInt32>) -> Bool
  ) -> [Seed] {
    let (items, commons, nodes) = (order.items, order.common, forest.nodes.span)
    var result: [Seed] = []
    var characters: [UInt32] = []
    var (isAnyRare, isAnyLong, isAnyRefused) = (false, false, false)
    func take(_ start: Int, _ end: Int, _ length: UInt32) {
      if length < 2 { return }
      let frequency = sums[end] - sums[start]
      if frequency < minimumFrequency {
        isAnyRare = true
        return
      }
      if length > maximalLength {
        isAnyLong = true
        return
      }
      forest.characters(of: Int(items[start]), Int(length), into: &characters)
      guard !characters.contains(forest.unknown), isAllowed(characters[...]) else {
        isAnyRefused = true
        return
      }
      result.append(
        Seed(places: UInt32(start)..<UInt32(end), length: length, frequency: frequency))
    }
    var open: [(start: Int, length: UInt32)] = []
    for index in items.indices {
      if index + 32 < items.count { nodes.prefetch(Int(items[index + 32])) }
      let common = commons[index]
      var start = index
      while let last = open.last, last.length > common {
        take(last.start, index, last.length)
        start = last.start
        open.removeLast()
      }
      if common > 0, open.last.map({ $0.length < common }) ?? true {
        // What begins here has the suffix before it too, or all that the longer nodes had.
        open.append((start == index ? index - 1 : start, common))
      }
      // The rest of the word, where no other word has it.
      let rest = nodes[Int(items[index])].length
      let next = index + 1 < commons.count ? commons[index + 1] : 0
      if rest > common, rest > next { take(index, index + 1, rest) }
    }
    while let last = open.popLast() { take(last.start, items.count, last.length) }
    shortage =
      isAnyRefused ? .notAllowed : isAnyLong ? .tooLong : isAnyRare ? .tooRare : .exhausted
    return result
  }
}
