internal import Tokenization
internal import UnicodeText

extension LessIsBetterTraining {
  /// The tokenizer: ids are ranks; behind the lexicon come the bytes, then the unknown token.
  func definition() -> TokenizerDefinition {
    var tokens = ByteStrings()
    var isByte = [Bool](repeating: false, count: 256)
    var bytes: [UInt8] = []
    for unit in lexicon.units {
      bytes.removeAll(keepingCapacity: true)
      for character in lexicon.trie.characters(of: unit) {
        appendUTF8(of: character, to: &bytes)
      }
      if bytes.count == 1 { isByte[Int(bytes[0])] = true }
      tokens.append(bytes)
    }
    if options.byteFallback {
      for byte in 0...255 as ClosedRange<UInt8> where !isByte[Int(byte)] { tokens.append([byte]) }
    }
    if let base { return definition(tokens, goingOnFrom: base) }
    let count = TokenID(tokens.count)
    let reading: LessIsBetterDefinition.Reading =
      switch options.variant {
      case .lib2020: .longest(characterLimit: options.readingCharacterLimit)
      case .lib2023: .counterfactual(skipsLoneUnits: options.skipsLoneUnits)
      }
    let unknown = options.unknownToken.map { AddedToken($0, id: count) }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: unknown.map { [$0] } ?? [],
        splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: false)]),
        decoder: .byteLevel(addsPrefixSpace: false, trimsRanges: false, splits: false),
        roles: TokenRoles(unknown: unknown?.id)),
      model: LessIsBetterDefinition(
        tokens: tokens, ids: Array(0..<count), unknown: unknown?.id, reading: reading))
  }

  /// The tokenizer of `base` with these tokens.
  private func definition(
    _ tokens: ByteStrings, goingOnFrom base: BaseLexicon
  ) -> TokenizerDefinition {
    var nextID = base.nextID
    var definition = base.definition
    var model = base.model
    var old = base.ids
    model.tokens = tokens
    model.ids = (0..<tokens.count).map { index in
      if let id = old.removeValue(forKey: tokens[index]) { return id }
      defer { nextID += 1 }
      return nextID
    }
    // Bytes that are tokens where these options have none, in the order of their ids.
    for (text, id) in old.sorted(by: { $0.value < $1.value }) {
      model.tokens.append(text)
      model.ids.append(id)
    }
    definition.model = model
    return definition
  }
}
