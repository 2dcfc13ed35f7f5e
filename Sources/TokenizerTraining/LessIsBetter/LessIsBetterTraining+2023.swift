extension LessIsBetterTraining {
  /// Learns from the sentence as the code of 2023 does.
  mutating func learn2023() {
    /// The last chunk and the one before it, empty at the start.
    var left = 0..<0
    var leftOfLeft = 0..<0
    var place = 0
    while place < text.count {
      settleComparisons(at: place)
      let (unit, second) = lexicon.longestTwo(in: text, from: place, to: text.count)
      let chunk: Range<Int>
      if unit != StringTrie.none {
        chunk = place..<(place + lexicon.trie.length(of: unit))
        note(unit)
        if lexicon.isWatched(unit) { inspect(unit, chunk, left, leftOfLeft) }
        if chunk.count > 1, second != StringTrie.none {
          openComparison(unit, second, at: place)
        }
        if generator.uniform() < options.memorizingRate {
          memorize(join(left, chunk), leftOfLeft, chunkRange(at: chunk.upperBound))
        }
      } else {
        chunk = place..<(place + 1)
        memorize(chunk, left, chunkRange(at: place + 1))
        // The character may be a unit by now, and has its rank then when ways are compared.
        note(lexicon.longestTwo(in: text, from: place, to: place + 1).longest)
      }
      lastDocument.chunks += 1
      leftOfLeft = left
      left = chunk
      place = chunk.upperBound
    }
  }

  /// Ends the probation of a unit met between other neighbours; learns it together with a neighbour
  /// that has not changed.
  private mutating func inspect(
    _ unit: Int32, _ chunk: Range<Int>, _ left: Range<Int>, _ leftOfLeft: Range<Int>
  ) {
    guard options.inspectsContext, let context = lexicon.context(of: unit) else {
      lexicon.release(unit)
      return
    }
    let right = chunkRange(at: chunk.upperBound)
    let oldLeft = characters(context.left)
    let oldRight = characters(context.right)
    if left.isEmpty, right.isEmpty, oldLeft.isEmpty, oldRight.isEmpty { return }
    var hasGrown = false
    if ends(text[left], oldLeft) {
      memorize(join(left, chunk), leftOfLeft, right)
      hasGrown = true
    }
    if begins(text[right], oldRight) {
      memorize(join(chunk, right), left, chunkRange(at: right.upperBound))
      hasGrown = true
    }
    if !hasGrown {
      verdicts.append(LearnedLexicon.Verdict(unit: unit, isReward: true))
      lexicon.release(unit)
    }
  }

  /// Learns characters as a unit on probation, unless they are too many or a unit already.
  private mutating func memorize(
    _ range: Range<Int>, _ left: Range<Int>, _ right: Range<Int>
  ) {
    guard range.count <= options.maximumCharacterCount ?? .max, canLearn(range) else { return }
    let unit = lexicon.number(of: text[range])
    if lexicon.isUnit(unit) { return }
    lexicon.append(unit)
    lexicon.watch(
      unit, life: options.life,
      context: LearnedLexicon.Context(left: number(left), right: number(right)))
  }

  /// The longest unit at `start`, else the character there, else nothing.
  private func chunkRange(at start: Int) -> Range<Int> {
    if start >= text.count { return text.count..<text.count }
    let unit = lexicon.longestTwo(in: text, from: start, to: text.count).longest
    return start..<(start + (unit == StringTrie.none ? 1 : lexicon.trie.length(of: unit)))
  }

  private func join(_ left: Range<Int>, _ right: Range<Int>) -> Range<Int> {
    if left.isEmpty { return right }
    return right.isEmpty ? left : left.lowerBound..<right.upperBound
  }

  private mutating func number(_ range: Range<Int>) -> Int32 {
    range.isEmpty ? StringTrie.none : lexicon.number(of: text[range])
  }

  private func characters(_ string: Int32) -> ArraySlice<UInt32> {
    string == StringTrie.none ? [] : lexicon.trie.characters(of: string)
  }

  /// One of the two is the end of the other, and not empty.
  private func ends(_ one: ArraySlice<UInt32>, _ other: ArraySlice<UInt32>) -> Bool {
    let count = min(one.count, other.count)
    return count > 0 && one.suffix(count) == other.suffix(count)
  }

  /// One of the two is the beginning of the other, and not empty.
  private func begins(_ one: ArraySlice<UInt32>, _ other: ArraySlice<UInt32>) -> Bool {
    let count = min(one.count, other.count)
    return count > 0 && one.prefix(count) == other.prefix(count)
  }
}
