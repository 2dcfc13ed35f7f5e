/// Which merges and which characters become tokens where all others fall back to bytes, and nobody says
/// which share of the characters to cover (sentencepiece 0.2.3, `auto_character_coverage`).
///
/// A merge saves as many tokens as it stood in the text, a character of three bytes two for each time.
/// Merges are taken in their order, and each with all its characters; what room is left goes to the
/// characters that save most. Of all numbers of merges the one that saves most is taken, of equal ones the
/// greatest.
struct SentencePieceSelection {
  /// How many merges are tokens, from the first on.
  private(set) var mergeCount = 0
  /// The characters that are tokens, as places in the alphabet: those of merges ascending, then the
  /// others, those that save most first.
  private(set) var letters: [Int] = []

  private struct Candidate {
    var letter: Int
    var count: UInt64
    var gain: UInt64
  }

  /// - Parameters:
  ///   - frequencies: how often each merge stood in the text.
  ///   - lettersOfMerge: the places in the alphabet of the characters of a merge.
  ///   - alphabet: characters, ascending, with how often they stand in the text.
  ///   - budget: how many tokens there may be.
  /// - Complexity: O(*c* log *c* + *m*) in the characters and those of all merges.
  init(
    frequencies: [UInt64], lettersOfMerge: (Int) -> [UInt32],
    alphabet: [(character: UInt32, count: UInt64)], budget: Int
  ) {
    var candidates: [Candidate] = []
    for (letter, (character, count)) in alphabet.enumerated() where character > 0x7F && count > 0 {
      let byteCount: UInt64 = character > 0xFFFF ? 4 : character > 0x7FF ? 3 : 2
      candidates.append(Candidate(letter: letter, count: count, gain: count * (byteCount - 1)))
    }
    candidates.sort {
      ($1.gain, $1.count, $0.letter) < ($0.gain, $0.count, $1.letter)
    }
    var ranks = [Int](repeating: candidates.count, count: alphabet.count)
    for (rank, candidate) in candidates.enumerated() { ranks[candidate.letter] = rank }

    // Candidates below `end` that no merge has are taken besides.
    var end = min(budget, candidates.count)
    var takenCount = end
    var takenGain = candidates[..<end].reduce(0) { $0 + $1.gain }
    var isCovered = [Bool](repeating: false, count: alphabet.count)
    var coveredCount = 0
    var otherGain: UInt64 = 0
    var best: (gain: UInt64, takenCount: Int) = (0, 0)
    for count in 0...frequencies.count {
      let room = budget - count - coveredCount
      guard room >= 0 else { break }
      while takenCount > room {
        end -= 1
        if isCovered[candidates[end].letter] { continue }
        takenCount -= 1
        takenGain -= candidates[end].gain
      }
      if takenGain + otherGain >= best.gain {
        mergeCount = count
        best = (takenGain + otherGain, takenCount)
      }
      guard count < frequencies.count else { break }
      otherGain += frequencies[count]
      for letter in lettersOfMerge(count) where !isCovered[Int(letter)] {
        isCovered[Int(letter)] = true
        coveredCount += 1
        let rank = ranks[Int(letter)]
        guard rank < candidates.count else { continue }
        otherGain += candidates[rank].gain
        if rank < end {
          takenCount -= 1
          takenGain -= candidates[rank].gain
        }
      }
    }
    let ofMerges = Set((0..<mergeCount).flatMap { lettersOfMerge($0).map { Int($0) } })
    let others = candidates.lazy.map(\.letter).filter { !ofMerges.contains($0) }
    letters = ofMerges.sorted() + others.prefix(best.takenCount)
  }
}
