package import Tokenization

/// What the configuration changes about a tokenizer. A tokenizer.json may lack added tokens; a SentencePiece
/// model or a vocab.txt does not say either what transformers does with it.
///
/// | member | effect |
/// |---|---|
/// | `added_tokens_decoder` | tokens whose ids are free are added |
/// | `add_bos_token`, `add_eos_token` | for models of SentencePiece: the token before, behind each text |
/// | `tokenizer_class` | the two where they are missing: Llama and Gemma begin texts, T5 ends them |
/// | `do_lower_case`, `strip_accents`, `tokenize_chinese_chars` | BERT's normaliser |
/// | `bos_token`, `eos_token`, `pad_token`, `unk_token` | roles |
///
/// Nothing else is applied: `legacy: false`, which puts no space behind special tokens;
/// `additional_special_tokens` without an id; `clean_up_tokenization_spaces` of the decoded text;
/// what other classes put around texts.
extension TokenizerConfiguration {
  /// The definition with the tokens that the configuration adds.
  ///
  /// - Complexity: O(*n*) in the number of tokens.
  package func addingTokens(to definition: TokenizerDefinition) -> TokenizerDefinition {
    guard let addedTokens else { return definition }
    var taken = Set(definition.model.ids)
    taken.formUnion(definition.pipeline.addedTokens.map(\.id))
    var added = definition
    added.pipeline.addedTokens += addedTokens.filter {
      !taken.contains($0.id) && !$0.content.utf8.isEmpty
    }
    return added
  }

  /// The definition of a SentencePiece model or a vocab.txt with all that the configuration changes.
  ///
  /// - Complexity: O(*n*) in the bytes of all tokens.
  package func applied(to definition: TokenizerDefinition) -> TokenizerDefinition {
    var applied = addingTokens(to: definition)
    if case .bert(var options) = definition.pipeline.normalizer {
      options.lowercases = lowercases ?? options.lowercases
      options.stripsAccents = stripsAccents ?? options.stripsAccents
      options.separatesIdeographs = separatesIdeographs ?? options.separatesIdeographs
      applied.pipeline.normalizer = .bert(options)
    }
    if case .sentencePiece = definition.pipeline.normalizer {
      applied.pipeline.postProcessor = template(applied)
    }
    return applied
  }

  /// The tokens that are put around texts; nil for none.
  private func template(_ definition: TokenizerDefinition) -> PostProcessor? {
    let roles = definition.pipeline.roles
    let beginning =
      addsBeginning ?? isOfClass(["Llama", "CodeLlama", "Gemma"])
      ? token(.beginning, roles.beginning, in: definition) : nil
    let end = addsEnd ?? isOfClass(["T5"]) ? token(.end, roles.end, in: definition) : nil
    if beginning == nil, end == nil { return nil }
    func around(_ sequence: Template.Sequence, _ typeID: Int) -> [Template.Part] {
      (beginning.map { [.special($0.text, typeID: typeID)] } ?? [])
        + [.sequence(sequence, typeID: typeID)]
        + (end.map { [.special($0.text, typeID: typeID)] } ?? [])
    }
    var special: [Template.SpecialToken] = []
    for token in [beginning, end].compactMap(\.self)
    where !special.contains(where: { sameBytes($0.name, token.text) }) {
      special.append(
        Template.SpecialToken(name: token.text, ids: [token.id], tokens: [token.text]))
    }
    return .template(
      Template(single: around(.a, 0), pair: around(.a, 0) + around(.b, 1), specialTokens: special))
  }

  /// `LlamaTokenizer` and `LlamaTokenizerFast` are of the class `Llama`.
  private func isOfClass(_ names: [String]) -> Bool {
    guard let tokenizerClass else { return false }
    return names.contains {
      sameBytes(tokenizerClass, $0 + "Tokenizer") || sameBytes(tokenizerClass, $0 + "TokenizerFast")
    }
  }

  /// The token that the configuration names, or else the one that the model does.
  private func token(
    _ role: Role, _ own: TokenID?, in definition: TokenizerDefinition
  ) -> PostProcessor.InsertedToken? {
    let model = definition.model
    if let text = specialTokens[role]?.text {
      let added = definition.pipeline.addedTokens.first { sameBytes($0.content, text) }
      let place = ByteStringIndex(model.tokens)[Array(text.utf8).span]
      if let id = added?.id ?? place.map({ model.ids[$0] }) {
        return PostProcessor.InsertedToken(text, id: id)
      }
    }
    guard let own, let place = model.ids.firstIndex(of: own) else { return nil }
    return PostProcessor.InsertedToken(
      String(decoding: model.tokens[place], as: UTF8.self), id: own)
  }
}
