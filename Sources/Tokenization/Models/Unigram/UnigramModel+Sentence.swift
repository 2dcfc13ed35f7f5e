internal import SplitPatterns
internal import UnicodeText

/// Texts of sentencepiece models: not cut by a splitter, but where no token crosses from one word to
/// the next, a segmentation of the text is one of each word, and words come again.
///
/// A word begins with a run of U+2581 or with the text. Its best segmentation is found once, in exact
/// arithmetic, with the *margin* by which it was best: at each end of one of its tokens, the distance to
/// the next best way there. In 32 bits every addition is off by half a *unit* (the distance of
/// neighbouring numbers of the sum's size) at most, so that after *k* additions two sums that were
/// compared are wrong by *k* units together, or less; and a place's sum has no more additions behind it
/// than characters. As long as *k* + 1 units are less than the margin, rounding changes no choice.
///
/// An example: `▁the` as one token -3.2, next best `▁t` `he` -3.3, margin 0.1. Sums below 2 ** 17, of
/// which a unit is 1/128, are too small to matter for four characters.
extension UnigramModel {
  /// Appends the ids of a whole text, and remembers its words. Exactly what ``encode(_:to:ranges:using:)``
  /// does, which it is where words cannot be cut or ranges are wanted.
  ///
  /// - Throws: never with sentencepiece's rules; else as ``encode(_:to:ranges:using:)``.
  /// - Complexity: O(*n* *l*) in the length of `text` and that of the longest token.
  func encodeSentence(
    _ text: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using scratch: inout UnigramScratch, cache: inout UnigramWordCache
  ) throws(EncodingError) {
    guard let wordScanner, !ranges.areWanted else {
      return try encode(text, to: &ids, ranges: &ranges, using: &scratch)
    }
    var run = SentenceRun(sum: Float(scratch.sumBefore ?? 0))
    var position = 0
    while position < text.count {
      let count = cache.prepareWords(of: text, from: &position, by: wordScanner)
      for index in 0..<count {
        let word = cache.words[index]
        guard word.count <= UnigramWordCache.maximumLength else { continue }
        // Until its sum is known, no word can be looked up.
        if run.searchStart < word.lowerBound {
          guard cache.mayHold(cache.queries[index]) else { continue }
          try searchPending(
            text, upTo: word.lowerBound, &run, to: &ids, ranges: &ranges, using: &scratch)
        }
        // What stands for unknown characters comes before the word, unless it is unknown too.
        let first = ids.count
        let isBehindUnknown = run.progress.unknownStart >= 0
        if isBehindUnknown { ids.append(unknownID) }
        let isFound =
          switch cache.append(cache.queries[index], sum: &run.sum, to: &ids) {
          case .found: true
          case .search: false
          case .missing:
            encodeNewWord(
              text, word, cache.queries[index], &run.sum, to: &ids, using: &scratch, &cache)
          }
        guard isFound else {
          ids.removeAll(downTo: first)
          continue
        }
        run.searchStart = word.upperBound
        if ids[ids.count &- 1] == unknownID {
          // An unknown word, of which one id was kept.
          ids.removeAll(downTo: first)
          if !isBehindUnknown { run.progress.unknownStart = word.lowerBound }
        } else if isBehindUnknown {
          run.progress.unknownStart = -1
        }
      }
    }
    try searchPending(text, upTo: text.count, &run, to: &ids, ranges: &ranges, using: &scratch)
    if scratch.sumBefore != nil { scratch.sumBefore = Double(run.sum) }
    endUnknown(text, at: text.count, &run.progress, to: &ids, ranges: &ranges)
    scratch.shrink()
  }

  /// How far a text is encoded.
  private struct SentenceRun {
    /// The sum of the scores so far.
    var sum: Float = 0
    /// Where the words begin that are still to be searched, together: those that the cache does not
    /// hold, up to the next that it does.
    var searchStart = 0
    var progress = UnigramProgress()
  }

