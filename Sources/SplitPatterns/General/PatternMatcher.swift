internal import UnicodeText

/// Finds the matches of any pattern, by PCRE2.
///
/// Exact in both dialects: the pattern comes as a tree that owes nothing to PCRE2's syntax or tables.
/// Bounded: a text that would take too many steps, too much memory or too long is an error. Threads
/// may share a matcher.
///
/// Use the scanners of `Recognized` where there is one: they are several times faster and never fail.
package final class PatternMatcher: Sendable {
  /// What the text is turned into before it is searched.
  private enum Alphabet: Sendable {
    case symbols(SymbolAlphabet)
    /// For patterns with back-references, which ask whether characters are equal.
    case utf8
  }

  private let alphabet: Alphabet
  private let compiled: CompiledPattern
  private let limits: MatchLimits
  /// Why a text cannot be searched from where another search of it ended; nil if it can.
  package let obstacle: RestartObstacle?
  private let pool = ScratchPool<MatchScratch>()

  /// Compiles `pattern`; throws if it is too large for that.
  ///
  /// - Complexity: O(*n*) in the printed pattern, and about a millisecond for the table of symbols.
  package convenience init(
    _ pattern: SplitPattern, limits: MatchLimits = MatchLimits()
  ) throws(PatternError) {
    try self.init(pattern.tree, limits: limits, asUTF8: false)
  }

  /// `asUTF8` searches the text itself instead of its symbols: slower, and a check on the other.
  init(_ tree: PatternNode, limits: MatchLimits, asUTF8: Bool) throws(PatternError) {
    var printer: PatternPrinter
    if !asUTF8, !tree.hasBackReference, let symbols = SymbolAlphabet(for: tree) {
      alphabet = .symbols(symbols)
      printer = .symbols(of: symbols)
    } else {
      alphabet = .utf8
      printer = .scalars
    }
    printer.print(tree)
    let isUTF8 = if case .utf8 = alphabet { true } else { false }
    compiled = try CompiledPattern(printer.text, isUTF8: isUTF8)
    self.limits = limits
    obstacle = tree.restartObstacle
  }

  /// Appends the ranges of all matches in `text`, in order, none overlapping another.
  ///
  /// As the originals' `find_iter` does, an empty match counts, but not directly behind another
  /// match. A byte that is not UTF-8 is a character of its own, in no class. On an error the matches
  /// before it are appended.
  ///
  /// - Complexity: that of the pattern, which may be exponential; the limits bound it.
  package func appendMatches(
    in text: Span<UInt8>, to ranges: inout [Range<Int>]
  ) throws(MatchError) {
    _ = try search(text, mayGoOn: false, to: &ranges)
  }

  /// Appends the ranges of those matches in `text` that are matches whatever comes behind `text`.
  /// Returns up to where that is known: no other match begins before this place.
  ///
  /// For patterns without an ``obstacle``. A text that is too hard is settled up to there.
  ///
  /// - Complexity: as ``appendMatches(in:to:)``, without machine code.
  package func appendSettledMatches(in text: Span<UInt8>, to ranges: inout [Range<Int>]) -> Int {
    do throws(MatchError) {
      return try search(text, mayGoOn: true, to: &ranges)
    } catch {
      return max(error.offset, ranges.last?.upperBound ?? 0)
    }
  }

  private func search(
    _ text: Span<UInt8>, mayGoOn: Bool, to ranges: inout [Range<Int>]
  ) throws(MatchError) -> Int {
    guard let scratch = pool.take() ?? MatchScratch(for: compiled) else {
      throw MatchError(limit: .memory, offset: 0)
    }
    defer { giveBack(scratch) }
    scratch.setLimits(limits, length: text.count)
    let written = write(text, to: &scratch.subject)
    let lengths: TextCursor.Lengths =
      written.count == text.count && (isSymbols || written.isValid)
      ? .same : isSymbols ? .symbols : .repaired
    var cursor = TextCursor(lengths: lengths, isValid: written.isValid)
    // Kept apart from the scratch, so that the search can use it.
    var subject: [UInt8] = []
    swap(&subject, &scratch.subject)
    defer { swap(&subject, &scratch.subject) }
    // SAFETY: the search only reads, during the call, the bytes that were written.
    return try unsafe subject.withUnsafeBufferPointer { bytes throws(MatchError) in
      let bytes = unsafe UnsafeBufferPointer(rebasing: bytes[..<written.count])
      return try unsafe search(
        bytes, of: text, mayGoOn: mayGoOn, cursor: &cursor, using: scratch, to: &ranges)
    }
  }

  private var isSymbols: Bool { if case .symbols = alphabet { true } else { false } }

  private func write(
    _ text: Span<UInt8>, to subject: inout [UInt8]
  ) -> (count: Int, isValid: Bool) {
    switch alphabet {
    case .symbols(let symbols):
      // One more, so that PCRE2 gets an address even for an empty text.
      let missing = text.count + 1 - subject.count
      if missing > 0 { subject.append(contentsOf: repeatElement(0, count: missing)) }
      return symbols.write(text, to: &subject)
    case .utf8:
      subject.reserveCapacity(text.count + 1)
      return UTF8Subject.write(text, to: &subject)
    }
  }

  /// Scratch is kept for as many threads as may come, but not the memory of a large text.
  private func giveBack(_ scratch: MatchScratch) {
    if scratch.subject.capacity > Self.largestKept { scratch.subject = [] }
    pool.giveBack(scratch)
  }

  private static let largestKept = 1 << 20
}

