// What Python's `str` does, with the same results; places are bytes.

extension Unicode.Scalar {
  /// White space as `str.isspace` and `str.strip` have it.
  var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000:
      true
    default: false
    }
  }

  /// What `str.splitlines` ends a line at.
  fileprivate var endsLine: Bool {
    switch value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}

extension JinjaText {
  enum Side { case both, left, right }

  /// Without the scalars of `set` at the ends; nil stands for white space.
  func stripped(_ side: Side = .both, of set: JinjaText? = nil) -> JinjaText {
    let scalars = scalars
    let members = set.map { Set($0.string.unicodeScalars) }
    func isStripped(_ scalar: Scalar) -> Bool {
      members?.contains(scalar.value) ?? scalar.value.isPythonSpace
    }
    var low = 0
    var high = scalars.count
    if side != .right { while low < high, isStripped(scalars[low]) { low += 1 } }
    if side != .left { while low < high, isStripped(scalars[high - 1]) { high -= 1 } }
    let start = low < scalars.count ? scalars[low].range.lowerBound : count
    let end = high > low ? scalars[high - 1].range.upperBound : start
    return self[start..<end]
  }

  /// Where `other` stands, without overlap from the left; the empty text stands everywhere.
  func matches(of other: JinjaText) -> [Range<Int>] {
    var matches: [Range<Int>] = []
    LiteralSearch(other.bytes).appendMatches(in: bytes.span, to: &matches)
    return matches
  }

  func firstMatch(of other: JinjaText, from start: Int = 0) -> Int? {
    if other.isEmpty { return start }
    return LiteralSearch(other.bytes).first(in: bytes.span, from: start)
  }

  /// - Complexity: O(*n* + *m*): the last place is the first one from behind.
  func lastMatch(of other: JinjaText) -> Int? {
    if other.isEmpty { return count }
    let reversed: [UInt8] = bytes.reversed()
    let place = LiteralSearch(other.bytes.reversed()).first(in: reversed.span, from: 0)
    return place.map { count - $0 - other.count }
  }

  func hasPrefix(_ other: JinjaText) -> Bool { bytes.starts(with: other.bytes) }

  func hasSuffix(_ other: JinjaText) -> Bool {
    bytes.suffix(other.count).elementsEqual(other.bytes)
  }

  /// The first `limit` matches of `old` replaced; all of them for a negative limit.
  func replacing(_ old: JinjaText, with new: JinjaText, limit: Int = -1) -> JinjaText {
    var text = JinjaText()
    var start = 0
    let matches = matches(of: old)
    for match in limit < 0 ? matches[...] : matches.prefix(limit) {
      text.append(self, start..<match.lowerBound)
      text.append(new)
      start = match.upperBound
    }
    text.append(self, start..<count)
    text.isMarkup = isMarkup
    return text
  }

  /// Cuts at `separator`, which is not empty, at most `limit` times from the left, or from the right.
  func split(by separator: JinjaText, limit: Int = -1, fromRight: Bool = false) -> [JinjaText] {
    var matches: [Range<Int>]
    if fromRight {
      let reversed = JinjaText(bytes.reversed())
      matches = reversed.matches(of: JinjaText(separator.bytes.reversed()))
        .map { (count - $0.upperBound)..<(count - $0.lowerBound) }
    } else {
      matches = self.matches(of: separator)
    }
    if limit >= 0 { matches = Array(matches.prefix(limit)) }
    if fromRight { matches.reverse() }
    var parts: [JinjaText] = []
    var start = 0
    for match in matches {
      parts.append(self[start..<match.lowerBound])
      start = match.upperBound
    }
    return parts + [self[start..<count]]
  }