  /// Encodes a word that the cache does not hold and remembers it; false where that takes a search.
  @inline(never)
  private func encodeNewWord(
    _ text: Span<UInt8>, _ range: Range<Int>, _ query: UnigramWordCache.Query, _ sum: inout Float,
    to ids: inout IDBuffer, using scratch: inout UnigramScratch, _ cache: inout UnigramWordCache
  ) -> Bool {
    switch cache.appendMany(query, sum: &sum, to: &ids) {
    case .found: return true
    case .search: return false
    case .missing:
      let first = ids.count
      let word: Measured
      if takesSpacesForMarks, text[range.lowerBound] == 0x20 {
        let marked = scratch.marked(text.extracting(range))
        defer { scratch.marked = marked }
        word = measure(marked.span, to: &ids, using: &scratch.wordNodes)
      } else {
        word = measure(text.extracting(range), to: &ids, using: &scratch.wordNodes)
      }
      cache.insert(query, ids, from: first, scores: word.scores, limit: word.limit)
      guard abs(sum) <= word.limit else { return false }
      word.scores.add(to: &sum)
      return true
    }
  }

  /// Searches the words before `end` that the cache does not hold.
  @inline(never)
  private func searchPending(
    _ text: Span<UInt8>, upTo end: Int, _ run: inout SentenceRun, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout UnigramScratch
  ) throws(EncodingError) {
    if takesSpacesForMarks {
      // What is unknown is known as such, and that no ranges are wanted: places may be others.
      let marked = scratch.marked(text.extracting(run.searchStart..<end))
      defer { scratch.marked = marked }
      try search(
        marked.span, 0..<marked.count, &run.sum, &run.progress, to: &ids,
        ranges: &ranges, using: &scratch.narrowNodes)
    } else {
      try search(
        text, run.searchStart..<end, &run.sum, &run.progress, to: &ids, ranges: &ranges,
        using: &scratch.narrowNodes)
    }
    run.searchStart = end
  }
}

// MARK: - Measuring

/// The best way to a place of a word, and the next best.
struct UnigramWordNode: BitwiseCopyable {
  var score: Double
  var second: Double
  var length: UInt32
  var unit: UInt32
}

extension UnigramModel {
  /// The scores of a word's tokens, and up to which sum before it they hold.
  struct Measured {
    var scores = SIMD8<Float>()
    /// -1 where they never do: the ids appended do not count.
    var limit: Float = -1
  }

  /// Appends the ids of `word`, at most ``UnigramWordCache/maximumLength`` bytes, in exact arithmetic
  /// as far as these rules need it.
  private func measure(
    _ word: Span<UInt8>, to ids: inout IDBuffer, using nodes: inout UnigramNodes<UnigramWordNode>
  ) -> Measured {
    nodes.reserve(word.count + 1)
    for index in 0...word.count {
      nodes[index] = UnigramWordNode(score: 0, second: -.infinity, length: 0, unit: 0)
    }
    var start = 0
    var characterCount = 0
    while start < word.count {
      let sum = nodes[start].score
      let length = Self.lengthOfScalar(beginningWith: word[start])
      var coversCharacter = false
      var offset = UnigramTrie.root
      var place = start
      while place < word.count, let (unit, index) = trie.step(offset, word[place]) {
        place &+= 1
        if UnigramTrie.isToken(unit) {
          Self.offer(trie.score(of: unit) + sum, place, place &- start, index, &nodes)
          if place &- start == length { coversCharacter = true }
        }
        offset = UnigramTrie.offset(of: unit)
      }
      characterCount &+= 1
      if coversCharacter {
        start &+= length
      } else {
        let length = decodeScalar(in: word, at: start).length
        Self.offer(
          options.unknownScore + sum, start &+ length, length, Self.unknownUnit, &nodes)
        start &+= length
      }
    }
    return read(word, characterCount, to: &ids, using: &nodes)
  }

