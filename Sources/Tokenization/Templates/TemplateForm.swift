/// What becomes of one text, or of two: the texts' tokens and what stands around and between them.
struct TemplateForm: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case inserted([TokenID])
    /// The tokens of the first text (0) or the second (1), their ranges trimmed in this order.
    case text(Int, [RangeTrimming])
  }

  struct Part: Hashable, Sendable {
    var content: Content
    var typeID: Int
  }

  var parts: [Part]

  /// How many tokens are put around the texts.
  var insertedCount: Int {
    parts.reduce(0) { count, part in
      if case .inserted(let ids) = part.content { count + ids.count } else { count }
    }
  }

  /// The ids before and behind a single text; nil unless the form has it exactly once.
  var around: (before: [TokenID], behind: [TokenID])? {
    var before: [TokenID] = []
    var behind: [TokenID] = []
    var textCount = 0
    for part in parts {
      switch part.content {
      case .text(let text, _):
        if text != 0 { return nil }
        textCount += 1
      case .inserted(let ids):
        if textCount == 0 { before += ids } else { behind += ids }
      }
    }
    return textCount == 1 ? (before, behind) : nil
  }
}
