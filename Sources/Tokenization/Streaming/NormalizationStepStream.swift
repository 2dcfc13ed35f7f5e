internal import SplitPatterns
internal import UnicodeText

/// A ``NormalizationStep`` for a text that comes in parts.
struct NormalizationStepStream: Sendable {
  private let step: NormalizationStep
  private var pending = PendingText()
  /// Something of the text was passed on.
  private var hasBegun = false
  private var progress = SentencePieceNormalization.Progress()

  // What comes from where the whole text begins: so many bytes of what is pending; and whether all
  // that was taken, and all that was passed on, comes from there.
  private var startCount = 0
  private var takesStart = true
  private var passesStart: Bool
  private var hasPassed = false

  /// - Parameter isFirst: the text begins where the whole text does.
  init(_ step: NormalizationStep, isFirst: Bool) {
    self.step = step
    passesStart = isFirst
  }

  mutating func begin(isFirst: Bool) { self = NormalizationStepStream(step, isFirst: isFirst) }

  /// Appends what becomes of the next part of the text, as far as it is settled. Returns how many bytes
  /// at the front of that come from where the whole text begins, as `startCount` bytes of `text` do.
  ///
  /// - Throws: `patternLimit`.
  mutating func take(
    _ text: Span<UInt8>, startCount: Int, isLast: Bool, into output: inout [UInt8]
  ) throws(EncodingError) -> Int {
    if takesStart {
      self.startCount += startCount
      takesStart = startCount == text.count
    }
    pending.append(text)
    guard isLast || pending.isDue else { return 0 }
    // Only the front of a text needs them.
    var edits: TextEdits? = passesStart ? TextEdits() : nil
    let end: Int
    do {
      // Let go of before it changes, so that it is not copied.
      let bytes = pending.bytes
      end = try pass(bytes.span, isLast: isLast, into: &output, edits: &edits)
    }
    pending.removeFirst(end)
    let start = min(self.startCount, end)
    self.startCount -= start
    var count = 0
    if passesStart, let edits {
      while count < output.count {
        let range = edits.originalRange(of: count..<(count + 1))
        // What is put before everything comes from the start, whatever is taken out there.
        guard range.lowerBound < start || range.upperBound == 0 && !hasPassed else { break }
        count += 1
      }
      passesStart = count == output.count
    }
    hasPassed = hasPassed || !output.isEmpty
    return count
  }

  /// Appends what becomes of the settled part of `text`, and returns where it ends.
  private mutating func pass(
    _ text: Span<UInt8>, isLast: Bool, into output: inout [UInt8], edits: inout TextEdits?
  ) throws(EncodingError) -> Int {
    let whole = isLast ? text.count : text.count - incompleteSuffixCount(of: text)
    let settled = text.extracting(..<whole)
    let end: Int
    switch step {
    case .characters, .byteAlphabet: end = whole
    case .form(let normalizer): end = isLast ? whole : normalizer.lastCut(in: settled)
    case .bert(let step): end = isLast ? whole : step.lastCut(in: settled)
    case .charsmap(let step): end = isLast ? whole : step.lastCut(in: settled)
    case .strip(let stripping):
      return strip(settled, by: stripping, isLast: isLast, into: &output, edits: &edits)
    case .prepend(let prefix):
      if !hasBegun, whole > 0 {
        output.append(contentsOf: prefix)
        edits?.replace(originalCount: 0, normalizedCount: prefix.count)
        hasBegun = true
      }
      output.append(contentsOf: settled)
      edits?.keep(whole)
      return whole
    case .replace(let replacement):
      return try replace(settled, by: replacement, isLast: isLast, into: &output, edits: &edits)
    case .sentencePiece(let step):
      return step.append(text, isLast: isLast, &progress, to: &output, edits: &edits)
    }
    let part = text.extracting(..<end)
    if try !step.append(part, to: &output, edits: &edits) {
      output.append(contentsOf: part)
      edits?.keep(end)
    }
    return end
  }

  private mutating func strip(
    _ text: Span<UInt8>, by stripping: TextStripping, isLast: Bool, into output: inout [UInt8],
    edits: inout TextEdits?
  ) -> Int {
    var start = 0
    while stripping.left, !hasBegun, start < text.count {
      let scalar = decodeScalar(in: text, at: start)
      guard stripping.isWhiteSpace(scalar) else { break }
      start += scalar.length
    }
    if start < text.count { hasBegun = true }
    var end = text.count
    while stripping.right, end > start {
      let scalar = decodeScalar(in: text, endingAt: end)
      guard stripping.isWhiteSpace(scalar) else { break }
      end -= scalar.length
    }
    output.append(contentsOf: text.extracting(start..<end))
    edits?.replace(originalCount: start, normalizedCount: 0)
    edits?.keep(end - start)
    return isLast ? text.count : end
  }

  private mutating func replace(
    _ text: Span<UInt8>, by replacement: TextReplacement, isLast: Bool,
    into output: inout [UInt8], edits: inout TextEdits?
  ) throws(EncodingError) -> Int {
    var end = text.count
    switch replacement.search {
    case .byte: break
    case .literal(let search): if !isLast { end -= search.begunCount(atEndOf: text) }
    case .everywhere:
      if text.count > 0 {
        hasBegun = true
        _ = try replacement.append(text, to: &output, edits: &edits)
        // What stands behind the last character stands before the next one.
        output.removeLast(replacement.content.count)
      }
      if isLast, hasBegun { output.append(contentsOf: replacement.content) }
      return end
    case .pattern(let matcher):
      guard !isLast else { break }
      var matches: [Range<Int>] = []
      end = matcher.appendSettledMatches(in: text, to: &matches)
      replacement.append(text.extracting(..<end), replacing: matches, to: &output, edits: &edits)
      return end
    }
    let part = text.extracting(..<end)
    if try !replacement.append(part, to: &output, edits: &edits) {
      output.append(contentsOf: part)
      edits?.keep(end)
    }
    return end
  }
}
