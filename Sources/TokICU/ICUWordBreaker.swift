internal import CICULoader
internal import SplitPatterns
public import Tokenization

/// The borders of words as ICU finds them (Unicode annex 29), by dictionaries where words are written
/// without spaces: Thai, Lao, Khmer, Burmese, Chinese and Japanese.
///
/// What it finds depends on the version of ICU, so a vocabulary should be used with the one it was made
/// with. White space and punctuation are parts of their own. ICU itself is opened when first used:
/// nothing links it, and its headers are not needed.
public final class ICUWordBreaker: WordBreaker {
  private let pool = ScratchPool<WordIterator>()

  public init() {}

  /// Whether there is an ICU on this machine.
  public static var isAvailable: Bool { icu_words_available() }

  /// Makes this the word breaker of all tokenizers with the step `tok:Words` that are made from now on.
  public static func use() { WordBreaking.use(ICUWordBreaker()) }

  /// Appends where each word ends; only the end of the text if ICU cannot be opened.
  ///
  /// - Complexity: O(*n*) with a large constant in dictionary scripts.
  public func appendEnds(in text: Span<UInt8>, to ends: inout [Int]) {
    guard let iterator = pool.take() ?? WordIterator() else {
      ends.append(text.count)
      return
    }
    defer { pool.giveBack(iterator) }
    var start = 0
    while start < text.count {
      let end = Self.partEnd(from: start, in: text)
      iterator.appendEnds(in: text.extracting(start..<end), at: start, to: &ends)
      start = end
    }
  }

  /// ICU counts in 32 bits; a longer text is cut at the start of a character.
  private static let longestPart = 1 << 30

  private static func partEnd(from start: Int, in text: Span<UInt8>) -> Int {
    guard text.count - start > longestPart else { return text.count }
    var end = start + longestPart
    while end > start + longestPart - 4, text[end] & 0xC0 == 0x80 { end -= 1 }
    return end
  }
}

/// An iterator of ICU, used by one thread at a time.
@safe
private final class WordIterator: @unchecked Sendable {
  private let iterator: UnsafeMutableRawPointer

  /// Nil if ICU has no data or no memory.
  init?() {
    // SAFETY: opened here, checked, and closed by `deinit`.
    guard let iterator = unsafe icu_words_open() else { return nil }
    unsafe self.iterator = iterator
  }

  deinit {
    // SAFETY: opened by `init`, and nobody else has it.
    unsafe icu_words_close(iterator)
  }

  /// Appends the ends of the words of `text`, which stands at `offset`.
  func appendEnds(in text: Span<UInt8>, at offset: Int, to ends: inout [Int]) {
    unsafe text.withUnsafeBytes { bytes in
      let start = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
      // SAFETY: so many bytes lie there, and stay until the text is closed below.
      let opened = unsafe icu_words_open_text(iterator, start, Int64(bytes.count))
      guard let opened = unsafe opened else {
        ends.append(offset + bytes.count)
        return
      }
      // SAFETY: the text is open, and the iterator is set to it.
      while case let border = unsafe icu_words_next(iterator), border >= 0 {
        ends.append(offset + Int(border))
      }
      // SAFETY: opened above. The iterator keeps no memory of the bytes that it would read again
      // before it is set to another text.
      unsafe icu_words_close_text(opened)
    }
  }
}
