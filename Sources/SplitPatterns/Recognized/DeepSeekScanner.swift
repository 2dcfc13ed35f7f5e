internal import UnicodeText

/// DeepSeek 3's three splits in one walk. Numerals are cut out first, up to three together; then runs
/// of U+4E00–9FA5 and U+3040–30FF; then both these runs and what is left between them are cut by
///
///     [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+
///       | ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
///
/// which sees the borders of such a run as the end of the text. A control or unassigned character may
/// match nothing; such characters make a pretoken of their own up to the next match.
package struct DeepSeekScanner: PretokenScanner {
  private let reader = ScalarReader(hiding: .numbers)
  private let letters = ScalarClassSet.letters.union(.marks)
  private let signs = ScalarClassSet.punctuation.union(.symbols)
  private let leads =
    ScalarClassSet.lineBreakControls.union(.letters).union(.punctuation).union(.symbols).inverted

  package init() {}

  package func end(of start: Int, in text: Span<UInt8>) -> Int {
    if reader.read(text, at: start).set.isEmpty { return endOfNumber(start, in: text) }
    let part = Part(isIdeographic: isIdeographic(text, at: start))
    if let end = endOfMatch(start, in: text, part) { return end }
    var index = start
    repeat {
      index += read(text, at: index, part).length
    } while !read(text, at: index, part).set.isEmpty && endOfMatch(index, in: text, part) == nil
    return index
  }

  package func end(of offset: Int, in window: ASCIIWindow) -> Int {
    let leads = (window.signs | window.whiteSpace) & ~window.lineBreaks
    if window.isSet(window.led(window.letters, by: leads), offset) {
      return window.endOfRun(window.letters, from: offset &+ 1)
    }
    if window.isSet(window.led(window.signs, by: window.spaces), offset) {
      let end = window.endOfRun(window.signs, from: offset &+ 1)
      return window.endOfRun(window.lineBreaks, from: end)
    }
    if window.isSet(window.digits, offset) { return window.endOfDigits(from: offset, limit: 3) }
    guard window.isSet(window.whiteSpace, offset) else { return ASCIIWindow.undecided }
    // White space before a numeral sees the end of its text.
    let runEnd = window.endOfRun(window.whiteSpace, from: offset)
    guard runEnd < ASCIIWindow.width, !window.isSet(window.digits, runEnd) else {
      return ASCIIWindow.undecided
    }
    return window.endOfSpace(from: offset)
  }

  /// What the last pattern sees as one text: a run of ideographs and kana, or what lies between two.
  private struct Part {
    var isIdeographic: Bool
  }

  @inline(__always)
  private func isIdeographic(_ text: Span<UInt8>, at index: Int) -> Bool {
    guard text[index] >= 0xE3 && text[index] <= 0xE9 else { return false }
    let scalar = decodeScalar(in: text, at: index)
    return scalar.isValid
      && ((0x4E00...0x9FA5).contains(scalar.value) || (0x3040...0x30FF).contains(scalar.value))
  }

  /// As the reader does, with what belongs to other parts hidden too.
  @inline(__always)
  private func read(
    _ text: Span<UInt8>, at index: Int, _ part: Part
  ) -> (set: ScalarClassSet, length: Int) {
    guard index < text.count, isIdeographic(text, at: index) == part.isIdeographic else {
      return (.none, 0)
    }
    return reader.read(text, at: index)
  }

  @inline(__always)
  private func endOfRun(
    of set: ScalarClassSet, in text: Span<UInt8>, from start: Int, _ part: Part
  ) -> Int {
    var index = start
    while true {
      let (found, length) = read(text, at: index, part)
      guard found.meets(set) else { return index }
      index &+= length
    }
  }

  private func endOfMatch(_ start: Int, in text: Span<UInt8>, _ part: Part) -> Int? {
    let (first, firstLength) = read(text, at: start, part)
    let next = start + firstLength
    if isASCIISign(text[start]), next < text.count, isASCIILetter(text[next]) {
      return endOfASCIILetters(next, in: text)
    }
    if first.meets(letters) { return endOfRun(of: letters, in: text, from: next, part) }
    let (second, secondLength) = read(text, at: next, part)
    if first.meets(leads), second.meets(letters) {
      return endOfRun(of: letters, in: text, from: next + secondLength, part)
    }
    if first.meets(signs) { return endOfSigns(next, in: text, part) }
    if text[start] == 0x20, second.meets(signs) {
      return endOfSigns(next + secondLength, in: text, part)
    }
    return first.meets(reader.whiteSpace) ? endOfSpace(start, in: text, part) : nil
  }

  private func isASCIISign(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F && !isASCIILetter(byte) && !(0x30...0x39).contains(byte)
  }

  private func isASCIILetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private func endOfASCIILetters(_ start: Int, in text: Span<UInt8>) -> Int {
    var index = start
    while index < text.count, isASCIILetter(text[index]) { index += 1 }
    return index
  }

  private func endOfSigns(_ start: Int, in text: Span<UInt8>, _ part: Part) -> Int {
    let end = endOfRun(of: signs, in: text, from: start, part)
    return endOfRun(of: reader.lineBreaks, in: text, from: end, part)
  }

  private func endOfSpace(_ start: Int, in text: Span<UInt8>, _ part: Part) -> Int {
    // No white space is hidden here.
    let run = WhiteSpaceRun(in: text, from: start, by: reader)
    return run.endOfLastBreak
      ?? run.endLeavingLast(from: start, isAtEnd: read(text, at: run.end, part).set.isEmpty)
  }

  private func endOfNumber(_ start: Int, in text: Span<UInt8>) -> Int {
    var index = start
    var count = 0
    while count < 3, index < text.count {
      let (set, length) = reader.read(text, at: index)
      guard set.isEmpty else { break }
      index += length
      count += 1
    }
    return index
  }
}

extension DeepSeekScanner {
  /// Whether these patterns, each cutting out its matches, are the three that this scanner knows.
  package static func recognizes(_ patterns: [SplitPattern?]) -> Bool {
    patterns.count == sources.count
      && zip(patterns, sources).allSatisfy { pattern, source in
        guard let pattern else { return false }
        if pattern.source == source { return pattern.dialect == .oniguruma }
        return pattern.tree == (try? SplitPattern(source, dialect: .oniguruma))?.tree
      }
  }

  private static let sources = [
    #"\p{N}{1,3}"#,
    "[\u{4E00}-\u{9FA5}\u{3040}-\u{309F}\u{30A0}-\u{30FF}]+",
    ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^"## + "\r\n"
      + #"\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+["# + "\r\n" + #"]*"#
      + #"|\s*[\r\n]+|\s+(?!\S)|\s+"#,
  ]
}
