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

// MARK: - Putting together

extension TemplateForm {
  /// A result of the form: arrays of equal length.
  struct Assembled: Hashable, Sendable {
    /// Ids with ranges in the texts they are of; inserted ones have empty ranges at 0.
    var tokens: [Token] = []
    var typeIDs: [Int] = []
    /// Which text a token is of, 0 or 1; nil for inserted ones.
    var sequences: [Int?] = []
  }

  /// Puts the tokens of texts together; `second` is empty where there is one text.
  ///
  /// - Parameter trim: is called for the tokens of a text, 0 or 1, where the form trims their ranges.
  /// - Complexity: O(*n*) in the tokens.
  func assemble(
    _ first: [Token], _ second: [Token] = [],
    trim: ((_ tokens: inout [Token], _ text: Int, [RangeTrimming]) -> Void)? = nil
  ) -> Assembled {
    var result = Assembled()
    for part in parts {
      switch part.content {
      case .inserted(let ids):
        result.tokens += ids.map { Token(id: $0, range: 0..<0) }
        result.sequences += [Int?](repeating: nil, count: ids.count)
      case .text(let text, let trimmings):
        var tokens = text == 0 ? first : second
        if !trimmings.isEmpty { trim?(&tokens, text, trimmings) }
        result.tokens += tokens
        result.sequences += [Int?](repeating: text, count: tokens.count)
      }
      let missing = result.tokens.count - result.typeIDs.count
      result.typeIDs += [Int](repeating: part.typeID, count: missing)
    }
    return result
  }

  /// The same for ids alone.
  ///
  /// - Complexity: O(*n*) in the ids.
  func assembleIDs(_ first: [TokenID], _ second: [TokenID] = []) -> [TokenID] {
    var result: [TokenID] = []
    for part in parts {
      switch part.content {
      case .inserted(let ids): result += ids
      case .text(let text, _): result += text == 0 ? first : second
      }
    }
    return result
  }
}
