/// Finds out which of the rules of sentencepiece's trainers all tokens of a model keep to.
struct UnigramRules {
  /// No token has a space behind another character, or none another character behind a space.
  private var spacesAreInFront = true
  private var spacesAreBehind = true
  private var hasSpacesAlone = false
  /// There are digits, and none stands in a token of more characters.
  private var hasDigits = false
  private var digitsAreAlone = true
  /// The characters of tokens, without spaces, and the tokens as places among them.
  private let characters: [UInt32]
  private var tokens: [[UInt32]] = []

  /// - Parameter tokens: code points.
  init(_ tokens: some Collection<[UInt32]>) {
    let mark = SentencePieceWords.spaceMark
    characters = tokens.reduce(into: Set<UInt32>()) { $0.formUnion($1) }
      .subtracting([mark]).sorted()
    let places = Dictionary(
      uniqueKeysWithValues: characters.enumerated().map { ($1, UInt32($0)) })
    for token in tokens {
      let text = token.compactMap { places[$0] }
      if token.contains(where: SentencePieceValidity.isDigit) {
        hasDigits = true
        if token.count > 1 { digitsAreAlone = false }
      }
      if text.isEmpty { hasSpacesAlone = hasSpacesAlone || token.count > 1 }
      if token.drop(while: { $0 == mark }).contains(mark) { spacesAreInFront = false }
      if token.drop(while: { $0 != mark }).contains(where: { $0 != mark }) {
        spacesAreBehind = false
      }
      if !text.isEmpty { self.tokens.append(text) }
    }
    let validity = SentencePieceValidity(characters, Self.none)
    self.tokens.removeAll { !validity.isValid($0) }
  }

  /// The options with all rules that are kept, and those of a training otherwise.
  ///
  /// - Complexity: O(*n*) in the characters of all tokens.
  func options(maximalLength: Int) -> SentencePieceTrainingOptions {
    var options = SentencePieceTrainingOptions()
    options.maxSentencepieceLength = maximalLength
    options.splitByWhitespace = spacesAreInFront || spacesAreBehind
    options.treatWhitespaceAsSuffix = spacesAreBehind && !spacesAreInFront
    options.allowWhitespaceOnlyPieces = hasSpacesAlone
    options.splitByNumber = areKept {
      $0.splitByUnicodeScript = true
      $0.splitByNumber = true
    }
    options.splitByUnicodeScript =
      options.splitByNumber || areKept { $0.splitByUnicodeScript = true }
    options.splitDigits = hasDigits && digitsAreAlone
    return options
  }

  /// No rules for characters other than spaces.
  private static var none: SentencePieceTrainingOptions {
    var options = SentencePieceTrainingOptions()
    options.maxSentencepieceLength = .max
    options.splitByUnicodeScript = false
    options.splitByNumber = false
    return options
  }

  /// Whether all tokens keep to what `rule` adds to no rules at all.
  private func areKept(_ rule: (inout SentencePieceTrainingOptions) -> Void) -> Bool {
    var options = Self.none
    rule(&options)
    let validity = SentencePieceValidity(characters, options)
    return tokens.allSatisfy { validity.isValid($0) }
  }
}
