/// Finds added tokens in a text that comes in parts.
struct AddedTokenStream: Sendable {
  private let matcher: AddedTokenMatcher
  private let specialTokens: SpecialTokens
  private var pending = PendingText()
  private var progress = AddedTokenMatcher.Progress()
  /// How many bytes of the text are not pending any more.
  private(set) var doneCount = 0

  init(_ matcher: AddedTokenMatcher, _ specialTokens: SpecialTokens) {
    self.matcher = matcher
    self.specialTokens = specialTokens
  }

  /// What is pending of the text; ranges of segments are in it.
  var bytes: [UInt8] { pending.bytes }

  /// Takes the next part of the text, and appends the segments that are settled with it.
  ///
  /// - Throws: `specialToken` with its place in the text.
  mutating func take(
    _ part: Span<UInt8>, isLast: Bool, to segments: inout [AddedTokenMatcher.Segment]
  ) throws(EncodingError) {
    pending.append(part)
    guard isLast || pending.isDue else { return }
    let bytes = pending.bytes
    let whole = isLast ? bytes.count : pending.wholeCount
    do {
      try matcher.appendSegments(
        of: bytes.span.extracting(..<whole), isLast: isLast, specialTokens: specialTokens,
        &progress, to: &segments)
    } catch {
      throw error.moved(by: doneCount)
    }
  }

  /// Forgets what no later segment needs, once the segments at hand are done with.
  mutating func removeDone() {
    guard pending.isDue else { return }
    let count = progress.doneCount
    doneCount += count
    progress.removeFirst(count)
    pending.removeFirst(count)
  }

  /// Back to a text of which nothing was taken.
  mutating func reset() { self = AddedTokenStream(matcher, specialTokens) }
}
