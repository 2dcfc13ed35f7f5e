package import Tokenization

extension GGUFVocabulary {
  /// The tokenizer of a vocabulary whose model is ``Model/bytePair``.
  ///
  /// As in llama.cpp: of merges that name one pair the first holds; a merge's halves are parted at
  /// its first space behind its first byte; a vocabulary cut by `kimi-k2` may lack merges, and then
  /// ids are ranks. Control tokens and the unknown token are special, those that a user defined are
  /// found in every text.
  ///
  /// - Throws: also for a merge of what is no token, which is ignored there.
  package func bytePairTokenizer() throws(VocabularyError) -> TokenizerDefinition {
    let settings = try settings()
    guard model == .bytePair, let pre = settings.pre else {
      throw VocabularyError(
        .unsupported, "the model `\(modelName)` is not byte-level BPE",
        path: "tokenizer.ggml.model")
    }
    let entries = try TokenTexts(texts, ids: (0..<texts.count).map { TokenID($0) })
    let merges = try readMerges(entries)
    let (tokens, unspelled) = spelledTokens(entries, merges ?? [])
    if merges == nil, pre.name != "kimi-k2" {
      throw VocabularyError(.missing, "the key is missing", path: "tokenizer.ggml.merges")
    }
    return TokenizerDefinition(
      pipeline: Pipeline(
        addedTokens: addedTokens(), splitter: try pre.splitter(),
        postProcessor: template(settings), decoder: .bytes,
        roles: roles(settings)),
      model: BytePairDefinition(
        tokens: tokens, ids: entries.ids, unspelled: unspelled,
        merges: merges.map { .listed(Self.reachable($0, unspelled)) } ?? .byID,
        takesWholePretokens: settings.takesWholePretokens))
  }

  /// The tokens' bytes, and the places of those that the model never makes. Added tokens are not
  /// written in the byte alphabet, but for those that merges make or take.
  private func spelledTokens(
    _ entries: TokenTexts, _ merges: [BytePairDefinition.Merge]
  ) -> (bytes: ByteStrings, unspelled: [Int]) {
    let (decoded, outside) = entries.tokens()
    guard types.contains(where: \.isAdded) else { return (decoded, outside) }
    var isMerged = [Bool](repeating: false, count: texts.count)
    for merge in merges {
      for id in [merge.left, merge.right, merge.result] { isMerged[Int(id)] = true }
    }
    var unspelled = Set(outside)
    var tokens = ByteStrings()
    tokens.reserve(strings: texts.count, bytes: texts.bytes.count)
    for place in 0..<texts.count {
      let range = decoded.range(place)
      guard types[place].isAdded, !isMerged[place] else {
        tokens.append(decoded.bytes[range])
        continue
      }
      let text = texts.bytes[texts.range(place)]
      if types[place] != .userDefined || !text.elementsEqual(decoded.bytes[range]) {
        unspelled.insert(place)
      }
      tokens.append(text)
    }
    return (tokens, unspelled.sorted())
  }

  func readMerges(
    _ entries: TokenTexts
  ) throws(VocabularyError) -> [BytePairDefinition.Merge]? {
    guard let merges else { return nil }
    var result: [BytePairDefinition.Merge] = []
    result.reserveCapacity(merges.count)
    var pairs: Set<UInt64> = []
    pairs.reserveCapacity(merges.count)
    var resolver = MergeResolver(entries)
    for place in 0..<merges.count {
      do throws(VocabularyError) {
        var text = merges[place]
        guard let space = text.dropFirst().firstIndex(of: 0x20) else {
          throw VocabularyError(
            .malformed,
            "found `\(String(decoding: text, as: UTF8.self))` where two tokens with a space between "
              + "them are expected")
        }
        text.remove(at: space)
        let merge = try resolver.merge(text.span, middle: space)
        if pairs.insert(UInt64(merge.left) << 32 | UInt64(merge.right)).inserted {
          result.append(merge)
        }
      } catch { throw error.under("tokenizer.ggml.merges[\(place)]") }
    }
    return result
  }

  /// The merges that can happen: both halves are spelled in bytes.
  private static func reachable(
    _ merges: [BytePairDefinition.Merge], _ unspelled: [Int]
  ) -> [BytePairDefinition.Merge] {
    let unreachable = Set(unspelled)
    return merges.filter {
      !unreachable.contains(Int($0.left)) && !unreachable.contains(Int($0.right))
    }
  }
}
