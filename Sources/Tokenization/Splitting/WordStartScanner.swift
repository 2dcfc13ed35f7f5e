internal import SplitPatterns

/// Cuts before each U+2581 that follows another character, so that words of SentencePiece's family can
/// be remembered. No pre-tokenizer asks for it: it is used where no token holds the mark behind another
/// character, so that nothing merges across such a cut.
struct WordStartScanner: PretokenScanner {
  @inline(__always)
  func end(of start: Int, in text: Span<UInt8>) -> Int {
    var index = start
    while SpaceMark.stands(in: text, at: index) { index &+= SpaceMark.byteCount }
    while index < text.count {
      if text[index] == 0xE2, SpaceMark.stands(in: text, at: index) { return index }
      index &+= 1
    }
    return text.count
  }

  func end(of offset: Int, in window: ASCIIWindow) -> Int { ASCIIWindow.width }

  @inline(__always)
  func fill(_ ends: inout MutableSpan<Int>, in text: Span<UInt8>, from start: Int) -> Int {
    var start = start
    var count = 0
    while start < text.count, count < ends.count {
      start = end(of: start, in: text)
      ends[count] = start
      count &+= 1
    }
    return count
  }
}