  /// The words between white space; with a limit the last one, or the first, has all that is left.
  func words(limit: Int = -1, fromRight: Bool = false) -> [JinjaText] {
    var words: [JinjaText] = []
    let scalars = scalars
    var index = 0
    if fromRight {
      index = scalars.count - 1
      while true {
        while index >= 0, scalars[index].value.isPythonSpace { index -= 1 }
        guard index >= 0 else { break }
        let end = scalars[index].range.upperBound
        if limit >= 0, words.count == limit {
          words.append(self[0..<end])
          break
        }
        while index >= 0, !scalars[index].value.isPythonSpace { index -= 1 }
        words.append(self[scalars[index + 1].range.lowerBound..<end])
      }
      return words.reversed()
    }
    while true {
      while index < scalars.count, scalars[index].value.isPythonSpace { index += 1 }
      guard index < scalars.count else { return words }
      let start = scalars[index].range.lowerBound
      if limit >= 0, words.count == limit { return words + [self[start..<count]] }
      while index < scalars.count, !scalars[index].value.isPythonSpace { index += 1 }
      words.append(self[start..<scalars[index - 1].range.upperBound])
    }
  }

  /// Lines without what ends them, unless `keepsEnds`.
  func lines(keepsEnds: Bool = false) -> [JinjaText] {
    var lines: [JinjaText] = []
    let scalars = scalars
    var start = 0
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      guard scalar.value.endsLine else { continue }
      var end = scalar.range.upperBound
      if scalar.value == "\r", index < scalars.count, scalars[index].value == "\n" {
        end = scalars[index].range.upperBound
        index += 1
      }
      lines.append(self[start..<(keepsEnds ? end : scalar.range.lowerBound)])
      start = end
    }
    if start < count { lines.append(self[start..<count]) }
    return lines
  }

  /// The parts one after the other with this text between them.
  func joining(_ parts: [JinjaText]) -> JinjaText {
    var text = JinjaText()
    for (index, part) in parts.enumerated() {
      if index > 0 { text.append(self) }
      text.append(part)
    }
    text.isMarkup = isMarkup
    return text
  }

  func repeated(_ times: Int) -> JinjaText {
    var text = JinjaText()
    for _ in 0..<max(times, 0) { text.append(self) }
    text.isMarkup = isMarkup
    return text
  }

  /// `&`, `<`, `>` and both quotes as HTML has them; markup already is.
  var escapedForHTML: JinjaText {
    if isMarkup { return self }
    var text = mapScalars { scalars, index in
      switch scalars[index].value {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&#34;"
      case "'": "&#39;"
      case let other: String(other)
      }
    }
    text.isMarkup = true
    return text
  }
}

// MARK: Upper and lower case

extension JinjaText {
  var uppercased: JinjaText { mapScalars { $0[$1].value.properties.uppercaseMapping } }

  var lowercased: JinjaText { mapScalars(Self.lowercase) }

  /// The first scalar in title case, the others in lower case.
  var capitalized: JinjaText {
    mapScalars { scalars, index in
      index == 0
        ? scalars[0].value.properties.titlecaseMapping : Self.lowercase(scalars, index)
    }
  }

  /// Each letter behind one that has no case in title case, the others in lower case.
  var titlecased: JinjaText {
    mapScalars { scalars, index in
      index > 0 && scalars[index - 1].value.properties.isCased
        ? Self.lowercase(scalars, index) : scalars[index].value.properties.titlecaseMapping
    }
  }

  var swappedCase: JinjaText {
    mapScalars { scalars, index in
      let properties = scalars[index].value.properties
      if properties.isUppercase { return Self.lowercase(scalars, index) }
      return properties.isLowercase ? properties.uppercaseMapping : String(scalars[index].value)
    }
  }

  /// Whether there is a letter of the case and none of another.
  func isCase(upper: Bool) -> Bool {
    var found = false
    for scalar in string.unicodeScalars {
      let properties = scalar.properties
      if upper ? properties.isLowercase : properties.isUppercase { return false }
      if properties.generalCategory == .titlecaseLetter { return false }
      found = found || (upper ? properties.isUppercase : properties.isLowercase)
    }
    return found
  }

  /// The lower case of a scalar where it stands: sigma is another letter at the end of a word.
  private static func lowercase(_ scalars: [Scalar], _ index: Int) -> String {
    guard scalars[index].value == "Σ" else {
      return scalars[index].value.properties.lowercaseMapping
    }
    let before = scalars[..<index].last { !$0.value.properties.isCaseIgnorable }
    let behind = scalars[(index + 1)...].first { !$0.value.properties.isCaseIgnorable }
    let isFinal =
      before?.value.properties.isCased == true && behind?.value.properties.isCased != true
    return isFinal ? "ς" : "σ"
  }
}
