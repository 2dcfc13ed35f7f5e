extension LessIsBetterTraining {
  /// Learns from the sentence as the code of 2020 does.
  mutating func learn2020() {
    let limit = options.maximumCharacterCount ?? .max
    /// What was read last: a unit, or characters in a row that are none.
    var previous = 0..<0
    var previousIsUnit = false
    var place = 0
    while place < text.count {
      settleComparisons(at: place)
      let (unit, second) = lexicon.longestTwo(
        in: text, from: place, to: lookingAhead(from: place))
      note(unit)
      lastDocument.chunks += 1
      guard unit != StringTrie.none else {
        if previousIsUnit || previous.isEmpty { previous = place..<place }
        previousIsUnit = false
        previous = previous.lowerBound..<(place + 1)
        place += 1
        continue
      }
      let end = place + lexicon.trie.length(of: unit)
      // subtle: the code measures a pair for the string that it holds, which makes 2.
      if end - place + 2 <= limit, generator.uniform() < options.memorizingRate {
        if previousIsUnit {
          if end - previous.lowerBound <= limit { meet(previous.lowerBound..<end) }
        } else if !previous.isEmpty, previous.count <= options.maximumGap {
          meet(previous)
        }
      }
      if end - place > 1, second != StringTrie.none {
        openComparison(unit, second, at: place)
      } else {
        lexicon.release(unit)
      }
      previous = place..<end
      previousIsUnit = true
      place = end
    }
  }

  /// Learns what is met for the second time in the document.
  private mutating func meet(_ range: Range<Int>) {
    guard canLearn(range) else { return }
    let candidate = lexicon.number(of: text[range])
    if lexicon.isUnit(candidate) { return }
    if metOnce.remove(candidate) != nil {
      lexicon.append(candidate)
    } else {
      metOnce.insert(candidate)
    }
  }
}