  @inline(__always)
  private static func offer(
    _ score: Double, _ end: Int, _ length: Int, _ unit: UInt32,
    _ nodes: inout UnigramNodes<UnigramWordNode>
  ) {
    var node = nodes[end]
    if node.length == 0 || score > node.score {
      if node.length != 0 { node.second = node.score }
      node.score = score
      node.length = UInt32(truncatingIfNeeded: length)
      node.unit = unit
    } else if score > node.second {
      node.second = score
    }
    nodes[end] = node
  }

  /// Appends the ids of the best way, if that is worth remembering.
  private func read(
    _ word: Span<UInt8>, _ characterCount: Int, to ids: inout IDBuffer,
    using nodes: inout UnigramNodes<UnigramWordNode>
  ) -> Measured {
    var margin = Double.infinity
    var tokenCount = 0
    var unknownCount = 0
    var place = word.count
    while place > 0 {
      let node = nodes[place]
      margin = min(margin, node.score - node.second)
      tokenCount += 1
      if node.unit == Self.unknownUnit { unknownCount += 1 }
      place -= Int(node.length)
    }
    // Unknown characters become one token with those around the word, if they do not become bytes.
    guard tokenCount <= LongWord.maximumCount,
      unknownCount == 0 || unknownCount == tokenCount || byteIDs.count > 0
    else { return Measured() }
    var greatest = 0.0
    for index in 0...word.count where nodes[index].length > 0 || index == 0 {
      let size = abs(nodes[index].score)
      // subtle: written so that what is no number fails.
      guard size < 0x1p100 else { return Measured() }
      greatest = max(greatest, size)
    }
    var measured = Measured()
    measured.limit = Self.limit(
      margin: margin, greatest: greatest, additionCount: characterCount + 1)
    if measured.limit < 0 { return measured }
    let first = ids.count
    append(word, scores: &measured.scores, to: &ids, using: &nodes)
    if ids.count - first > LongWord.maximumCount {
      ids.removeAll(downTo: first)
      return Measured()
    }
    return measured
  }

  /// Appends the ids of the best way through `word`, one for unknown characters that do not become bytes.
  private func append(
    _ word: Span<UInt8>, scores: inout SIMD8<Float>, to ids: inout IDBuffer,
    using nodes: inout UnigramNodes<UnigramWordNode>
  ) {
    // Nodes know the token before them; turned round in place, the one behind them.
    var place = word.count
    var following: UInt32 = 0
    while place > 0 {
      let length = nodes[place].length
      nodes[place].length = following
      following = length
      place &-= Int(length)
    }
    var index = 0
    while following > 0 {
      let start = place
      place &+= Int(following)
      let node = nodes[place]
      following = node.length
      if node.unit != Self.unknownUnit {
        scores[index] = Float(trie.score(of: trie.units[Int(node.unit)]))
        ids.append(trie.ids[Int(node.unit)])
      } else {
        scores[index] = Float(options.unknownScore)
        if byteIDs.count > 0 {
          for byte in start..<place { ids.append(byteIDs[Int(word[byte])]) }
        } else if index == 0 {
          ids.append(unknownID)
        }
      }
      index &+= 1
    }
  }

  /// The greatest sum before a word for which so many additions in 32 bits leave `margin`, or -1.
  ///
  /// - Parameter greatest: the greatest sum within the word.
  static func limit(margin: Double, greatest: Double, additionCount: Int) -> Float {
    // Within the word the sum must not become one that is rebased.
    let most = Double(Float.rebaseLimit) * (1 - 0x1p-20) - greatest
    if most <= 0 { return -1 }
    if margin == .infinity { return Float(most * (1 - 0x1p-20)) }
    // The exact sums are in 64 bits, and off by a little themselves.
    let unit = (margin - greatest * 0x1p-40) / Double(additionCount)
    guard unit > 0x1p-60 else { return -1 }
    // Numbers below 2 ** (e + 24) are 2 ** e apart, or less.
    let bound = Double(sign: .plus, exponent: Int(unit.exponent) + 24, significand: 1)
    let limit = min(bound - greatest - margin, most) * (1 - 0x1p-20)
    return limit > 0 ? Float(limit) : -1
  }
}
