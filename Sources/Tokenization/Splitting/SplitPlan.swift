internal import SplitPatterns

/// How a ``Splitter`` is carried out: by a scanner of our own where its steps are recognised, else by
/// the steps one after another.
enum SplitPlan: Sendable {
  case gpt2(GPT2Scanner)
  case cl100k(CL100KScanner)
  case o200k(O200KScanner)
  case deepSeek(DeepSeekScanner)
  case bert(BERTScanner)
  case wordRuns(WordRunScanner)
  case whiteSpace(WhiteSpaceScanner)
  /// What the scanner finds, models see rewritten.
  case markedWords(MarkedWordScanner)
  case metaspace(MetaspaceScanner, MetaspaceScheme)
  /// No step, and a model that works on words of its own accord.
  case wordStarts(WordStartScanner)
  case general(GeneralSplitter)

  /// - Parameters:
  ///   - mapsBytes: whether the step `byteLevel` puts characters of the byte alphabet for bytes,
  ///     which it does for all models that do not work on bytes.
  ///   - allowsWordCuts: a text may be cut before each U+2581 behind another character.
  init(
    _ splitter: Splitter, mapsBytes: Bool = false, allowsWordCuts: Bool = false
  ) throws(VocabularyError) {
    if splitter.steps.isEmpty, allowsWordCuts {
      self = .wordStarts(WordStartScanner())
      return
    }
    let isPlain = !splitter.steps.contains { $0.isByteLevel }
    if isPlain || !mapsBytes, let plan = try Self.recognized(splitter.steps) {
      self = plan
    } else {
      self = .general(try GeneralSplitter(splitter.steps, mapsBytes: mapsBytes))
    }
  }

  /// Whether a text may be cut at the places that `isSafeCut` names.
  var allowsCuts: Bool {
    switch self {
    case .general, .wordStarts: false
    default: true
    }
  }

  /// Whether a text may be too hard for one of the steps.
  var mayFail: Bool {
    if case .general(let splitter) = self { splitter.mayFail } else { false }
  }

  /// Whether the result depends on where in the whole text a stretch of it stands.
  var looksAtStart: Bool {
    switch self {
    case .general(let splitter): splitter.looksAtStart
    case .metaspace(_, let scheme): scheme == .first
    default: false
    }
  }

  /// Whether a space is to be put before a text that does not begin with one, before it is split.
  func needsPrefixSpace(_ splitter: Splitter) -> Bool {
    if case .general = self { return false }
    if case .byteLevel(addsPrefixSpace: true, _) = splitter.steps.first { return true }
    return false
  }

  /// The plan for steps that work on the text's own bytes.
  private static func recognized(_ steps: [SplitStep]) throws(VocabularyError) -> SplitPlan? {
    if let plan = recognizedWords(steps) { return plan }
    var steps = steps[...]
    if case .byteLevel(let addsPrefixSpace, let splits) = steps.last {
      // A space in front of the text is put there before splitting; other places are not.
      if addsPrefixSpace, steps.count > 1 { return nil }
      steps.removeLast()
      if splits {
        if steps.isEmpty { return .gpt2(GPT2Scanner()) }
        if Array(steps) == [.digits(individually: true)] {
          return .gpt2(GPT2Scanner(isolatesDigits: true))
        }
        return nil
      }
    }
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

  /// Steps that cut at white space.
  private static func recognizedWords(_ steps: [SplitStep]) -> SplitPlan? {
    switch steps.count {
    case 1:
      switch steps[0] {
      case .bert: return .bert(BERTScanner())
      case .whitespace: return .wordRuns(WordRunScanner())
      case .whitespaceSplit: return .whiteSpace(WhiteSpaceScanner())
      case .metaspace(let mark, let scheme, splits: true) where mark.value == SpaceMark.value:
        return .metaspace(MetaspaceScanner(), scheme)
      default: return nil
      }
    case 2:
      guard steps[0] == .whitespaceSplit,
        case .metaspace(let mark, .always, splits: true) = steps[1],
        mark.value == SpaceMark.value
      else { return nil }
      return .markedWords(MarkedWordScanner())
    default: return nil
    }
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

extension SplitStep {
  package var isByteLevel: Bool {
    if case .byteLevel = self { return true }
    return false
  }
}
