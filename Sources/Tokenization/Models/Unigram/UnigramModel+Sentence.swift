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
    guard options.isSentencePiece, options.cutsWords, !ranges.areWanted else {
      return try encode(text, to: &ids, ranges: &ranges, using: &scratch)
    }
    var run = SentenceRun(sum: Float(scratch.sumBefore ?? 0))
    var start = 0
    while start < text.count {
      let count = Self.prepareWords(text, from: start, &cache)
      for index in 0..<count {
        let end = cache.ends[index]
        if end &- start <= UnigramWordCache.maximumLength {
          let query = cache.queries[index]
          if run.searchStart < start, cache.mayHold(query) {
            try searchPending(text, upTo: start, &run, to: &ids, ranges: &ranges, using: &scratch)
          }
          if run.searchStart == start {
            let first = ids.count
            switch cache.append(query, sum: &run.sum, to: &ids) {
            case .found: run.searchStart = end
            case .search: break
            case .missing:
              encodeNewWord(
                text, start..<end, query, &run, to: &ids, using: &scratch, cache: &cache)
            }
            if run.progress.unknownStart >= 0, ids.count > first {
              endUnknown(text, at: start, before: first, &run.progress, in: &ids, &ranges)
            }
          }
        }
        start = end
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

  /// Puts what stands for unknown characters before the ids from `first` on, which belong to the
  /// word behind them.
  private func endUnknown(
    _ text: Span<UInt8>, at end: Int, before first: Int, _ progress: inout UnigramProgress,
    in ids: inout IDBuffer, _ ranges: inout TokenRanges
  ) {
    var word: [TokenID] = []
    for index in first..<ids.count { word.append(ids[index]) }
    ids.removeAll(downTo: first)
    endUnknown(text, at: end, &progress, to: &ids, ranges: &ranges)
    for id in word { ids.append(id) }
  }

  /// Finds the words of a block, which begins at `start`, and makes them ready to be looked up.
  @inline(__always)
  private static func prepareWords(
    _ text: Span<UInt8>, from start: Int, _ cache: inout UnigramWordCache
  ) -> Int {
    var start = start
    var count = 0
    while count < UnigramWordCache.blockCount, start < text.count {
      let end = endOfWord(in: text, from: start)
      cache.ends[count] = end
      if end &- start <= UnigramWordCache.maximumLength {
        cache.queries[count] = cache.query(text, start, count: end &- start)
      }
      count &+= 1
      start = end
    }
    return count
  }

  /// Where the word ends that begins at `start`: before the next U+2581 behind something else.
  @inline(__always)
  private static func endOfWord(in text: Span<UInt8>, from start: Int) -> Int {
    var place = start
    while SpaceMark.stands(in: text, at: place) { place &+= 3 }
    // SAFETY: any bytes may be seen as bytes.
    let raw = unsafe text.bytes
    while true {
      while place &+ 8 <= text.count {
        // SAFETY: the condition keeps all eight bytes within the span; any bytes are an integer.
        let word = unsafe raw.unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: UInt64.self)
        // A byte of zero where the text has 0xE2; false alarms stand behind a true one only.
        let difference = word.littleEndian ^ 0xE2E2_E2E2_E2E2_E2E2
        let zeros = (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080
        if zeros != 0 {
          place &+= zeros.trailingZeroBitCount / 8
          break
        }
        place &+= 8
      }
      if place &+ 8 > text.count {
        while place < text.count, text[place] != 0xE2 { place &+= 1 }
      }
      if place >= text.count { return text.count }
      if text[place] == 0xE2, SpaceMark.stands(in: text, at: place) { return place }
      place &+= 1
    }
  }

  /// Encodes a word that the cache did not answer, or leaves it to the search.
  @inline(never)
  private func encodeNewWord(
    _ text: Span<UInt8>, _ range: Range<Int>, _ query: UnigramWordCache.Query,
    _ run: inout SentenceRun, to ids: inout IDBuffer, using scratch: inout UnigramScratch,
    cache: inout UnigramWordCache
  ) {
    switch cache.appendMany(query, sum: &run.sum, to: &ids) {
    case .found: run.searchStart = range.upperBound
    case .search: break
    case .missing:
      // Most words of a text that come once come once only.
      guard cache.hasMet(query) else { return }
      let first = ids.count
      let word = measure(text.extracting(range), to: &ids, using: &scratch.wordNodes)
      cache.insert(query, ids, from: first, scores: word.scores, limit: word.limit)
      if abs(run.sum) <= word.limit {
        word.scores.add(to: &run.sum)
        run.searchStart = range.upperBound
      } else {
        ids.removeAll(downTo: first)
      }
    }
  }

  /// Searches the words before `end` that the cache does not hold.
  @inline(never)
  private func searchPending(
    _ text: Span<UInt8>, upTo end: Int, _ run: inout SentenceRun, to ids: inout IDBuffer,
    ranges: inout TokenRanges, using scratch: inout UnigramScratch
  ) throws(EncodingError) {
    try search(
      text, run.searchStart..<end, &run.sum, &run.progress, to: &ids, ranges: &ranges,
      using: &scratch.narrowNodes)
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
        // The character is unknown, and what becomes of unknown ones is not kept.
        let length = decodeScalar(in: word, at: start).length
        Self.offer(
          options.unknownScore + sum, start &+ length, length, Self.unknownUnit, &nodes)
        start &+= length
      }
    }
    return read(word.count, characterCount, to: &ids, using: &nodes)
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

  /// Appends the ids of the best way, backwards first.
  private func read(
    _ count: Int, _ characterCount: Int, to ids: inout IDBuffer,
    using nodes: inout UnigramNodes<UnigramWordNode>
  ) -> Measured {
    var margin = Double.infinity
    var tokenCount = 0
    var place = count
    while place > 0 {
      let node = nodes[place]
      margin = min(margin, node.score - node.second)
      tokenCount += 1
      if node.unit == Self.unknownUnit { return Measured() }
      place -= Int(node.length)
    }
    guard tokenCount <= LongWord.maximumCount else { return Measured() }
    var greatest = 0.0
    for index in 0...count where nodes[index].length > 0 || index == 0 {
      let size = abs(nodes[index].score)
      // subtle: written so that what is no number fails.
      guard size < 0x1p100 else { return Measured() }
      greatest = max(greatest, size)
    }
    var measured = Measured()
    let first = ids.count
    for _ in 0..<tokenCount { ids.append(0) }
    place = count
    for index in (0..<tokenCount).reversed() {
      let node = nodes[place]
      let score = trie.score(of: trie.units[Int(node.unit)])
      measured.scores[index] = Float(score)
      ids[first + index] = trie.ids[Int(node.unit)]
      place -= Int(node.length)
    }
    measured.limit = Self.limit(
      margin: margin, greatest: greatest, additionCount: characterCount + 1)
    if measured.limit < 0 { ids.removeAll(downTo: first) }
    return measured
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
