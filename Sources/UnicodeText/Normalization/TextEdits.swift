/// How a text was rewritten: which bytes of the result come from where in the original.
///
/// A list of the changed places only. It is made from front to back, by ``keep(_:)`` for bytes that
/// stay and ``replace(originalCount:normalizedCount:)`` for others, beside the writing itself.
///
///     original     a b ﬁ c         normalized   ▁ a b f i c
///     replace(0, 3)  keep(2)  replace(3, 2)  keep(1)
///     range 5..<6 of the result, which is `f` replaced back, gives the whole of ﬁ, 2..<5
package struct TextEdits: Hashable, Sendable {
  private struct Edit: Hashable {
    var originalStart: Int
    var originalCount: Int
    var normalizedStart: Int
    var normalizedCount: Int

    var originalEnd: Int { originalStart + originalCount }
    var normalizedEnd: Int { normalizedStart + normalizedCount }
  }

  // Ascending and without overlap on both sides; what lies between two is untouched.
  private var edits: [Edit] = []
  /// The number of bytes of the original so far.
  package private(set) var originalCount = 0
  /// The number of bytes of the result so far.
  package private(set) var normalizedCount = 0

  package init() {}

  /// The next bytes stay as they are.
  package mutating func keep(_ byteCount: Int) {
    originalCount += byteCount
    normalizedCount += byteCount
  }

  /// The next `originalCount` bytes become `normalizedCount` others; either may be 0.
  ///
  /// Each call makes an edit of its own, also next to another.
  package mutating func replace(originalCount: Int, normalizedCount: Int) {
    if originalCount == 0 && normalizedCount == 0 { return }
    edits.append(
      Edit(
        originalStart: self.originalCount, originalCount: originalCount,
        normalizedStart: self.normalizedCount, normalizedCount: normalizedCount))
    self.originalCount += originalCount
    self.normalizedCount += normalizedCount
  }

  /// Takes the last `count` bytes of the result out again; what they came from is deleted.
  ///
  /// - Complexity: O(*k*) in the changed places among them.
  package mutating func removeLast(_ count: Int) {
    precondition(count <= normalizedCount, "no \(count) bytes in \(normalizedCount)")
    let end = normalizedCount - count
    var deleted = 0
    while normalizedCount > end {
      let untouched = min(normalizedCount - end, normalizedCount - (edits.last?.normalizedEnd ?? 0))
      if untouched > 0 {
        normalizedCount -= untouched
        deleted += untouched
      } else if let last = edits.popLast() {
        // What is left of an edit that made more than is taken stands for all of its original.
        let kept = max(0, end - last.normalizedStart)
        normalizedCount = last.normalizedStart + kept
        if kept > 0 {
          var shorter = last
          shorter.normalizedCount = kept
          edits.append(shorter)
        } else {
          deleted += last.originalCount
        }
      }
    }
    originalCount -= deleted
    replace(originalCount: deleted, normalizedCount: 0)
  }

  /// Whether no byte was changed, so that all ranges are the same on both sides.
  package var isUntouched: Bool { edits.isEmpty }

  /// The number of changed places.
  package var changeCount: Int { edits.count }
}

extension TextEdits {
  /// The bytes of the original that a range of the result comes from.
  ///
  /// A boundary in untouched text is exact; one inside an edit moves outward to the edit's end, so
  /// that the range holds all that took part. What was inserted comes from the empty range at its
  /// place. Deleted bytes belong to a range only if it reaches over both sides of them. An empty
  /// range gives an empty one, unless it lies strictly inside an edit.
  ///
  /// - Complexity: O(log *n*) in the number of changed places.
  package func originalRange(of range: Range<Int>) -> Range<Int> {
    var cursor = Cursor()
    return originalRange(of: range, &cursor)
  }

  /// Where the last range was found among the changed places.
  package struct Cursor {
    fileprivate var count = 0

    package init() {}
  }

  /// The same for one of many ranges in ascending order.
  ///
  /// - Complexity: amortised O(1) over ranges that are near each other.
  package func originalRange(of range: Range<Int>, _ cursor: inout Cursor) -> Range<Int> {
    precondition(range.upperBound <= normalizedCount, "no such range: \(range)")
    let lower = originalStart(of: range.lowerBound, &cursor)
    if range.isEmpty {
      if let edit = lastEdit(before: range.lowerBound, &cursor),
        edit.normalizedEnd > range.lowerBound
      {
        return edit.originalStart..<edit.originalEnd
      }
      return lower..<lower
    }
    return lower..<originalEnd(of: range.upperBound, &cursor)
  }

