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
}
