import Tokenization

extension TokenizerDefinition {
  /// A token with an id, of the model or added to it.
  struct Entry {
    var id: TokenID
    var text: [UInt8]
    /// Where it stands in the model.
    var place: Int?
    var added: AddedToken?
  }

  /// All tokens by id, for formats in which an id is a place.
  ///
  /// - Throws: `inexpressible` for an id without a token.
  func entriesByID(_ format: WritableFormat) throws(VocabularyError) -> [Entry] {
    try entries().enumerated().map { (id, entry) throws(VocabularyError) in
      guard let entry else {
        throw VocabularyError(
          .inexpressible,
          "no token has the id \(id), and in the format \(format.rawValue) ids are places")
      }
      return entry
    }
  }

  /// The token of each id, nil where there is none.
  func entries() -> [Entry?] {
    let last = max(model.ids.max() ?? 0, pipeline.addedTokens.map(\.id).max() ?? 0)
    var entries = [Entry?](repeating: nil, count: Int(last) + 1)
    let tokens = model.tokens
    for (place, id) in model.ids.enumerated() {
      entries[Int(id)] = Entry(id: id, text: tokens[place], place: place)
    }
    for token in pipeline.addedTokens {
      let place = entries[Int(token.id)]?.place
      entries[Int(token.id)] = Entry(
        id: token.id, text: Array(token.content.utf8), place: place, added: token)
    }
    return entries
  }
}
