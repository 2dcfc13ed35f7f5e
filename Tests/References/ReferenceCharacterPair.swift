/// Byte-pair encoding over characters by its definition: of all neighbours that merge, the pair of
/// lowest rank or greatest score, the leftmost of equals, until none does. Looks at everything again
/// after each merge.
package struct ReferenceCharacterPair: Sendable {
  package enum Rules: Sendable {
    /// huggingface's: merges in order of rank, of two of the same pair the later holds.
    case listed([(left: String, right: String, result: String)])
    /// SentencePiece's: two neighbours whose text together is a token.
    case byScore([String: Float])
  }

  package var ids: [String: UInt32]
  package var rules: Rules
  package var continuingPrefix = ""
  package var endSuffix = ""
  package var fallsBackToBytes = false
  package var unknown: UInt32?
  package var fusesUnknown = false
  /// Tokens that no text makes.
  package var reserved: Set<String> = []
  /// Tokens that do not stay: each becomes the last two neighbours that could have made it, anywhere in
  /// the pretoken, and a single character unknown.
  package var unused: Set<String> = []

  package init(ids: [String: UInt32], rules: Rules) {
    self.ids = ids
    self.rules = rules
  }

  private struct Symbol {
    /// What merges look at; nil for what never merges.
    var text: String?
    var id: UInt32?
    var range: Range<Int>
    var isUnknown = false
  }

  package struct Token: Equatable, Sendable {
    package var id: UInt32
    package var range: Range<Int>

    package init(id: UInt32, range: Range<Int>) {
      self.id = id
      self.range = range
    }
  }

  /// The tokens of a pretoken with the bytes of it that each covers.
  package func encode(_ pretoken: String) -> [Token] {
    var symbols = characters(of: pretoken)
    var origins: [String: (left: String, right: String)] = [:]
    for place in symbols.indices.dropLast() { note(place, symbols, &origins) }
    while let best = bestPair(symbols) {
      let range = symbols[best.place].range.lowerBound..<symbols[best.place + 1].range.upperBound
      symbols[best.place] = Symbol(text: best.result, id: ids[best.result], range: range)
      symbols.remove(at: best.place + 1)
      note(best.place - 1, symbols, &origins)
      note(best.place, symbols, &origins)
    }
    if !unused.isEmpty { symbols = symbols.flatMap { takenApart($0, origins) } }
    var tokens: [Token] = []
    var followsUnknown = false
    for symbol in symbols {
      if let id = symbol.id {
        tokens.append(Token(id: id, range: symbol.range))
        followsUnknown = false
      } else if fallsBackToBytes {
        let bytes = Array(pretoken.utf8)
        for place in symbol.range {
          tokens.append(Token(id: ids[nameOfByte(bytes[place])]!, range: place..<(place + 1)))
        }
      } else if let unknown {
        if followsUnknown, fusesUnknown, let last = tokens.popLast() {
          tokens.append(
            Token(id: unknown, range: last.range.lowerBound..<symbol.range.upperBound))
        } else {
          tokens.append(Token(id: unknown, range: symbol.range))
        }
        followsUnknown = true
      }
    }
    return tokens
  }

  /// Remembers the neighbours at `place` if they could make a token that does not stay.
  private func note(
    _ place: Int, _ symbols: [Symbol], _ origins: inout [String: (left: String, right: String)]
  ) {
    guard place >= 0, place + 1 < symbols.count, let left = symbols[place].text,
      let right = symbols[place + 1].text, unused.contains(left + right)
    else { return }
    origins[left + right] = (left, right)
  }

  private func takenApart(
    _ symbol: Symbol, _ origins: [String: (left: String, right: String)]
  ) -> [Symbol] {
    guard let text = symbol.text, unused.contains(text) else { return [symbol] }
    guard let (left, right) = origins[text] else {
      return [Symbol(text: text, id: nil, range: symbol.range)]
    }
    let middle = symbol.range.lowerBound + left.utf8.count
    return [(left, symbol.range.lowerBound..<middle), (right, middle..<symbol.range.upperBound)]
      .flatMap { takenApart(Symbol(text: $0, id: ids[$0], range: $1), origins) }
  }

  private func characters(of pretoken: String) -> [Symbol] {
    let scalars = Array(pretoken.unicodeScalars)
    var symbols: [Symbol] = []
    var start = 0
    for (index, scalar) in scalars.enumerated() {
      let count = String(scalar).utf8.count
      let range = start..<(start + count)
      start += count
      if case .byScore = rules {
        let text = String(scalar)
        symbols.append(
          Symbol(text: text, id: reserved.contains(text) ? nil : ids[text], range: range))
        continue
      }
      var text = String(scalar)
      if index > 0 { text = continuingPrefix + text }
      if index == scalars.count - 1 { text += endSuffix }
      if let id = ids[text] {
        symbols.append(Symbol(text: text, id: id, range: range))
      } else if fallsBackToBytes, text.utf8.allSatisfy({ ids[nameOfByte($0)] != nil }) {
        // Affixes are not in these tests, so that each byte is one of the character.
        for (place, byte) in zip(range, text.utf8) {
          let name = nameOfByte(byte)
          symbols.append(Symbol(text: name, id: ids[name], range: place..<(place + 1)))
        }
      } else if let unknown {
        // It merges as any token does.
        let name = ids.first { $0.value == unknown }?.key
        if fusesUnknown, let last = symbols.last, last.isUnknown {
          symbols[symbols.count - 1].range = last.range.lowerBound..<range.upperBound
        } else {
          symbols.append(Symbol(text: name, id: unknown, range: range, isUnknown: true))
        }
      }
    }
    return symbols
  }

  private func bestPair(_ symbols: [Symbol]) -> (place: Int, result: String)? {
    var best: (place: Int, key: Double, result: String)?
    for place in symbols.indices.dropLast() {
      guard let left = symbols[place].text, let right = symbols[place + 1].text else { continue }
      var found: (key: Double, result: String)?
      switch rules {
      case .listed(let merges):
        if let rank = merges.lastIndex(where: { $0.left == left && $0.right == right }) {
          found = (Double(rank), merges[rank].result)
        }
      case .byScore(let scores):
        if let score = scores[left + right], !reserved.contains(left + right) {
          found = (-Double(score), left + right)
        }
      }
      guard let found else { continue }
      if best.map({ found.key < $0.key }) ?? true { best = (place, found.key, found.result) }
    }
    return best.map { ($0.place, $0.result) }
  }

  package func nameOfByte(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return "<0x" + (digits.count == 1 ? "0" : "") + digits + ">"
  }
}