// MARK: - The search

extension PatternMatcher {
  private func search(
    _ subject: UnsafeBufferPointer<UInt8>, of text: Span<UInt8>, mayGoOn: Bool,
    cursor: inout TextCursor, using scratch: MatchScratch, to ranges: inout [Range<Int>]
  ) throws(MatchError) -> Int {
    var budget = TimeBudget(limits, length: subject.count)
    var from = 0
    var lastEnd: Int?
    // Nothing is known of what begins at the end of a text that may go on.
    while mayGoOn ? from < subject.count : from <= subject.count {
      let result = unsafe next(
        in: subject, from: from, mayGoOn: mayGoOn, using: scratch, budget: &budget)
      switch result {
      case .none: return text.count
      case .partial(let start): return cursor.index(of: start, in: text)
      case .failure(let limit):
        throw MatchError(limit: limit, offset: cursor.index(of: from, in: text))
      case .match(let start, let end):
        from = start == end ? unsafe characterEnd(in: subject, at: end) : end
        if start == end, lastEnd == end { continue }
        lastEnd = end
        let lower = cursor.index(of: start, in: text)
        ranges.append(lower..<cursor.index(of: end, in: text))
      }
    }
    return text.count
  }

  /// The next match from `from` on.
  ///
  /// A call to PCRE2 tries a limited number of places to start at, the more the quicker it gives up
  /// there: between calls the time is looked at.
  @inline(__always)
  private func next(
    in subject: UnsafeBufferPointer<UInt8>, from: Int, mayGoOn: Bool, using scratch: MatchScratch,
    budget: inout TimeBudget
  ) -> SearchResult {
    if budget.isSpentAfterMatch() { return .failure(.time) }
    var from = from
    while true {
      let last = from &+ budget.window
      let result = unsafe scratch.firstMatch(
        of: compiled, in: subject, from: from, startingUpTo: last, mayGoOn: mayGoOn)
      guard case .none = result else { return result }
      if last >= subject.count { return .none }
      from = unsafe characterEnd(in: subject, at: last)
      if budget.isSpentAfterWindow() { return .failure(.time) }
    }
  }

  /// Where the next character of the subject begins.
  private func characterEnd(in subject: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    var end = index + 1
    // SAFETY: the index is compared with the number of bytes.
    while !isSymbols, end < subject.count, unsafe subject[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}

/// How long a search may still go on, and how far until the next look at the clock.
private struct TimeBudget {
  private let clock = ContinuousClock()
  private let end: ContinuousClock.Instant
  private var lastLook: ContinuousClock.Instant
  private var matches = 0
  /// The number of places to start at that are tried at once.
  private(set) var window = Self.smallestWindow

  private static let smallestWindow = 256

  init(_ limits: MatchLimits, length: Int) {
    lastLook = clock.now
    end = lastLook + .milliseconds(limits.milliseconds + length / limits.bytesForMillisecond)
  }

  mutating func isSpentAfterMatch() -> Bool {
    matches &+= 1
    return matches & 0xFF == 0 && clock.now > end
  }

  /// After a window without a match: the next one is larger if this one was quick.
  mutating func isSpentAfterWindow() -> Bool {
    let now = clock.now
    let isQuick = now - lastLook < .milliseconds(10)
    window = isQuick ? window * 2 : Self.smallestWindow
    lastLook = now
    return now > end
  }
}
