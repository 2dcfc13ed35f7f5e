/// Adds up how often tokens are expected in words: forward and backward over each word's lattice.
///
/// Probabilities are multiplied as they are; where all ways through a long word fall below 2^-300, they
/// are raised by that from there on.
struct UnigramExpectation: Sendable {
  private static let low = 0x1p-300
  private static let high = 0x1p300

  /// The expected count of each token, in units.
  private(set) var sums: [UInt64]
  private let units: Double
  private let maximalLength: Int
  /// The probability of all ways to a character, and of all from it to the end.
  private var forward: [Double]
  private var backward: [Double]
  /// How often probabilities had been raised when the ways to a character were.
  private var raises: [Int]

  /// - Parameters:
  ///   - tokens: how many there are, with the unknown one.
  ///   - units: how many make an expected count of 1.
  ///   - longestWord: in characters.
  init(tokens: Int, units: Double, maximalLength: Int, longestWord: Int) {
    sums = [UInt64](repeating: 0, count: tokens)
    self.units = units
    self.maximalLength = maximalLength
    forward = [Double](repeating: 0, count: longestWord + 1)
    backward = forward
    raises = [Int](repeating: 0, count: longestWord + 1)
  }

  /// Adds a word that stands `count` times in the text.
  mutating func add(
    _ word: Range<Int>, count: UInt64, _ lattices: UnigramLattices, _ probabilities: [Double]
  ) {
    let (edges, starts) = (lattices.edges.span, lattices.starts.span)
    let probabilities = probabilities.span
    var isRaised = false
    for index in 0...word.count { forward[index] = 0 }
    forward[0] = 1
    for index in 0..<word.count {
      if forward[index] < Self.low, raise(from: index, to: word.count, isRaised) { isRaised = true }
      let ways = forward[index]
      let place = word.lowerBound + index
      for edge in starts[place]..<starts[place + 1] {
        let edge = edges[edge]
        forward[index + Int(edge.length)] += ways * probabilities[Int(edge.token)]
      }
    }
    let all = forward[word.count]
    guard all > 0 else { return }
    let factor = Double(count) * units / all
    backward[word.count] = 1
    for index in (0..<word.count).reversed() {
      var ways = 0.0
      let share = forward[index] * factor
      // What cannot be told from nothing counts as nothing, lest its inverse pass all bounds.
      if forward[index] >= Double.leastNormalMagnitude {
        let place = word.lowerBound + index
        for edge in starts[place]..<starts[place + 1] {
          let edge = edges[edge]
          let next = index + Int(edge.length)
          var part = probabilities[Int(edge.token)] * backward[next]
          if isRaised {
            for _ in raises[index]..<raises[next] { part *= Self.high }
          }
          ways += part
          sums[Int(edge.token)] += UInt64(share * part)
        }
      }
      backward[index] = ways
    }
  }

  /// Raises the probabilities of the ways to `index` and beyond, if all of them are low.
  private mutating func raise(from index: Int, to end: Int, _ isRaised: Bool) -> Bool {
    if !isRaised {
      for place in 0...end { raises[place] = 0 }
    }
    let open = index...min(index + maximalLength, end)
    guard open.allSatisfy({ forward[$0] < Self.low }) else { return false }
    for place in open { forward[place] *= Self.high }
    for place in index...end { raises[place] += 1 }
    return true
  }
}