  /// The untouched stretch of the result around the byte at `place`, and how far it is from where it was;
  /// empty if that byte was changed.
  package func stretch(around place: Int, _ cursor: inout Cursor) -> (Range<Int>, shift: Int) {
    let before = lastEdit(before: place + 1, &cursor)
    let start = before?.normalizedEnd ?? 0
    guard place >= start else { return (0..<0, 0) }
    let end = cursor.count < edits.count ? edits[cursor.count].normalizedStart : normalizedCount
    return (start..<max(start, end), (before?.originalEnd ?? 0) - start)
  }

  /// Where the byte at `place` of the result comes from.
  private func originalStart(of place: Int, _ cursor: inout Cursor) -> Int {
    // The last edit that begins at `place` or before.
    guard let edit = lastEdit(before: place + 1, &cursor) else { return place }
    if place < edit.normalizedEnd { return edit.originalStart }
    return edit.originalEnd + place - edit.normalizedEnd
  }

  /// Where what the byte before `place` comes from ends.
  private func originalEnd(of place: Int, _ cursor: inout Cursor) -> Int {
    guard let edit = lastEdit(before: place, &cursor) else { return place }
    if place <= edit.normalizedEnd { return edit.originalEnd }
    return edit.originalEnd + place - edit.normalizedEnd
  }

  private func lastEdit(before place: Int, _ cursor: inout Cursor) -> Edit? {
    var low = 0
    var high = edits.count
    if cursor.count > 0 {
      // Mostly it is the one found last, or one of the next few.
      low = min(cursor.count, high)
      while low > 0, edits[low - 1].normalizedStart >= place { low -= 1 }
      let near = min(low + 8, high)
      while low < near, edits[low].normalizedStart < place { low += 1 }
      if low < near || low == high { high = low }
    }
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].normalizedStart < place { low = middle + 1 } else { high = middle }
    }
    cursor.count = low
    return low == 0 ? nil : edits[low - 1]
  }
}

extension TextEdits {
  /// Both rewritings as one: these edits were made to the result of `earlier`.
  ///
  /// Edits of both steps that overlap become one edit, also in chains.
  ///
  /// - Complexity: O(*n* + *m*) in the changed places of both.
  package func following(_ earlier: TextEdits) -> TextEdits {
    precondition(
      originalCount == earlier.normalizedCount,
      "edits of \(originalCount) bytes cannot follow edits that leave \(earlier.normalizedCount)")
    if earlier.isUntouched { return self }
    if isUntouched { return earlier }
    var result = TextEdits()
    // `place` and what is compared with it count the text between the two steps.
    var place = 0
    var (first, second) = (earlier.edits[...], edits[...])
    while true {
      let nextFirst = first.first?.normalizedStart ?? .max
      let nextSecond = second.first?.originalStart ?? .max
      let start = min(nextFirst, nextSecond)
      if start == .max { break }
      result.keep(start - place)
      // At the same place, what takes no room goes first and stays apart.
      let takesSecond =
        nextSecond < nextFirst || (nextSecond == nextFirst && second.first?.originalCount == 0)
      var (end, grown, left) = (start, 0, 0)
      func absorbFirst(_ edit: Edit) {
        end = max(end, edit.normalizedEnd)
        left += edit.originalCount - edit.normalizedCount
      }
      func absorbSecond(_ edit: Edit) {
        end = max(end, edit.originalEnd)
        grown += edit.normalizedCount - edit.originalCount
      }
      if takesSecond {
        absorbSecond(second.removeFirst())
      } else {
        absorbFirst(first.removeFirst())
      }
      while true {
        if let edit = first.first, edit.normalizedStart < end {
          absorbFirst(first.removeFirst())
        } else if let edit = second.first, edit.originalStart < end {
          absorbSecond(second.removeFirst())
        } else {
          break
        }
      }
      result.replace(originalCount: end - start + left, normalizedCount: end - start + grown)
      place = end
    }
    result.keep(originalCount - place)
    return result
  }
}
