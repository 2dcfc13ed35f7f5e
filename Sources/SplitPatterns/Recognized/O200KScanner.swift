internal import UnicodeText

/// The pattern of o200k_base; Llama 4's too. It cuts before a capital inside a word:
///
///     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|…)?
///       |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|…)?
///       |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
///
/// Letters without case, modifiers and marks stand in both sets. So the first alternative reads a run
/// of the upper set and then, if no small letter follows, gives back what stands behind the last
/// character that is in both; only where there is none the second alternative takes the run.
package struct O200KScanner: PretokenScanner {
  private let reader = ScalarReader()
  private let upper = ScalarClassSet(.lu, .lt, .lm, .lo).union(.marks)
  private let lower = ScalarClassSet(.ll, .lm, .lo).union(.marks)
  private let either = ScalarClassSet.letters.union(.marks)
  private let both = ScalarClassSet(.lm, .lo).union(.marks)
  private let leads = ScalarClassSet.lineBreakControls.union(.letters).union(.numbers).inverted
  private let others = ScalarClassSet.whiteSpace.union(.letters).union(.numbers).inverted

  package init() {}

  @inline(__always)
  package func end(of start: Int, in text: Span<UInt8>) -> Int {
    let (first, firstLength) = reader.read(text, at: start)
    let next = start &+ firstLength
    if first.meets(reader.letters) { return endOfWord(start, in: text) }
    let (second, _) = reader.read(text, at: next)
    if first.meets(leads), second.meets(either) {
      return endOfLedWord(start, lead: first, word: next, in: text)
    }
    return endOfRest(start, first, next, in: text)
  }

  @inline(__always)
  package func end(of offset: Int, in window: ASCIIWindow) -> Int {
    let leads = (window.signs | window.whiteSpace) & ~window.lineBreaks
    if window.isSet(window.led(window.letters, by: leads), offset) {
      let capitals = window.letters & ~window.smallLetters
      let start = window.isSet(window.letters, offset) ? offset : offset &+ 1
      let middle = window.endOfRun(capitals, from: start)
      let end = window.endOfRun(window.smallLetters, from: middle)
      // A contraction may follow.
      guard end < ASCIIWindow.width, !window.isSet(window.apostrophes, end) else {
        return ASCIIWindow.undecided
      }
      return end
    }
    if window.isSet(window.led(window.signs, by: window.spaces), offset) {
      let signsEnd = window.endOfRun(window.signs, from: offset &+ 1)
      let end = window.endOfRun(window.lineBreaks, from: signsEnd)
      // A slash behind a line break belongs to the run.
      guard end < ASCIIWindow.width, !window.isSet(window.signs, end) else {
        return ASCIIWindow.undecided
      }
      return end
    }
    if window.isSet(window.whiteSpace, offset) { return window.endOfSpace(from: offset) }
    return window.isSet(window.digits, offset)
      ? window.endOfDigits(from: offset, limit: 3) : ASCIIWindow.undecided
  }

  /// A word with one character before it that is no letter.
  @inline(__always)
  private func endOfLedWord(
    _ start: Int, lead: ScalarClassSet, word: Int, in text: Span<UInt8>
  ) -> Int {
    let (end, isFirst) = runEnd(word, in: text)
    // subtle: a mark can lead, but can also begin the word; the first alternative comes first.
    if !isFirst && lead.meets(reader.marks) { return endOfWord(start, in: text) }
    return Contractions.end(in: text, at: end, ignoringCase: true) ?? end
  }

  @inline(__always)
  private func endOfWord(_ start: Int, in text: Span<UInt8>) -> Int {
    let end = runEnd(start, in: text).end
    return Contractions.end(in: text, at: end, ignoringCase: true) ?? end
  }

  /// The end of the word that begins at `start` with a letter or mark, and whether the first
  /// alternative took it.
  @inline(__always)
  private func runEnd(_ start: Int, in text: Span<UInt8>) -> (end: Int, isFirst: Bool) {
    var index = start
    var endOfLastInBoth = -1
    while true {
      let (set, length) = reader.read(text, at: index)
      if !set.meets(upper) {
        guard !set.meets(lower) else {
          return (reader.endOfSmallLetters(lower, in: text, from: index &+ length), true)
        }
        return endOfLastInBoth >= 0 ? (endOfLastInBoth, true) : (index, false)
      }
      index &+= length
      if set.meets(both) { endOfLastInBoth = index }
    }
  }

  private func endOfRest(
    _ start: Int, _ first: ScalarClassSet, _ next: Int, in text: Span<UInt8>
  ) -> Int {
    if first.meets(reader.marks) { return endOfWord(start, in: text) }
    if first.meets(reader.numbers) { return endOfNumber(next, in: text) }
    if first.meets(others) { return endOfOthers(next, in: text) }
    if text[start] == 0x20 {
      let (second, length) = reader.read(text, at: next)
      if second.meets(others) { return endOfOthers(next + length, in: text) }
    }
    let run = WhiteSpaceRun(in: text, from: start, by: reader)
    return run.endOfLastBreak
      ?? run.endLeavingLast(from: start, isAtEnd: run.end == text.count)
  }

  private func endOfNumber(_ start: Int, in text: Span<UInt8>) -> Int {
    var index = start
    for _ in 1..<3 {
      let (set, length) = reader.read(text, at: index)
      guard set.meets(reader.numbers) else { break }
      index += length
    }
    return index
  }

  private func endOfOthers(_ start: Int, in text: Span<UInt8>) -> Int {
    var index = reader.endOfRun(of: others, in: text, from: start)
    while index < text.count {
      let byte = text[index]
      guard byte == 0x0A || byte == 0x0D || byte == UInt8(ascii: "/") else { break }
      index += 1
    }
    return index
  }
}
