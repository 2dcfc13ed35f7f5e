internal import UnicodeText

/// How a ``Normalizer`` is carried out: its steps, one after another.
struct NormalizationPlan: Sendable {
  private(set) var steps: [NormalizationStep] = []
  /// Where each step stands in the file.
  private(set) var paths: [String] = []
  /// How much longer a text may become: so many times, and so many bytes.
  private var growth = (factor: 1, constant: 0)

  /// - Throws: `malformed` for a pattern that the engine does not take, `limit` for steps that can
  ///   make a text more than 4,096 times longer.
  init(_ normalizer: Normalizer?) throws(VocabularyError) {
    if let normalizer { try append(normalizer, path: "normalizer") }
  }

  /// What `options` say, with the spaces that would become U+2581 left as they are.
  ///
  /// - Throws: as ``init(_:)``.
  init(leavingSpaces options: SentencePieceNormalizer) throws(VocabularyError) {
    let step = try SentencePieceNormalization(options, leavesSpaces: true)
    try append(.sentencePiece(step), factor: step.growth, constant: 3)
  }

  /// Whether every text stays as it is.
  var isEmpty: Bool { steps.isEmpty }

  /// Whether a text may be cut between a letter from A to Z or a to z and a space, which both stay what
  /// they are but for the letter's case, and its parts be normalised one by one.
  var allowsCuts: Bool {
    steps.allSatisfy { step in
      switch step {
      case .form, .characters, .bert: true
      case .strip, .prepend, .replace, .charsmap, .byteAlphabet, .sentencePiece: false
      }
    }
  }

  /// Whether ``normalize(_:into:edits:)`` may throw.
  var mayFail: Bool {
    steps.contains { step in
      if case .replace(let replacement) = step { replacement.mayFail } else { false }
    }
  }

  /// Puts the normalised text into `output` and says what was done, unless `edits` is nil; false, and
  /// nothing is done, when the text is normal already.
  ///
  /// - Throws: `patternLimit`, with the place in `text` if `edits` is not nil.
  /// - Complexity: O(*n*) but for patterns.
  func normalize(
    _ text: Span<UInt8>, into output: inout [UInt8], edits: inout TextEdits?
  ) throws(EncodingError) -> Bool {
    output.removeAll(keepingCapacity: true)
    return try steps.append(text, to: &output, edits: &edits)
  }

  /// What `bytes` become.
  ///
  /// - Throws: `limit` where a pattern needs more than it is allowed.
  func normalized(_ bytes: [UInt8]) throws(VocabularyError) -> [UInt8] {
    var output: [UInt8] = []
    var edits: TextEdits?
    do throws(EncodingError) {
      return try normalize(bytes.span, into: &output, edits: &edits) ? output : bytes
    } catch {
      throw VocabularyError(.limit, error.message)
    }
  }
}

// MARK: - Steps

extension NormalizationPlan {
  private mutating func append(
    _ normalizer: Normalizer, path: String
  ) throws(VocabularyError) {
    do throws(VocabularyError) {
      defer { while paths.count < steps.count { paths.append(path) } }
      switch normalizer {
      case .form(let form):
        // In UTF-8 no decomposition is longer than three times, in K forms eleven times (U+FDFA).
        try append(.form(TextNormalizer(form)), factor: form == .nfc || form == .nfd ? 3 : 11)
      case .lowercase: try append(.characters(CharacterMap(.lowercasing)), factor: 2)
      case .stripAccents: try append(.characters(CharacterMap(.removingMarks)))
      case .nmt: try append(.characters(CharacterMap(.nmt)))
      case .bert(let options): try append(options)
      case .strip(let left, let right):
        try append(.strip(TextStripping(left: left, right: right)))
      case .prepend(let text):
        try append(.prepend(Array(text.utf8)), constant: text.utf8.count)
      case .replace(let pattern, let content):
        let replacement = try TextReplacement(pattern, content)
        try append(
          .replace(replacement), factor: replacement.growth, constant: content.utf8.count)
      case .precompiled(let charsmap):
        let step = CharsmapNormalization(charsmap)
        try append(.charsmap(step), factor: step.growth)
      case .byteLevel: try append(.byteAlphabet(ByteAlphabetNormalization()), factor: 2)
      case .sentencePiece(let options):
        let step = try SentencePieceNormalization(options)
        try append(.sentencePiece(step), factor: step.growth, constant: 3)
      case .sequence: break
      }
    } catch {
      var placed = error
      placed.path = path
      throw placed
    }
    guard case .sequence(let parts) = normalizer else { return }
    for (index, part) in parts.enumerated() {
      try append(part, path: "\(path).normalizers[\(index)]")
    }
  }

  private mutating func append(_ options: Normalizer.BertOptions) throws(VocabularyError) {
    var before: CharacterMap.Changes = []
    if options.cleansText { before.insert(.cleaning) }
    if options.separatesIdeographs { before.insert(.separatingIdeographs) }
    var after: CharacterMap.Changes = options.lowercases ? .lowercasing : []
    if options.stripsAccents ?? options.lowercases {
      after.insert(.removingNonspacingMarks)
      try append(.bert(BertNormalization(before: before, after: after)), factor: 12)
    } else {
      try append(.characters(CharacterMap(before.union(after))), factor: 2)
    }
  }

  private mutating func append(
    _ step: NormalizationStep, factor: Int = 1, constant: Int = 0
  ) throws(VocabularyError) {
    let (grown, overflows) = growth.factor.multipliedReportingOverflow(by: factor)
    let (added, addedOverflows) = growth.constant.multipliedReportingOverflow(by: factor)
    guard !overflows, grown <= Self.largestFactor else {
      throw VocabularyError(
        .limit,
        "a text may become \(overflows ? "far too much" : "\(grown) times") longer, of at most "
          + "\(Self.largestFactor) times")
    }
    guard !addedOverflows, added <= Self.largestConstant - min(constant, Self.largestConstant)
    else {
      throw VocabularyError(
        .limit, "a text may become more than \(Self.largestConstant) bytes longer")
    }
    growth = (grown, added + constant)
    steps.append(step)
  }

  /// A hostile file can double a text again and again.
  private static let largestFactor = 4096
  private static let largestConstant = 1 << 28
}
