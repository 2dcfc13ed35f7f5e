/// A text that is too hard for a pattern.
package struct MatchError: Error, Hashable, Sendable {
  /// Which limit was met.
  package enum Limit: String, Hashable, Sendable {
    /// Steps that one match may take.
    case steps
    /// Memory for places to go back to.
    case memory
    /// Time for the whole text.
    case time
    /// Something else that PCRE2 reports.
    case other
  }

  package var limit: Limit
  /// Where in the text, in bytes, the search began that met it.
  package var offset: Int
}

extension MatchError: CustomStringConvertible {
  package var description: String {
    "the text from byte \(offset) on is too hard for the pattern: the limit of \(limit.rawValue) "
      + "is met"
  }
}

/// What a search may cost.
package struct MatchLimits: Hashable, Sendable {
  /// Steps of one match; this many more for each byte of the text come on top: see `stepsForByte`.
  package var steps = 5_000_000
  package var stepsForByte = 8
  /// Memory for places to go back to, in KiB.
  package var memory = 64 * 1024
  /// Milliseconds for a text, and bytes of it for which another millisecond comes on top.
  ///
  /// Steps do not bound the work: a run of equal characters is one step. Only texts in which long
  /// stretches match nowhere come near this.
  package var milliseconds = 2_000
  package var bytesForMillisecond = 500

  package init() {}
}
