/// Byte-pair training over characters by its definition: counts all pairs of neighbours again before each
/// merge, and takes the most frequent one, of equals that of lower ids. Symbols are texts.
package struct ReferenceCharacterTrainer {
  package struct Options {
    package var size = 0
    package var minimumFrequency = 0
    package var maximumLength: Int?
    package var specialTokens: [String] = []
    package var limitAlphabet: Int?
    package var coverage = 1.0
    package var prefix = ""
    package var suffix = ""
    package var requiredTokens: [String] = []

    package init() {}
  }

  private struct Pair: Hashable {
    var left, right: String
  }

  /// In the order of ids.
  package private(set) var tokens: [String]
  package private(set) var merges: [[String]] = []
  private var words: [(symbols: [String], count: Int)]
  private let options: Options

  package init(_ words: [(word: String, count: Int)], _ options: Options) {
    self.options = options
    var totals: [Unicode.Scalar: Int] = [:]
    for (word, count) in words {
      for scalar in word.unicodeScalars { totals[scalar, default: 0] += count }
    }
    let rarest = totals.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    var removed = max(totals.count - (options.limitAlphabet ?? totals.count), 0)
    let spare = Double(totals.values.reduce(0, +)) * (1 - options.coverage)
    var lost = 0
    for (place, (_, count)) in rarest.enumerated() where options.coverage < 1 {
      lost += count
      if Double(lost) <= spare { removed = max(removed, place + 1) }
    }
    let kept = Set(rarest[removed...].map(\.key))
    tokens = []
    for text in options.specialTokens + kept.sorted().map({ String($0) })
    where !tokens.contains(text) { tokens.append(text) }
    self.words = words.map { word, count in
      (Self.forms(of: word, options).filter { kept.contains($0.0) }.map(\.1), count)
    }
    let affixed = Set(self.words.flatMap(\.symbols)).subtracting(tokens)
    tokens += affixed.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    for text in options.requiredTokens { require(text) }
    while tokens.count < options.size, let pair = best() { merge(pair) }
  }

  private static func forms(of word: String, _ options: Options) -> [(Unicode.Scalar, String)] {
    let scalars = Array(word.unicodeScalars)
    return scalars.indices.map { place in
      let isLast = place == scalars.count - 1
      let text =
        (place > 0 ? options.prefix : "") + String(scalars[place]) + (isLast ? options.suffix : "")
      return (scalars[place], text)
    }
  }

  private func text(_ pair: Pair) -> String {
    let right = pair.right.hasPrefix(options.prefix) ? options.prefix.count : 0
    return pair.left + pair.right.dropFirst(right)
  }

  /// How many characters of text a token stands for.
  private func length(_ token: String) -> Int {
    var scalars = Array(token.unicodeScalars)
    let (prefix, suffix) = (
      Array(options.prefix.unicodeScalars), Array(options.suffix.unicodeScalars)
    )
    if !prefix.isEmpty, scalars.count > prefix.count, scalars.starts(with: prefix) {
      scalars.removeFirst(prefix.count)
    }
    if !suffix.isEmpty, scalars.count > suffix.count, scalars.suffix(suffix.count) == suffix[...] {
      scalars.removeLast(suffix.count)
    }
    return scalars.count
  }

  private func best() -> Pair? {
    var counts: [Pair: Int] = [:]
    for (symbols, count) in words {
      for (left, right) in zip(symbols, symbols.dropFirst()) {
        counts[Pair(left: left, right: right), default: 0] += count
      }
    }
    var ids: [String: Int] = [:]
    for (id, token) in tokens.enumerated() { ids[token] = id }
    let allowed = counts.filter { pair, count in
      count >= options.minimumFrequency
        && options.maximumLength.map { length(text(pair)) <= $0 } ?? true
    }
    return allowed.min { one, other in
      (-one.value, ids[one.key.left, default: 0], ids[one.key.right, default: 0])
        < (-other.value, ids[other.key.left, default: 0], ids[other.key.right, default: 0])
    }?.key
  }

  private mutating func merge(_ pair: Pair) {
    merges.append([pair.left, pair.right])
    let merged = text(pair)
    if !tokens.contains(merged) { tokens.append(merged) }
    for index in words.indices { apply(pair, &words[index].symbols) }
  }

  private func apply(_ pair: Pair, _ symbols: inout [String]) {
    var place = 0
    while place + 1 < symbols.count {
      if symbols[place] == pair.left, symbols[place + 1] == pair.right {
        symbols.replaceSubrange(place...place + 1, with: [text(pair)])
      }
      place += 1
    }
  }

  /// Without affixes only.
  private mutating func require(_ text: String) {
    var symbols = text.unicodeScalars.map { String($0) }
    for symbol in symbols where !tokens.contains(symbol) { tokens.append(symbol) }
    for merge in merges { apply(Pair(left: merge[0], right: merge[1]), &symbols) }
    while symbols.count > 1 {
      merge(Pair(left: symbols[0], right: symbols[1]))
      symbols.replaceSubrange(0...1, with: [self.text(Pair(left: symbols[0], right: symbols[1]))])
    }
  }
}
