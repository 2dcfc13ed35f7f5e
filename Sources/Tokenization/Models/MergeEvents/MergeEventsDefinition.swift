/// What a file says of a model that replays what happened in its training: merges of neighbours, and
/// splits of tokens that were given up again.
package struct MergeEventsDefinition: Sendable, Hashable {
  /// What a pretoken is before the first event.
  package enum Unit: Sendable, Hashable {
    case bytes
    case characters
  }

  /// One thing that happens to a pretoken, wherever it can.
  package struct Event: Sendable, Hashable {
    package enum Kind: UInt32, Sendable, Hashable {
      /// The parts, standing one behind another, become the whole.
      case merge = 0
      /// The whole becomes its parts.
      case split = 1
    }

    package var kind: Kind
    /// Two symbols or more, whose texts together are that of ``whole``.
    package var parts: [UInt32]
    package var whole: UInt32

    package init(_ kind: Kind, _ parts: [UInt32], _ whole: UInt32) {
      self.kind = kind
      self.parts = parts
      self.whole = whole
    }
  }

  package var unit: Unit
  /// The tokens that encodings are made of, in the order of the file, all different.
  package var tokens: ByteStrings
  /// The id of each of ``tokens``; any order, holes allowed, none twice.
  package var ids: [TokenID]
  /// The indices of tokens that no text is: control tokens, those that stand for bytes.
  package var unmatched: [Int]
  /// Texts that come and go between events and have no ids, none of them among ``tokens``.
  package var passing: ByteStrings
  /// In the order in which they happen. A symbol is the index of a token or, from the number of tokens
  /// on, of a passing text.
  package var events: [Event]
  /// A pretoken that is a token becomes that token, whatever the events say.
  package var takesWholePretokens: Bool
  /// The tokens `<0x00>` to `<0xFF>` for a character without a token, where there are all it needs.
  package var fallsBackToBytes: Bool
  /// Stands for a byte or character that has no token; without it such are left out.
  package var unknown: TokenID?
  /// Several unknown ones in a row become one unknown token.
  package var fusesUnknown: Bool

  package init(
    unit: Unit, tokens: ByteStrings, ids: [TokenID], unmatched: [Int] = [],
    passing: ByteStrings = ByteStrings(), events: [Event], takesWholePretokens: Bool = false,
    fallsBackToBytes: Bool = false, unknown: TokenID? = nil, fusesUnknown: Bool = false
  ) {
    self.unit = unit
    self.tokens = tokens
    self.ids = ids
    self.unmatched = unmatched
    self.passing = passing
    self.events = events
    self.takesWholePretokens = takesWholePretokens
    self.fallsBackToBytes = fallsBackToBytes
    self.unknown = unknown
    self.fusesUnknown = fusesUnknown
  }

  /// How many symbols there are.
  package var symbolCount: Int { tokens.count + passing.count }

  /// The text of a symbol.
  package func text(of symbol: UInt32) -> ArraySlice<UInt8> {
    let index = Int(symbol)
    return index < tokens.count
      ? tokens.bytes[tokens.range(index)]
      : passing.bytes[passing.range(index - tokens.count)]
  }
}
