internal import UnicodeText

/// The numbers that scores are summed in: what the two originals' searches differ in.
protocol UnigramSum: BinaryFloatingPoint, BitwiseCopyable {
  /// Where the sum that led to a character is greater than this, or less than its opposite, it is
  /// taken from all sums that lead to places behind it too, so that they begin anew.
  static var rebaseLimit: Self { get }
}

/// 64 bits, as huggingface's.
extension Double: UnigramSum {
  static var rebaseLimit: Double { .infinity }
}

/// 32 bits, as sentencepiece's since version 0.2.2.
extension Float: UnigramSum {
  static var rebaseLimit: Float { 100_000 }
}

/// What goes on from one part of a text to the next besides the sum.
struct UnigramProgress {
  /// Where the unknown characters begin that stand last so far; -1 if none do.
  var unknownStart = -1
}

/// The search is Viterbi's ("Error Bounds for Convolutional Codes and an Asymptotically Optimum
/// Decoding Algorithm", 1967), forward over the characters: from each, every token that begins there
/// offers its end a sum, and an end keeps the first of the greatest.
///
/// Where no token reaches beyond a place, all segmentations meet there, and what came before is
/// decided: it is written out now and then, so that memory does not grow with the text.
extension UnigramModel {
  /// Appends the ids of `pretoken`, which is a text of its own. `ids` has room for one id a byte.
  ///
  /// A byte that becomes a token of its own has the range that the original gives it: with
  /// huggingface's rules that of all the unknown characters around it, with sentencepiece's an empty
  /// one before the character, and the last byte of the character all of it.
  ///
  /// - Throws: `unknownCharacter` where the vocabulary has no unknown token but needs it.
  /// - Complexity: O(*n* *l*) in the length of `pretoken` and that of the longest token; memory
  ///   O(*n*), mostly far less.
  func encode(
    _ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using scratch: inout UnigramScratch
  ) throws(EncodingError) {
    var progress = UnigramProgress()
    let whole = 0..<pretoken.count
    if options.isSentencePiece {
      var sum = Float(scratch.sumBefore ?? 0)
      try search(
        pretoken, whole, &sum, &progress, to: &ids, ranges: &ranges, using: &scratch.narrowNodes)
      if scratch.sumBefore != nil { scratch.sumBefore = Double(sum) }
    } else {
      var sum = scratch.sumBefore ?? 0
      try search(
        pretoken, whole, &sum, &progress, to: &ids, ranges: &ranges, using: &scratch.wideNodes)
      if scratch.sumBefore != nil { scratch.sumBefore = sum }
    }
    endUnknown(pretoken, at: pretoken.count, &progress, to: &ids, ranges: &ranges)
    scratch.shrink()
  }

  /// Places behind which a search is written out where it can be.
  private static var windowLength: Int { 1 << 10 }

  /// Searches `text[range]`, of which no token reaches out, with the sum of what came before it.
  func search<Sum: UnigramSum>(
    _ text: Span<UInt8>, _ range: Range<Int>, _ total: inout Sum,
    _ progress: inout UnigramProgress, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using nodes: inout UnigramNodes<UnigramNode<Sum>>
  ) throws(EncodingError) {
    let end = range.upperBound
    let reach = max(options.maximumTokenLength, 4) &+ 1
    var base = range.lowerBound
    var start = base
    // The nodes up to here hold something.
    var furthest = base
    nodes[0] = UnigramNode(score: total, length: 0, unit: 0)
    let unknownScore = Sum(options.unknownScore)
    while start < end {
      if start == furthest, start &- base >= Self.windowLength {
        let sum = nodes[start &- base].score
        write(text, base, start, &progress, to: &ids, ranges: &ranges, using: &nodes)
        nodes[0] = UnigramNode(score: sum, length: 0, unit: 0)
        base = start
      }
      nodes.reserve(min(start &- base &+ reach, end &- base &+ 1))
      var sum = nodes[start &- base].score
      if abs(sum) > Sum.rebaseLimit {
        Self.rebase(from: start &- base, upTo: furthest &- base, &nodes)
        sum = 0
      }
      let length = Self.lengthOfScalar(beginningWith: text[start])
      var coversCharacter = false
      var offset = UnigramTrie.root
      var place = start
      while place < end, let (unit, index) = trie.step(offset, text[place]) {
        place &+= 1
        if UnigramTrie.isToken(unit) {
          let candidate = Sum(trie.score(of: unit)) + sum
          if place > furthest {
            Self.clear(from: furthest &+ 1 &- base, upTo: place &- base, &nodes)
            furthest = place
          }
          let node = nodes[place &- base]
          if node.length == 0 || candidate > node.score {
            nodes[place &- base] = UnigramNode(
              score: candidate, length: UInt32(truncatingIfNeeded: place &- start),
              unit: index)
          }
          if place &- start == length { coversCharacter = true }
        }
        offset = UnigramTrie.offset(of: unit)
      }
      if coversCharacter {
        start &+= length
        continue
      }
      // The lead byte may promise more than follows.
      place = start &+ decodeScalar(in: text, at: start).length
      let candidate = unknownScore + sum
      if place > furthest {
        Self.clear(from: furthest &+ 1 &- base, upTo: place &- base, &nodes)
        furthest = place
      }
      let node = nodes[place &- base]
      if node.length == 0 || candidate > node.score {
        if options.unknown == nil { throw Self.unknownCharacter(start..<place) }
        nodes[place &- base] = UnigramNode(
          score: candidate, length: UInt32(truncatingIfNeeded: place &- start),
          unit: UnigramModel.unknownUnit)
      }
      start = place
    }
    total = nodes[end &- base].score
    write(text, base, end, &progress, to: &ids, ranges: &ranges, using: &nodes)
  }

