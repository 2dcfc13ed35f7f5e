package import Tokenization

extension GGUFVocabulary {
  /// What llama.cpp does for a vocabulary: what the file says, and what it takes where the file is
  /// silent, which depends on the model and on the way to cut.
  package struct Settings: Hashable, Sendable {
    package var beginning: TokenID?
    package var end: TokenID?
    package var unknown: TokenID?
    package var separator: TokenID?
    package var padding: TokenID?
    package var mask: TokenID?
    /// The beginning token is put before a text when special tokens are asked for, always for
    /// WordPiece.
    package var addsBeginning = false
    package var addsEnd = false
    /// For WordPiece, which always ends a text with its separator; elsewhere llama.cpp has the flag
    /// and does nothing by it when it encodes.
    package var addsSeparator = false
    /// A space is put before text that stands first, or behind a special token.
    package var addsSpacePrefix = false
    package var removesExtraWhitespaces = false
    /// Spaces become U+2581 before the model sees them.
    package var escapesWhitespaces = true
    /// A pretoken that is a token becomes that token, whatever the merges say.
    package var takesWholePretokens = false
    /// Lower case, of WordPiece.
    package var lowercases = true
    /// Marks are left out, of WordPiece.
    package var stripsAccents = true
    /// The name of the way to cut that holds, of models that cut.
    package var pre: GGUFPreTokenizer?
  }

  /// - Throws: for a way to cut that is not known, and where a token is to be added that the file
  ///   does not have.
  package func settings() throws(VocabularyError) -> Settings {
    var settings = Settings()
    switch model {
    case .scoredBytePair:
      (settings.beginning, settings.end, settings.unknown) = (1, 2, 0)
      settings.addsSpacePrefix = true
      settings.addsBeginning = true
    case .wordPiece:
      (settings.beginning, settings.unknown, settings.separator) = (101, 100, 102)
      (settings.padding, settings.mask) = (0, 103)
      settings.addsBeginning = true
      settings.addsSeparator = true
    case .unigram:
      (settings.end, settings.unknown, settings.padding) = (1, 2, 0)
      settings.addsEnd = true
    case .longestMatch: break
    case .bytePair, .escapedBytePair:
      if model == .bytePair { (settings.beginning, settings.end) = (11, 11) }
      let pre = try GGUFPreTokenizer(named: model == .escapedBytePair ? "gemma4" : pre)
      settings.pre = pre
      settings.escapesWhitespaces = !pre.usesByteAlphabet
      settings.takesWholePretokens = pre.takesWholePretokens
      settings.addsBeginning = pre.addsBeginning
      settings.addsSeparator = pre.addsSeparator
      if pre.hasNoBeginning { settings.beginning = nil }
    }
    for property in [
      \Settings.beginning, \.end, \.unknown, \.separator, \.padding, \.mask,
    ] where settings[keyPath: property].map({ Int($0) >= texts.count }) == true {
      settings[keyPath: property] = nil
    }
    takeRoles(&settings)
    settings.addsBeginning = addsBeginning ?? settings.addsBeginning
    settings.addsEnd = addsEnd ?? settings.addsEnd
    settings.addsSeparator = addsSeparator ?? settings.addsSeparator
    settings.addsSpacePrefix = addsSpacePrefix ?? settings.addsSpacePrefix
    settings.removesExtraWhitespaces = removesExtraWhitespaces ?? false
    settings.lowercases = lowercases ?? true
    settings.stripsAccents = stripsAccents ?? settings.lowercases
    if settings.pre?.alwaysAddsBeginning == true { settings.addsBeginning = true }
    try require(settings.addsBeginning, settings.beginning, "add_bos_token", "bos_token_id")
    try require(settings.addsEnd, settings.end, "add_eos_token", "eos_token_id")
    try require(settings.addsSeparator, settings.separator, "add_sep_token", "seperator_token_id")
    return settings
  }

  private func takeRoles(_ settings: inout Settings) {
    settings.beginning = roles.beginning ?? settings.beginning
    settings.end = roles.end ?? settings.end
    settings.unknown = roles.unknown ?? settings.unknown
    settings.separator = roles.separator ?? settings.separator
    settings.padding = roles.padding ?? settings.padding
    settings.mask = roles.mask ?? settings.mask
  }

  private func require(
    _ isAdded: Bool, _ id: TokenID?, _ flag: String, _ key: String
  ) throws(VocabularyError) {
    if isAdded, id == nil {
      throw VocabularyError(
        .missing, "`tokenizer.ggml.\(flag)` holds, and there is no such token",
        path: "tokenizer.ggml.\(key)")
    }
  }
}
