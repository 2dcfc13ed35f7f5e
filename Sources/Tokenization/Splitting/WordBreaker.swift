internal import Synchronization

/// Finds the borders of words for ``SplitStep/words``.
///
/// The package's own is `ICUWordBreaker` in the module `TokICU`; it is not part of this module, so
/// that only those who need it carry ICU.
public protocol WordBreaker: Sendable {
  /// Appends where each part of `text` ends, in order, the last one at the end of the text. Texts are
  /// UTF-8 that may be invalid. Nothing for an empty text.
  func appendEnds(in text: Span<UInt8>, to ends: inout [Int])
}

/// The word breaker that tokenizers use which are made from now on.
public enum WordBreaking {
  private static let current = Mutex<(any WordBreaker)?>(nil)

  /// Sets the word breaker, once, before a tokenizer with the step `tok:Words` is made.
  public static func use(_ breaker: any WordBreaker) {
    current.withLock { $0 = breaker }
  }

  /// The word breaker, or nil if none was set.
  static var breaker: (any WordBreaker)? { current.withLock { $0 } }
}
