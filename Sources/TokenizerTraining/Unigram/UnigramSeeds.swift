/// The tokens that training begins with: all characters, and the substrings of words that repeat and
/// cover most of the text.
///
/// Of the substrings that always stand together with the same next character only the longest is taken:
/// those are the inner nodes of the tree of all suffixes, found from the suffix array (Abouelhoda, Kurtz
/// and Ohlebusch: Replacing suffix trees with enhanced suffix arrays, 2004), and the suffixes of a word
/// that stands there more than once. sentencepiece takes them from the whole text; words with
/// their counts give the same frequencies and are far shorter.
struct UnigramSeeds: Sendable {
  /// A token, by all places where it stands.
  struct Seed: Sendable {
    /// The places of the suffix array that begin with it.
    var places: Range<Int32>
    /// In characters.
    var length: Int32
    var frequency: UInt64

    /// How many characters of the text it covers at most.
    var coverage: UInt64 { frequency * UInt64(length) }
  }

  /// Characters in their order, then substrings, those that cover most first; equal ones, the longer first, then
  /// by their characters.
  private(set) var seeds: [Seed] = []
  let suffixes: SuffixArray

  /// - Parameters:
  ///   - limit: how many substrings are taken at most.
  ///   - maximalLength: the most characters of a token.
  ///   - isAllowed: whether these characters, numbers of the text's alphabet, may be a token.
  init(
    _ text: TrainingText, limit: Int, maximalLength: Int, isAllowed: (ArraySlice<UInt32>) -> Bool
  ) {
    // One character more shows what is followed by the same character everywhere.
    suffixes = SuffixArray(text.characters, depth: maximalLength + 1)
    var sums: [UInt64] = [0]
    sums.reserveCapacity(text.characters.count + 1)
    var weights = [UInt64](repeating: 0, count: text.characters.count)
    for word in 0..<text.wordCount {
      for place in text.range(word) { weights[place] = text.counts[word] }
    }
    for place in suffixes.places { sums.append(sums[sums.count - 1] + weights[Int(place)]) }

    appendCharacters(text, sums)
    let substrings = substrings(text, sums, maximalLength).sorted(by: Self.precedes)
    var taken = 0
    for seed in substrings {
      if taken == limit { break }
      let start = Int(suffixes.places[Int(seed.places.lowerBound)])
      let characters = text.characters[start..<(start + Int(seed.length))]
      guard !characters.contains(text.unknown), isAllowed(characters) else { continue }
      seeds.append(seed)
      taken += 1
    }
  }

  private static func precedes(_ one: Seed, _ other: Seed) -> Bool {
    if one.coverage != other.coverage { return one.coverage > other.coverage }
    if one.length != other.length { return one.length > other.length }
    return one.places.lowerBound < other.places.lowerBound
  }

  private mutating func appendCharacters(_ text: TrainingText, _ sums: [UInt64]) {
    var start = 0
    for end in 1...max(suffixes.places.count, 1) {
      guard end >= suffixes.places.count || suffixes.common[end] == 0 else { continue }
      defer { start = end }
      guard start < suffixes.places.count else { continue }
      let character = text.characters[Int(suffixes.places[start])]
      guard character != TrainingText.end, character != text.unknown else { continue }
      seeds.append(
        Seed(
          places: Int32(start)..<Int32(end), length: 1, frequency: sums[end] - sums[start]))
    }
  }

  private func substrings(
    _ text: TrainingText, _ sums: [UInt64], _ maximalLength: Int
  ) -> [Seed] {
    var result: [Seed] = []
    func take(_ start: Int, _ end: Int, _ length: Int) {
      let frequency = sums[end] - sums[start]
      guard length > 1, length <= maximalLength, frequency > 1 else { return }
      result.append(
        Seed(
          places: Int32(start)..<Int32(end), length: Int32(length), frequency: frequency))
    }
    let ends = wordEnds(text)
    var open: [(start: Int, length: Int)] = []
    for index in suffixes.places.indices {
      let common = Int(suffixes.common[index])
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
      let place = Int(suffixes.places[index])
      let rest = Int(ends[place]) - place
      let next = index + 1 < suffixes.common.count ? Int(suffixes.common[index + 1]) : 0
      if rest > common, rest > next { take(index, index + 1, rest) }
    }
    while let last = open.popLast() { take(last.start, suffixes.places.count, last.length) }
    return result
  }

  /// Where the word of each character ends.
  private func wordEnds(_ text: TrainingText) -> [Int32] {
    var ends: [Int32] = []
    ends.reserveCapacity(text.characters.count)
    for word in 0..<text.wordCount {
      let range = text.range(word)
      for _ in range.lowerBound...range.upperBound { ends.append(Int32(range.upperBound)) }
    }
    return ends
  }
}
