/// Learning a lexicon of Less-is-Better with plain lists and sets of strings, as a page about the
/// authors' code describes it.
package struct ReferenceLearner: Sendable {
  package typealias Unit = [UInt32]

  package struct Options: Sendable {
    package var isOf2020: Bool
    package var memorizingRate = 0.25
    package var forgettingRate = 0.01
    package var updateRate = 0.2
    package var life = 3
    package var lengthLimit: Int
    package var gapLimit = 2
    package var inspectsContext = true
    package var sizeLimit: Int

    package init(isOf2020: Bool, lengthLimit: Int, sizeLimit: Int = .max) {
      self.isOf2020 = isOf2020
      self.lengthLimit = lengthLimit
      self.sizeLimit = sizeLimit
    }
  }

  private struct Watch {
    var life: Int
    var context: (left: Unit, right: Unit)?
  }

  private struct Comparison {
    var key: Unit
    var read: [Unit]
    var imagined: [Unit]
    var end: Int
  }

  /// Units, best first.
  package private(set) var lexicon: [Unit] = []
  private var watches: [Unit: Watch] = [:]
  private var verdicts: [(unit: Unit, step: Int)] = []
  private var metOnce: Set<Unit> = []
  private let options: Options
  private let draw: @Sendable () -> Double

  /// - Parameter draw: the next number from 0 up to 1.
  package init(_ options: Options, draw: @escaping @Sendable () -> Double) {
    self.options = options
    self.draw = draw
  }

  package var watchedCount: Int { watches.count }

  /// Takes characters as the first units, on probation.
  package mutating func begin(with characters: [UInt32]) {
    for character in characters {
      lexicon.append([character])
      watches[[character]] = Watch(life: options.life)
    }
  }

  package mutating func read(_ document: [Unit]) {
    verdicts = []
    metOnce = []
    for sentence in document {
      if options.isOf2020 { read2020(sentence) } else { read2023(sentence) }
    }
    var forgotten: Set<Unit> = []
    for (unit, watch) in watches {
      if watch.life <= 1 {
        forgotten.insert(unit)
        watches[unit] = nil
      } else {
        watches[unit]?.life -= 1
      }
    }
    lexicon.removeAll { forgotten.contains($0) }
    for (unit, step) in verdicts where !forgotten.contains(unit) { move(unit, step) }
    for unit in lexicon[Int((1 - options.forgettingRate) * Double(lexicon.count))...]
    where watches[unit] == nil {
      watches[unit] = Watch(life: options.life)
    }
  }

  package mutating func forgetWatched() { lexicon.removeAll { watches[$0] != nil } }

  private mutating func move(_ unit: Unit, _ step: Int) {
    guard let rank = lexicon.firstIndex(of: unit), rank > 0 else { return }
    let target = rank + step * (Int(Double(rank) * options.updateRate) + 1)
    lexicon.remove(at: rank)
    if target <= lexicon.count { lexicon.insert(unit, at: max(0, target)) }
  }

  // MARK: - Reading

  private mutating func read2020(_ sentence: Unit) {
    var open: [Comparison] = []
    var known: Unit = []
    var unknown: Unit = []
    var place = 0
    while place < sentence.count {
      settle(&open, sentence, place)
      let (unit, second) = two(sentence, place)
      for index in open.indices { open[index].read.append(unit) }
      if unit.isEmpty {
        known = []
        unknown.append(sentence[place])
        place += 1
        continue
      }
      if 2 + unit.count <= options.lengthLimit, draw() < options.memorizingRate {
        if known.isEmpty {
          if (1...options.gapLimit).contains(unknown.count) { meet(unknown) }
        } else if known.count + unit.count <= options.lengthLimit {
          meet(known + unit)
        }
      }
      if unit.count > 1, !second.isEmpty {
        start(
          &open, Comparison(key: unit, read: [unit], imagined: [second], end: place + second.count))
      } else {
        watches[unit] = nil
      }
      known = unit
      unknown = []
      place += unit.count
    }
  }

  private mutating func meet(_ candidate: Unit) {
    if lexicon.contains(candidate) || lexicon.count >= options.sizeLimit { return }
    if metOnce.remove(candidate) != nil {
      lexicon.append(candidate)
    } else {
      metOnce.insert(candidate)
    }
  }

  private mutating func read2023(_ sentence: Unit) {
    var open: [Comparison] = []
    var chunks: [Unit] = [[], []]
    var place = 0
    while place < sentence.count {
      settle(&open, sentence, place)
      let (unit, second) = two(sentence, place)
      let chunk = unit.isEmpty ? [sentence[place]] : unit
      for index in open.indices { open[index].read.append(chunk) }
      let left = chunks[chunks.count - 1]
      let beforeLeft = chunks[chunks.count - 2]
      let right = force(sentence, place + chunk.count)
      if let watch = watches[unit] {
        if options.inspectsContext, let old = watch.context {
          inspect(unit, old, beforeLeft, left, right, sentence, place)
        } else {
          watches[unit] = nil
        }
      }
      if unit.isEmpty {
        memorize(chunk, (left, right))
      } else {
        if unit.count > 1, !second.isEmpty {
          start(
            &open,
            Comparison(key: unit, read: [unit], imagined: [second], end: place + second.count))
        }
        // What was learned just now may be what comes next.
        if draw() < options.memorizingRate {
          memorize(left + unit, (beforeLeft, force(sentence, place + unit.count)))
        }
      }
      chunks.append(chunk)
      place += chunk.count
    }
  }

  private mutating func inspect(
    _ unit: Unit, _ old: (left: Unit, right: Unit), _ beforeLeft: Unit, _ left: Unit, _ right: Unit,
    _ sentence: Unit, _ place: Int
  ) {
    if left.isEmpty, right.isEmpty, old.left.isEmpty, old.right.isEmpty { return }
    var hasGrown = false
    if isEnd(left, old.left) || isEnd(old.left, left) {
      memorize(left + unit, (beforeLeft, right))
      hasGrown = true
    }
    if isBeginning(right, old.right) || isBeginning(old.right, right) {
      memorize(unit + right, (left, force(sentence, place + unit.count + right.count)))
      hasGrown = true
    }
    if !hasGrown {
      verdicts.append((unit, -1))
      watches[unit] = nil
    }
  }

  private func isEnd(_ part: Unit, _ whole: Unit) -> Bool {
    !part.isEmpty && Unit(whole.suffix(part.count)) == part
  }

  private func isBeginning(_ part: Unit, _ whole: Unit) -> Bool {
    !part.isEmpty && Unit(whole.prefix(part.count)) == part
  }

  private mutating func memorize(_ unit: Unit, _ context: (left: Unit, right: Unit)) {
    if unit.count > options.lengthLimit || lexicon.contains(unit) { return }
    if lexicon.count >= options.sizeLimit { return }
    lexicon.append(unit)
    watches[unit] = Watch(life: options.life, context: context)
  }

  /// The longest and the second longest unit at a place, empty where there is none.
  private func two(_ sentence: Unit, _ place: Int) -> (longest: Unit, second: Unit) {
    let rest = Unit(sentence[place...].prefix(options.isOf2020 ? options.lengthLimit : .max))
    let found = lexicon.filter { isBeginning($0, rest) && $0.count <= rest.count }
      .sorted { $0.count > $1.count }
    return (found.first ?? [], found.dropFirst().first ?? [])
  }

  private func force(_ sentence: Unit, _ place: Int) -> Unit {
    if place >= sentence.count { return [] }
    let unit = two(sentence, place).longest
    return unit.isEmpty ? [sentence[place]] : unit
  }

  // MARK: - Comparing

  private func start(_ open: inout [Comparison], _ comparison: Comparison) {
    if let index = open.firstIndex(where: { $0.key == comparison.key }) {
      open[index] = comparison
    } else {
      open.append(comparison)
    }
  }

  private mutating func settle(_ open: inout [Comparison], _ sentence: Unit, _ place: Int) {
    for index in open.indices {
      while open[index].end < place {
        let unit = two(sentence, open[index].end).longest
        let character = options.isOf2020 ? [] : [sentence[open[index].end]]
        open[index].imagined.append(unit.isEmpty ? character : unit)
        open[index].end += max(unit.count, 1)
      }
      if open[index].end == place { judge(open[index]) }
    }
    open.removeAll { $0.end == place }
  }

  private mutating func judge(_ comparison: Comparison) {
    if isBad(comparison.read, comparison.imagined) {
      if options.isOf2020 {
        verdicts.append((comparison.key, 1))
        verdicts.append((two(comparison.key.dropLast(), 0).longest, -1))
      } else {
        verdicts.append((comparison.imagined[0], -1))
        verdicts.append((comparison.key, 1))
      }
    } else {
      verdicts.append((comparison.key, -1))
      if options.isOf2020 { watches[comparison.key] = nil }
    }
  }

  private func isBad(_ read: [Unit], _ imagined: [Unit]) -> Bool {
    if options.isOf2020 {
      let unknown = (read.count { $0.isEmpty }, imagined.count { $0.isEmpty })
      if unknown.0 != unknown.1 { return unknown.0 > unknown.1 }
      let known = (read.count { !$0.isEmpty }, imagined.count)
      if known.0 != known.1 { return known.0 > known.1 }
    } else if read.count != imagined.count {
      return read.count > imagined.count
    }
    return ranks(read) > ranks(imagined)
  }

  private func ranks(_ chunks: [Unit]) -> Int {
    chunks.compactMap { lexicon.firstIndex(of: $0) }.reduce(0, +)
  }
}
