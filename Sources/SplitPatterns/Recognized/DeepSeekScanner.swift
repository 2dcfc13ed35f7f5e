internal import UnicodeText

/// DeepSeek 3's three splits in one walk. Numerals are cut out first, up to three together; then runs
/// of U+4E00–9FA5 and U+3040–30FF; then what is left between them by
///
///     [!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+
///       | ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
///
/// which sees the border of such a run as the end of the text. A control or unassigned character may
/// match nothing; such characters make a pretoken of their own up to the next match.
package struct DeepSeekScanner: PretokenScanner {
  private let reader = ScalarReader(hiding: .numbers)
  private let letters = ScalarClassSet.letters.union(.marks)
  private let signs = ScalarClassSet.punctuation.union(.symbols)
  private let leads =
    ScalarClassSet.lineBreakControls.union(.letters).union(.punctuation).union(.symbols).inverted

  package init() {}

  package func end(of start: Int, in text: Span<UInt8>) -> Int {
    let first = decodeScalar(in: text, at: start)
    if first.isValid, isIdeographOrKana(first.value) { return endOfIdeographs(start, in: text) }
    if reader.read(text, at: start).set.isEmpty { return endOfNumber(start, in: text) }
    if let end = endOfMatch(start, in: text) { return end }
    var index = start
    repeat {
      index += max(read(text, at: index).length, 1)
    } while index < text.count && !read(text, at: index).set.isEmpty
      && endOfMatch(index, in: text) == nil
    return index
  }

  private func isIdeographOrKana(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FA5).contains(scalar) || (0x3040...0x30FF).contains(scalar)
  }

  /// As the reader does, with ideographs and kana hidden too.
  @inline(__always)
  private func read(_ text: Span<UInt8>, at index: Int) -> (set: ScalarClassSet, length: Int) {
    guard index < text.count else { return (.none, 0) }
    let byte = text[index]
    if byte >= 0xE3 && byte <= 0xE9 {
      let scalar = decodeScalar(in: text, at: index)
      if scalar.isValid, isIdeographOrKana(scalar.value) { return (.none, scalar.length) }
    }
    return reader.read(text, at: index)
  }

  @inline(__always)
  private func endOfRun(of set: ScalarClassSet, in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while true {
      let (found, length) = read(text, at: index)
      guard found.meets(set) else { return index }
      index &+= length
    }
  }

  private func endOfMatch(_ start: Int, in text: Span<UInt8>) -> Int? {
    let (first, firstLength) = read(text, at: start)
    let next = start + firstLength
    if isASCIISign(text[start]), next < text.count, isASCIILetter(text[next]) {
      return endOfASCIILetters(next, in: text)
    }
    if first.meets(letters) {
      return endOfRun(of: letters, in: text, from: next)
    }
    let (second, secondLength) = read(text, at: next)
    if first.meets(leads), second.meets(letters) {
      return endOfRun(of: letters, in: text, from: next + secondLength)
    }
    if first.meets(signs) { return endOfSigns(next, in: text) }
    if text[start] == 0x20, second.meets(signs) {
      return endOfSigns(next + secondLength, in: text)
    }
    return !first.meets(reader.whiteSpace) ? nil : endOfSpace(start, in: text)
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

  private func endOfSigns(_ start: Int, in text: Span<UInt8>) -> Int {
    let end = endOfRun(of: signs, in: text, from: start)
    return endOfRun(of: reader.lineBreaks, in: text, from: end)
  }

  private func endOfSpace(_ start: Int, in text: Span<UInt8>) -> Int {
    // No white space is hidden here.
    let run = WhiteSpaceRun(in: text, from: start, by: reader)
    return run.endOfLastBreak
      ?? run.endLeavingLast(from: start, isAtEnd: read(text, at: run.end).set.isEmpty)
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

  private func endOfIdeographs(_ start: Int, in text: Span<UInt8>) -> Int {
    var index = start
    while index < text.count {
      let scalar = decodeScalar(in: text, at: index)
      guard scalar.isValid, isIdeographOrKana(scalar.value) else { break }
      index += scalar.length
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
