internal import UnicodeText

/// How a ``Normalizer`` is carried out: its forms, one after another.
struct NormalizationPlan: Sendable {
  private let normalizers: [TextNormalizer]

  init(_ normalizer: Normalizer?) {
    normalizers = Self.forms(normalizer).map { TextNormalizer($0) }
  }

  private static func forms(_ normalizer: Normalizer?) -> [NormalizationForm] {
    switch normalizer {
    case nil: []
    case .form(let form): [form]
    case .sequence(let parts): parts.flatMap { forms($0) }
    }
  }

  /// Whether every text stays as it is.
  var isEmpty: Bool { normalizers.isEmpty }

  /// Puts the normalised text into `output` and says what was done, unless `edits` is nil; false, and
  /// nothing is done, when the text is normal already.
  func normalize(
    _ text: Span<UInt8>, into output: inout [UInt8], edits: inout TextEdits?
  ) -> Bool {
    guard let first = normalizers.first, !isNormalized(text) else { return false }
    output.removeAll(keepingCapacity: true)
    first.append(normalized: text, to: &output, edits: &edits)
    for normalizer in normalizers.dropFirst() {
      let input = output
      output.removeAll(keepingCapacity: true)
      var later: TextEdits? = edits == nil ? nil : TextEdits()
      normalizer.append(normalized: input.span, to: &output, edits: &later)
      if let earlier = edits, let later { edits = later.following(earlier) }
    }
    return true
  }

  private func isNormalized(_ text: Span<UInt8>) -> Bool {
    for normalizer in normalizers where !normalizer.isNormalized(text) { return false }
    return true
  }

  /// What `bytes` become.
  func normalized(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var edits: TextEdits?
    return normalize(bytes.span, into: &output, edits: &edits) ? output : bytes
  }
}
