internal import UnicodeText

/// One step of a ``NormalizationPlan``.
enum NormalizationStep: Sendable {
  case form(TextNormalizer)
  case characters(CharacterMap)
  case bert(BertNormalization)
  case strip(TextStripping)
  case prepend([UInt8])
  case replace(TextReplacement)
  case charsmap(CharsmapNormalization)
  case byteAlphabet(ByteAlphabetNormalization)
  case sentencePiece(SentencePieceNormalization)

  /// Appends what becomes of `text`; false, and nothing is appended, if it stays as it is.
  func append(
    _ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?
  ) throws(EncodingError) -> Bool {
    switch self {
    case .form(let normalizer):
      if normalizer.isNormalized(text) { return false }
      normalizer.append(normalized: text, to: &output, edits: &edits)
      return true
    case .characters(let map): return map.append(text, to: &output, edits: &edits)
    case .bert(let step): return step.append(text, to: &output, edits: &edits)
    case .strip(let stripping): return stripping.append(text, to: &output, edits: &edits)
    case .prepend(let prefix):
      guard text.count > 0, !prefix.isEmpty else { return false }
      output.append(contentsOf: prefix)
      output.append(contentsOf: text)
      edits?.replace(originalCount: 0, normalizedCount: prefix.count)
      edits?.keep(text.count)
      return true
    case .replace(let replacement):
      return try replacement.append(text, to: &output, edits: &edits)
    case .charsmap(let step): return step.append(text, to: &output, edits: &edits)
    case .byteAlphabet(let step): return step.append(text, to: &output, edits: &edits)
    case .sentencePiece(let step): return step.append(text, to: &output, edits: &edits)
    }
  }
}

extension [NormalizationStep] {
  /// Appends what becomes of `text` by one step after another; false, and nothing is appended, if it
  /// stays as it is.
  ///
  /// - Throws: `patternLimit`, with the place in `text` if `edits` is not nil.
  func append(
    _ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?
  ) throws(EncodingError) -> Bool {
    precondition(output.isEmpty, "the steps take turns with the whole of `output`")
    var isChanged = false
    var spare: [UInt8] = []
    for step in self {
      if !isChanged {
        isChanged = try step.append(text, to: &output, edits: &edits)
        continue
      }
      swap(&output, &spare)
      output.removeAll(keepingCapacity: true)
      var later: TextEdits? = edits == nil ? nil : TextEdits()
      let isChangedAgain: Bool
      do throws(EncodingError) {
        isChangedAgain = try step.append(spare.span, to: &output, edits: &later)
      } catch {
        throw Self.placed(error, through: edits)
      }
      if !isChangedAgain {
        swap(&output, &spare)
      } else if let earlier = edits, let later {
        edits = later.following(earlier)
      }
    }
    return isChanged
  }

  private static func placed(_ error: EncodingError, through edits: TextEdits?) -> EncodingError {
    guard let edits else { return error }
    var placed = error
    placed.range = edits.originalRange(of: error.range)
    return placed
  }
}
