internal import SplitPatterns

/// How a ``Splitter`` is carried out: by a scanner of our own where its steps are recognised, else by
/// the steps one after another.
enum SplitPlan: Sendable {
  case gpt2(GPT2Scanner)
  case cl100k(CL100KScanner)
  case o200k(O200KScanner)
  case deepSeek(DeepSeekScanner)
  case general(GeneralSplitter)

  init(_ splitter: Splitter) throws(VocabularyError) {
    if let plan = Self.recognized(splitter.steps) {
      self = plan
    } else {
      self = .general(try GeneralSplitter(splitter.steps))
    }
  }

  /// Whether a text may be cut at the places that `isSafeCut` names.
  var allowsCuts: Bool {
    if case .general = self { return false }
    return true
  }

  private static func recognized(_ steps: [SplitStep]) -> SplitPlan? {
    var steps = steps[...]
    if case .byteLevel(_, splits: true) = steps.last {
      steps.removeLast()
      if steps.isEmpty { return .gpt2(GPT2Scanner()) }
      if Array(steps) == [.digits(individually: true)] {
        return .gpt2(GPT2Scanner(isolatesDigits: true))
      }
      return nil
    }
    if case .byteLevel = steps.last { steps.removeLast() }
    if steps.count == 1, let pattern = totalPattern(steps[0]) {
      switch RecognizedPattern(pattern) {
      case .gpt2: return .gpt2(GPT2Scanner())
      case .cl100k(let digits, let keepsTrailingSpace, let marksAreLetters):
        return .cl100k(
          CL100KScanner(
            digits: digits, keepsTrailingSpace: keepsTrailingSpace,
            marksAreLetters: marksAreLetters))
      case .o200k: return .o200k(O200KScanner())
      case nil: return nil
      }
    }
    let isolated = steps.map { step -> SplitPattern? in
      if case .pattern(let pattern, .isolated, inverted: false) = step { return pattern }
      return nil
    }
    return DeepSeekScanner.recognizes(isolated) ? .deepSeek(DeepSeekScanner()) : nil
  }

  /// The pattern of a step that keeps each match of its own, if all text is matched.
  private static func totalPattern(_ step: SplitStep) -> SplitPattern? {
    switch step {
    case .pattern(let pattern, .isolated, _): pattern
    case .pattern(let pattern, .removed, inverted: true): pattern
    default: nil
    }
  }
}
