internal import UnicodeText

/// Memory that ``LessIsBetterModel`` needs for a pretoken, kept for the next one.
struct LessIsBetterScratch: Sendable {
  /// What was read at a place.
  struct Unit {
    /// The rank of the unit; ``unknown`` for a character that is none.
    var rank: UInt32
    var start: Int
    var end: Int
  }

  /// One of two ways to read, from where they part.
  struct Way {
    var units: [Unit] = []
    var end = 0
    /// The sum of the ranks; characters that are no unit have none.
    var rankSum = 0

    mutating func start(at place: Int) {
      units.removeAll(keepingCapacity: true)
      end = place
      rankSum = 0
    }

    mutating func append(_ unit: Unit) {
      units.append(unit)
      end = unit.end
      if unit.rank != LessIsBetterScratch.unknown { rankSum &+= Int(unit.rank) }
    }
  }

  static let unknown = UInt32.max

  var longest = Way()
  var alternative = Way()
  /// Parts of a unit that are still to be cut or emitted, the first one last.
  var open: [(rank: UInt32, start: Int, depth: Int)] = []
}

extension LessIsBetterModel {
  private typealias Unit = LessIsBetterScratch.Unit

  /// Appends the ids of a pretoken, a sentence to the authors, to `ids`, which has room for one a
  /// byte, and where each lies.
  ///
  /// - Complexity: O(*n* *l*) in the pretoken's bytes and those of the longest unit.
  func encode(
    _ pretoken: Span<UInt8>, to ids: inout IDBuffer, ranges: inout TokenRanges,
    using scratch: inout LessIsBetterScratch
  ) {
    var start = 0
    while start < pretoken.count {
      if options.isCounterfactual {
        start = readBothWays(pretoken, from: start, to: &ids, &ranges, &scratch)
      } else {
        let unit = longestUnit(in: pretoken, at: start)
        emit(unit, to: &ids, &ranges, &scratch.open)
        start = unit.end
      }
    }
  }

  private func readBothWays(
    _ pretoken: Span<UInt8>, from start: Int, to ids: inout IDBuffer,
    _ ranges: inout TokenRanges, _ scratch: inout LessIsBetterScratch
  ) -> Int {
    let (first, second) = longestTwoUnits(in: pretoken, at: start)
    guard let first, let second else {
      var unit = first ?? character(in: pretoken, at: start)
      if options.skipsLoneUnits { unit = character(in: pretoken, at: start) }
      emit(unit, to: &ids, &ranges, &scratch.open)
      return unit.end
    }
    scratch.longest.start(at: start)
    scratch.longest.append(first)
    scratch.alternative.start(at: start)
    scratch.alternative.append(second)
    // Both end at the end of the text at the latest, and what was read is emitted, so that no place
    // is read more than twice.
    while scratch.longest.end != scratch.alternative.end {
      if scratch.longest.end > scratch.alternative.end {
        scratch.alternative.append(longestUnit(in: pretoken, at: scratch.alternative.end))
      } else {
        scratch.longest.append(longestUnit(in: pretoken, at: scratch.longest.end))
      }
    }
    let end = scratch.longest.end
    if isBetter(scratch.alternative, than: scratch.longest) {
      for unit in scratch.alternative.units { emit(unit, to: &ids, &ranges, &scratch.open) }
    } else {
      for unit in scratch.longest.units { emit(unit, to: &ids, &ranges, &scratch.open) }
    }
    return end
  }

  private func isBetter(
    _ alternative: LessIsBetterScratch.Way, than longest: LessIsBetterScratch.Way
  ) -> Bool {
    alternative.units.count < longest.units.count
      || (alternative.units.count == longest.units.count
        && alternative.rankSum < longest.rankSum)
  }

  private func longestUnit(in text: Span<UInt8>, at start: Int) -> Unit {
    guard let (rank, end) = trie.longestString(in: text, from: start) else {
      return character(in: text, at: start)
    }
    return Unit(rank: UInt32(truncatingIfNeeded: rank), start: start, end: end)
  }

  /// The longest unit and the one before it in length, as far as there are.
  private func longestTwoUnits(
    in text: Span<UInt8>, at start: Int
  ) -> (longest: Unit?, second: Unit?) {
    var longest: Unit?
    var second: Unit?
    var state = ByteTrie.root
    var place = start
    while place < text.count, let entered = trie.next(from: state, by: text[place]) {
      state = entered
      place &+= 1
      guard let rank = trie.string(of: state) else { continue }
      second = longest
      longest = Unit(rank: UInt32(truncatingIfNeeded: rank), start: start, end: place)
    }
    return (longest, second)
  }

  /// The character at `start`, as the unit it is or as none.
  private func character(in text: Span<UInt8>, at start: Int) -> Unit {
    let end = start &+ decodeScalar(in: text, at: start).length
    let rank = trie.index(of: text.extracting(start..<end))
    return Unit(
      rank: rank.map { UInt32(truncatingIfNeeded: $0) } ?? LessIsBetterScratch.unknown,
      start: start, end: end)
  }

  private func emit(
    _ unit: Unit, to ids: inout IDBuffer, _ ranges: inout TokenRanges,
    _ open: inout [(rank: UInt32, start: Int, depth: Int)]
  ) {
    if unit.rank == LessIsBetterScratch.unknown {
      guard let unknown = options.unknown else { return }
      ids.append(unknown)
      ranges.append(unit.start..<unit.end)
    } else if options.subunitDepth == 0 {
      ids.append(self.ids[Int(unit.rank)])
      ranges.append(unit.start..<unit.end)
    } else {
      emitParts(unit, to: &ids, &ranges, &open)
    }
  }

  private func emitParts(
    _ unit: Unit, to ids: inout IDBuffer, _ ranges: inout TokenRanges,
    _ open: inout [(rank: UInt32, start: Int, depth: Int)]
  ) {
    open.removeAll(keepingCapacity: true)
    open.append((unit.rank, unit.start, options.subunitDepth))
    while let (rank, start, depth) = open.popLast() {
      let first = depth > 0 ? parts[Int(rank) &* 2] : Self.isWhole
      if first == Self.isWhole {
        ids.append(self.ids[Int(rank)])
        ranges.append(start..<(start &+ Int(lengths[Int(rank)])))
      } else {
        let middle = start &+ Int(lengths[Int(first)])
        open.append((parts[Int(rank) &* 2 &+ 1], middle, depth &- 1))
        open.append((first, start, depth &- 1))
      }
    }
  }
}
