internal import UnicodeText

/// The pattern of cl100k_base and its relatives:
///
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}
///       | ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
///
/// as Llama 3 has it. Qwen 2 takes one numeral at a time; Qwen 3.5 lets marks stand where letters do;
/// cl100k_base itself has `\s++$` before the line breaks, so that white space at the end of the text
/// stays whole.
package struct CL100KScanner: PretokenScanner {
  private let reader = ScalarReader()
  private let digits: Int
  private let keepsTrailingSpace: Bool
  private let letters: ScalarClassSet
  private let others: ScalarClassSet
  private let leads =
    ScalarClassSet.lineBreakControls.union(.letters).union(.numbers).inverted

  /// - Parameters:
  ///   - digits: how many numerals a pretoken holds at most.
  ///   - keepsTrailingSpace: white space at the end of the text is one pretoken.
  ///   - marksAreLetters: marks count as letters.
  package init(digits: Int, keepsTrailingSpace: Bool = false, marksAreLetters: Bool = false) {
    self.digits = digits
    self.keepsTrailingSpace = keepsTrailingSpace
    letters = marksAreLetters ? ScalarClassSet.letters.union(.marks) : .letters
    others = ScalarClassSet.whiteSpace.union(letters).union(.numbers).inverted
  }

  @inline(__always)
  package func end(of start: Int, in text: Span<UInt8>) -> Int {
    let (first, firstLength) = reader.read(text, at: start)
    let next = start &+ firstLength
    if first.meets(letters) {
      return reader.endOfLetters(letters, in: text, from: next)
    }
    if let end = Contractions.end(in: text, at: start, ignoringCase: true) { return end }
    let (second, secondLength) = reader.read(text, at: next)
    if first.meets(leads), second.meets(letters) {
      return reader.endOfLetters(letters, in: text, from: next &+ secondLength)
    }
    if first.meets(reader.numbers) { return endOfNumber(next, in: text) }
    if first.meets(others) { return endOfOthers(next, in: text) }
    if text[start] == 0x20, second.meets(others) {
      return endOfOthers(next &+ secondLength, in: text)
    }
    return endOfSpace(start, in: text)
  }

  @inline(__always)
  package func end(of offset: Int, in window: ASCIIWindow) -> Int {
    let space = window.whiteSpace & ~window.lineBreaks
    let leads = (window.signs | space) & ~window.apostrophes
    if window.isSet(window.led(window.letters, by: leads), offset) {
      return window.endOfRun(window.letters, from: offset &+ 1)
    }
    // An apostrophe before a letter may begin a contraction.
    let signs = window.signs & ~(window.apostrophes & window.letters &>> 1)
    if window.isSet(signs | window.spaces & window.signs &>> 1, offset) {
      let end = window.endOfRun(window.signs, from: offset &+ 1)
      return window.endOfRun(window.lineBreaks, from: end)
    }
    if window.isSet(window.whiteSpace, offset) { return window.endOfSpace(from: offset) }
    return window.isSet(window.digits, offset)
      ? window.endOfDigits(from: offset, limit: digits) : ASCIIWindow.undecided
  }

  private func endOfNumber(_ start: Int, in text: Span<UInt8>) -> Int {
    var index = start
    for _ in 1..<digits {
      let (set, length) = reader.read(text, at: index)
      guard set.meets(reader.numbers) else { break }
      index += length
    }
    return index
  }

  private func endOfOthers(_ start: Int, in text: Span<UInt8>) -> Int {
    let end = reader.endOfRun(of: others, in: text, from: start)
    return reader.endOfRun(of: reader.lineBreaks, in: text, from: end)
  }

  private func endOfSpace(_ start: Int, in text: Span<UInt8>) -> Int {
    let run = WhiteSpaceRun(in: text, from: start, by: reader)
    let isAtEnd = run.end == text.count
    if keepsTrailingSpace && isAtEnd { return run.end }
    return run.endOfLastBreak ?? run.endLeavingLast(from: start, isAtEnd: isAtEnd)
  }
}
