internal import Tokenization

/// New ids for old ones.
struct TokenRenumbering {
  let newIDs: [TokenID?]

  subscript(id: TokenID) -> TokenID? { Int(id) < newIDs.count ? newIDs[Int(id)] : nil }
}

extension TokenizerDefinition {
  /// Tokens that stay whatever is chosen: added ones, those with a part to play, the unknown token.
  func indispensableIDs() -> Set<TokenID> {
    var ids = Set(pipeline.addedTokens.map(\.id))
    let roles = pipeline.roles
    for id in [roles.beginning, roles.end, roles.padding, roles.unknown, model.unknownToken] {
      if let id { ids.insert(id) }
    }
    pipeline.postProcessor?.visitIDs { ids.insert($0) }
    if let padding = pipeline.padding { ids.insert(padding.id) }
    return ids
  }
}

extension ModelDefinition {
  /// Whether token `index` is a single byte or character, or stands for a byte.
  func isSingle(_ index: Int) -> Bool {
    let bytes = tokens.bytes[tokens.range(index)]
    if bytes.count <= 1 { return true }
    if bytes.count == 6, bytes.starts(with: "<0x".utf8) { return true }
    // As many leading bytes of characters as one.
    return !isByteLevel && bytes.count(where: { $0 & 0xC0 != 0x80 }) == 1
  }
}

extension Pipeline {
  mutating func renumber(_ map: TokenRenumbering) {
    for index in addedTokens.indices {
      if let id = map[addedTokens[index].id] { addedTokens[index].id = id }
    }
    postProcessor = postProcessor?.renumbered(map)
    if let padding, let id = map[padding.id] { self.padding?.id = id }
    roles = TokenRoles(
      beginning: roles.beginning.flatMap { map[$0] }, end: roles.end.flatMap { map[$0] },
      padding: roles.padding.flatMap { map[$0] }, unknown: roles.unknown.flatMap { map[$0] })
  }
}

extension PostProcessor {
  fileprivate func visitIDs(_ body: (TokenID) -> Void) {
    switch self {
    case .byteLevel: break
    case .template(let template):
      for token in template.specialTokens { token.ids.forEach(body) }
    case .bert(let classifier, let separator), .roberta(let classifier, let separator, _, _):
      body(classifier.id)
      body(separator.id)
    case .sequence(let parts):
      for part in parts { part.visitIDs(body) }
    }
  }

  fileprivate func renumbered(_ map: TokenRenumbering) -> PostProcessor {
    func renumbered(_ token: InsertedToken) -> InsertedToken {
      InsertedToken(token.text, id: map[token.id] ?? token.id)
    }
    switch self {
    case .byteLevel: return self
    case .template(var template):
      for index in template.specialTokens.indices {
        template.specialTokens[index].ids = template.specialTokens[index].ids.map { map[$0] ?? $0 }
      }
      return .template(template)
    case .bert(let classifier, let separator):
      return .bert(classifier: renumbered(classifier), separator: renumbered(separator))
    case .roberta(let classifier, let separator, let trimsRanges, let addsPrefixSpace):
      return .roberta(
        classifier: renumbered(classifier), separator: renumbered(separator),
        trimsRanges: trimsRanges, addsPrefixSpace: addsPrefixSpace)
    case .sequence(let parts): return .sequence(parts.map { $0.renumbered(map) })
    }
  }
}
