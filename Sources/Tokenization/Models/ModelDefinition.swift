/// What a file says of a model, before anything is derived from it.
package enum ModelDefinition: Sendable {
  case bytePair(BytePairDefinition)
  case characterPair(CharacterPairDefinition)

  /// The tokens of the model in the order of the file: what decoding makes of each, or the text that
  /// a decoder goes on with.
  package var tokens: ByteStrings {
    switch self {
    case .bytePair(let definition): definition.tokens
    case .characterPair(let definition): definition.tokens
    }
  }

  /// The id of each of ``tokens``.
  package var ids: [TokenID] {
    switch self {
    case .bytePair(let definition): definition.ids
    case .characterPair(let definition): definition.ids
    }
  }

  /// The indices into ``tokens``, ascending, of tokens that no text can spell byte for byte.
  package var unspelled: [Int] {
    switch self {
    case .bytePair(let definition): definition.unspelled
    case .characterPair(let definition): definition.unmatched.sorted()
    }
  }

  /// The token for what has none.
  package var unknown: TokenID? {
    switch self {
    case .bytePair(let definition): definition.unknown
    case .characterPair(let definition): definition.unknown
    }
  }

  /// Whether tokens are bytes of the text, rather than texts of which a decoder makes bytes.
  package var isByteLevel: Bool {
    if case .bytePair = self { true } else { false }
  }
}