  /// Lets sums begin anew at the node `first`.
  @inline(never)
  private static func rebase<Sum: UnigramSum>(
    from first: Int, upTo last: Int, _ nodes: inout UnigramNodes<UnigramNode<Sum>>
  ) {
    let sum = nodes[first].score
    for index in first...last { nodes[index].score -= sum }
    nodes[first].score = 0
  }

  /// Marks the nodes `first...last` as those that no token has reached.
  @inline(__always)
  private static func clear<Sum: UnigramSum>(
    from first: Int, upTo last: Int, _ nodes: inout UnigramNodes<UnigramNode<Sum>>
  ) {
    for index in first...last { nodes[index] = UnigramNode(score: 0, length: 0, unit: 0) }
  }

  private static func unknownCharacter(_ range: Range<Int>) -> EncodingError {
    EncodingError(
      .unknownCharacter, "a character that no token covers, and there is no unknown token",
      range: range)
  }

  /// The number of bytes that a scalar has which begins with `byte`; 1 for one that begins none.
  @inline(__always)
  static func lengthOfScalar(beginningWith byte: UInt8) -> Int {
    Int(truncatingIfNeeded: 0x4322_1111_1111_1111 as UInt64 >> UInt64(byte >> 4 &* 4) & 7)
  }

  // MARK: - Writing

  /// Writes the best way from `start`, whose node is the first, to `end`.
  private func write<Sum: UnigramSum>(
    _ text: Span<UInt8>, _ start: Int, _ end: Int, _ progress: inout UnigramProgress,
    to ids: inout IDBuffer, ranges: inout TokenRanges,
    using nodes: inout UnigramNodes<UnigramNode<Sum>>
  ) {
    // Nodes know the token before them; turned round in place, the one behind them.
    var place = end &- start
    var following: UInt32 = 0
    while place > 0 {
      let length = nodes[place].length
      nodes[place].length = following
      following = length
      place &-= Int(length)
    }
    while following > 0 {
      let first = place
      place &+= Int(following)
      let node = nodes[place]
      append(node.unit, text, start &+ first, start &+ place, &progress, to: &ids, ranges: &ranges)
      following = node.length
    }
  }

  /// Appends the token that ends at `unit`, or an unknown character: `text[start..<end]`.
  @inline(__always)
  func append(
    _ unit: UInt32, _ text: Span<UInt8>, _ start: Int, _ end: Int,
    _ progress: inout UnigramProgress, to ids: inout IDBuffer, ranges: inout TokenRanges
  ) {
    // subtle: with huggingface's rules a text may spell the unknown token, which then is as unknown
    // as its neighbours.
    let id = unit == UnigramModel.unknownUnit ? unknownID : trie.ids[Int(unit)]
    guard id == unknownID else {
      if progress.unknownStart >= 0 {
        endUnknown(text, at: start, &progress, to: &ids, ranges: &ranges)
      }
      ids.append(id)
      ranges.append(start..<end)
      return
    }
    if options.isSentencePiece, byteIDs.count > 0 {
      for place in start..<end {
        ids.append(byteIDs[Int(text[place])])
        ranges.append(place == end - 1 ? start..<end : start..<start)
      }
    } else if progress.unknownStart < 0 {
      progress.unknownStart = start
    }
  }

  /// Appends what stands for the unknown characters before `end`, if there are any.
  func endUnknown(
    _ text: Span<UInt8>, at end: Int, _ progress: inout UnigramProgress,
    to ids: inout IDBuffer, ranges: inout TokenRanges
  ) {
    let start = progress.unknownStart
    if start < 0 { return }
    progress.unknownStart = -1
    if options.isSentencePiece {
      ids.append(unknownID)
      ranges.append(start..<end)
      return
    }
    let whole = text.extracting(start..<end)
    if let unit = trie.unit(of: whole) {
      // Characters that are unknown one by one may be a token together, such as the unknown one.
      ids.append(trie.ids[Int(unit)])
      ranges.append(start..<end)
    } else if byteIDs.count > 0, hasBytes(whole) {
      for place in start..<end {
        ids.append(byteIDs[Int(text[place])])
        ranges.append(start..<end)
      }
    } else {
      ids.append(unknownID)
      ranges.append(start..<end)
    }
  }

  private func hasBytes(_ text: Span<UInt8>) -> Bool {
    for place in text.indices where byteIDs[Int(text[place])] == Self.noID { return false }
    return true
  }
}
