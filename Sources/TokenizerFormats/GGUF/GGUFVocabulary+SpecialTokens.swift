import Tokenization

/// What stands around a text, and what is found in it before anything else.
extension GGUFVocabulary {
  /// Tokens that are found in a text before it is cut.
  ///
  /// As in llama.cpp, which knows these models by name: the mask of some takes the white space before
  /// it, and the tokens of Phi-3 that behind them. It also takes tokens with names of ends of turns,
  /// `</s>` among them, for control tokens; here they are what the file says.
  func addedTokens() -> [AddedToken] {
    let stripsLeft = stripsBeforeMask
    let stripsRight = !stripsLeft && isPhi3
    return types.indices.filter { types[$0].isAdded }.map { place in
      let text = text(place)
      return AddedToken(
        text, id: TokenID(place), isSpecial: types[place] != .userDefined,
        stripsLeft: stripsLeft && text == "<mask>",
        stripsRight: stripsRight && !["<unk>", "<s>", "<|endoftext|>"].contains(text))
    }
  }

  private var stripsBeforeMask: Bool {
    architecture?.contains("nomic-bert-moe") == true
      || ["jina-v2-de", "jina-v2-es", "jina-v2-code"].contains { pre?.contains($0) == true }
  }

  private var isPhi3: Bool {
    let name = name?.lowercased() ?? ""
    return name.contains("phi-3") || name.contains("phi3")
  }

  func text(_ place: Int) -> String { String(decoding: texts[place], as: UTF8.self) }

  /// The type of a token; normal where the file has no types.
  func type(_ place: Int) -> TokenType { types.isEmpty ? .normal : types[place] }

  func roles(_ settings: Settings) -> TokenRoles {
    TokenRoles(
      beginning: settings.beginning, end: settings.end, padding: settings.padding,
      unknown: settings.unknown)
  }

  func template(_ settings: Settings) -> PostProcessor? {
    var specials: [Template.SpecialToken] = []
    func part(_ id: TokenID?, _ typeID: Int, _ isAdded: Bool) -> [Template.Part] {
      guard isAdded, let id else { return [] }
      let name = text(Int(id))
      if !specials.contains(where: { $0.ids == [id] }) {
        specials.append(Template.SpecialToken(name: name, ids: [id], tokens: [name]))
      }
      return [.special(name, typeID: typeID)]
    }
    // BERT's separator does what the end does elsewhere, and a second text has no beginning.
    let isWordPiece = model == .wordPiece
    let end = isWordPiece ? settings.separator : settings.end
    let addsEnd = isWordPiece ? settings.addsSeparator : settings.addsEnd
    func parts(_ sequence: Template.Sequence, _ typeID: Int) -> [Template.Part] {
      part(settings.beginning, typeID, settings.addsBeginning && !(isWordPiece && typeID > 0))
        + [.sequence(sequence, typeID: typeID)] + part(end, typeID, addsEnd)
    }
    let single = parts(.a, 0)
    let pair = single + parts(.b, 1)
    guard !specials.isEmpty else { return nil }
    return .template(Template(single: single, pair: pair, specialTokens: specials))
  }
}

extension GGUFVocabulary.TokenType {
  /// Is found in a text before it is cut; those that a user defined always, the others where special
  /// tokens are asked for.
  var isAdded: Bool { self == .control || self == .unknown || self == .userDefined }
}
