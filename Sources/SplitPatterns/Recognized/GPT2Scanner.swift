internal import UnicodeText

/// GPT-2's pattern, Radford et al., "Language Models are Unsupervised Multitask Learners" (2019), in
/// its published code; also r50k_base, p50k_base, Whisper, and the `ByteLevel` step of tokenizer.json:
///
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
///
/// With `isolatesDigits` every numeral is a pretoken before the pattern sees the text, as in SmolLM.
package struct GPT2Scanner: PretokenScanner {
  private let reader: ScalarReader
  private let isolatesDigits: Bool
  private let others = ScalarClassSet.whiteSpace.union(.letters).union(.numbers).inverted

  package init(isolatesDigits: Bool = false) {
    self.isolatesDigits = isolatesDigits
    reader = ScalarReader(
      hiding: isolatesDigits ? .numbers : .none, hidesNewNumerals: isolatesDigits)
  }

  @inline(__always)
  package func end(of start: Int, in text: Span<UInt8>) -> Int {
    if let end = Contractions.end(in: text, at: start, ignoringCase: false) { return end }
    var index = start
    if text[start] == 0x20 { index &+= 1 }
    let (set, length) = reader.read(text, at: index)
    if set.meets(reader.letters) {
      return reader.endOfLetters(reader.letters, in: text, from: index &+ length)
    }
    if set.meets(reader.numbers) {
      return reader.endOfRun(of: reader.numbers, in: text, from: index &+ length)
    }
    if set.meets(others) {
      return reader.endOfRun(of: others, in: text, from: index &+ length)
    }
    return endOfSpace(start, in: text)
  }

  @inline(__always)
  package func end(of offset: Int, in window: ASCIIWindow) -> Int {
    if window.isSet(window.led(window.letters, by: window.spaces), offset) {
      return window.endOfRun(window.letters, from: offset &+ 1)
    }
    // An apostrophe before a letter may begin a contraction.
    let signs = window.signs & ~(window.apostrophes & window.letters &>> 1)
    if window.isSet(signs | window.spaces & window.signs &>> 1, offset) {
      return window.endOfRun(window.signs, from: offset &+ 1)
    }
    if !isolatesDigits, window.isSet(window.led(window.digits, by: window.spaces), offset) {
      return window.endOfRun(window.digits, from: offset &+ 1)
    }
    // What isolated digits make of the space before them is left to the other way.
    guard window.isSet(window.whiteSpace, offset), !isolatesDigits else {
      return ASCIIWindow.undecided
    }
    return window.endOfSpace(from: offset, breaking: false)
  }

  private func endOfSpace(_ start: Int, in text: Span<UInt8>) -> Int {
    let run = WhiteSpaceRun(in: text, from: start, by: reader)
    if run.end == start {
      // Hidden: a numeral of its own.
      return start + decodeScalar(in: text, at: start).length
    }
    return run.endLeavingLast(from: start, isAtEnd: reader.read(text, at: run.end).set.isEmpty)
  }
}
