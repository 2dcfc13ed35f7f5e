package import SplitPatterns
package import Tokenization

/// Reads a .tiktoken file.
///
/// The format holds neither the pattern nor the special tokens. They are taken from `pattern` and
/// `specialTokens` where given; otherwise from what we know of the file by its digest, or, if its
/// bytes are not known, by its name.
///
/// - Parameters:
///   - stem: The file's name without its extension, as `cl100k_base`. It also chooses among
///     vocabularies that share a file: `o200k_harmony` has that of `o200k_base`.
///   - specialTokens: Instead of the known ones; none for a vocabulary that is not known.
/// - Throws: `unknownVocabulary` if there is no pattern.
package func readTiktoken(
  _ bytes: Span<UInt8>, stem: String?, pattern: SplitPattern?, specialTokens: [AddedToken]?
) throws(VocabularyError) -> TokenizerDefinition {
  let ranks = try Ranks(bytes)
  let known = KnownVocabulary.find(bytes, stem: stem)
  let splitPattern: SplitPattern
  if let pattern {
    splitPattern = pattern
  } else if let known {
    splitPattern = try readSplitPattern(known.pattern, .rust)
  } else {
    throw VocabularyError(
      .unknownVocabulary,
      "a .tiktoken file holds neither pattern nor special tokens, and this one is not known: give "
        + "`--pattern`, and `--special-tokens FILE` if there are any")
  }
  let added = specialTokens ?? known?.specialTokens() ?? []
  try check(added, ranks)
  let model = BytePairDefinition(
    tokens: ranks.tokens, ids: ranks.ids, unspelled: ranks.empty, merges: .byID,
    takesWholePretokens: true)
  return TokenizerDefinition(
    pipeline: Pipeline(
      addedTokens: added,
      splitter: Splitter([
        .pattern(splitPattern, .removed, inverted: true),
        .byteLevel(addsPrefixSpace: false, splits: false),
      ]),
      decoder: .bytes, roles: specialTokens == nil ? known?.roles(among: added) ?? .init() : .init()
    ),
    model: model)
}

/// Special tokens must have ids of their own.
private func check(_ added: [AddedToken], _ ranks: Ranks) throws(VocabularyError) {
  var taken = Set(ranks.ids)
  for token in added where !taken.insert(token.id).inserted {
    throw VocabularyError(
      .duplicate, "the id \(token.id) of the special token `\(token.content)` is taken")
  }
}

/// Reads a file of special tokens: a JSON object of texts and ids.
package func readSpecialTokens(_ bytes: Span<UInt8>) throws(VocabularyError) -> [AddedToken] {
  var tokens: [AddedToken] = []
  for member in try JSONValue(parsing: bytes).members() {
    do throws(VocabularyError) {
      guard !member.key.utf8.isEmpty else {
        throw VocabularyError(.malformed, "a special token without text")
      }
      tokens.append(AddedToken(member.key, id: try member.value.tokenID()))
    } catch { throw error.under(member.key) }
  }
  return tokens
}
