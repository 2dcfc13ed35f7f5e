extension TemplateForm {
  /// Puts cut texts together: what is kept of each, and every other way to take one part of each as
  /// overflow, in the order of the original.
  ///
  /// - Parameter trim: is called for the tokens of a text, 0 or 1, where the form trims their ranges.
  /// - Complexity: O(*n*) in the tokens of the result.
  func assemble(
    _ texts: consuming [PlacedTokens], _ cuts: Cuts, trim: Trim? = nil
  ) -> EncodedText {
    // Which part of its text each part of the form has.
    var kept: [Int] = []
    var others: [[Int]] = []
    for part in parts {
      var partCount = 1
      if case .text(let text, _) = part.content { partCount = cuts.ranges[text].count }
      var longer: [[Int]] = []
      for other in others {
        for place in 0..<partCount { longer.append(other + [place]) }
      }
      for place in 1..<max(partCount, 1) { longer.append(kept + [place]) }
      others = longer
      kept.append(0)
    }
    if others.isEmpty { return assemble(&texts, cuts, kept, isLast: true, trim) }
    let overflow = others.map { assemble(&texts, cuts, $0, isLast: false, trim) }
    var result = assemble(&texts, cuts, kept, isLast: true, trim)
    result.overflow = overflow
    return result
  }

  /// Trims the ranges of the tokens of text `text`, 0 or 1, that lie at `tokens` of `encoded`.
  typealias Trim = (
    _ encoded: inout EncodedText, _ tokens: Range<Int>, _ text: Int, [RangeTrimming]
  ) -> Void

  /// One result, of the parts of the texts that `places` says, one for each part of the form.
  ///
  /// - Parameter isLast: the texts are not needed any more, so that a whole one need not be copied.
  private func assemble(
    _ texts: inout [PlacedTokens], _ cuts: Cuts, _ places: [Int], isLast: Bool, _ trim: Trim?
  ) -> EncodedText {
    let isOnlyText = parts.count { if case .text = $0.content { true } else { false } } == 1
    var result = EncodedText()
    let placed = texts.allSatisfy { $0.ranges.count == $0.ids.count }
    for (part, place) in zip(parts, places) {
      switch part.content {
      case .inserted(let ids):
        result.append(ids, .template, typeID: part.typeID, placed: placed)
      case .text(let text, let trimmings):
        let range = cuts.ranges[text][place]
        let start = result.count
        if isLast, isOnlyText, range.count == texts[text].ids.count {
          result.takePlace(before: &texts[text])
        } else {
          result.ids += texts[text].ids[range]
          if placed {
            result.ranges += texts[text].ranges[range]
            result.words += texts[text].words[range]
          }
        }
        if placed, !trimmings.isEmpty { trim?(&result, start..<result.count, text, trimmings) }
        result.closePart(.text(text), typeID: part.typeID)
      }
    }
    return result
  }
}
