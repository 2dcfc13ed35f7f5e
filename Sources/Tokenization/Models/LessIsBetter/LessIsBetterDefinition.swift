/// A lexicon of the model Less-is-Better (LiB), and which of its two published ways of reading is
/// meant.
package struct LessIsBetterDefinition: Sendable, Hashable {
  package enum Reading: Sendable, Hashable {
    /// The code of 2020: the longest unit at each place. Its authors look ten characters ahead;
    /// nil is for no limit.
    case longest(characterLimit: Int?)
    /// The code of 2023: where a shorter unit would do, both ways are read to where they meet, and
    /// the better one is taken.
    ///
    /// - Parameter skipsLoneUnits: as published, a unit of several characters that begins with no
    ///   shorter one is not taken; its first character is, alone.
    case counterfactual(skipsLoneUnits: Bool)
  }

  /// The units' texts, best first: an index is a rank.
  package var tokens: ByteStrings
  /// The id of each of `tokens`; any order, holes allowed, both unique.
  package var ids: [TokenID]
  /// Stands for a character that is no unit; without it such characters are left out.
  package var unknown: TokenID?
  package var reading: Reading
  /// How often a unit is cut in two better ones, and its parts again; 0 for not at all. The authors
  /// use 2 where they compare with words.
  package var subunitDepth: Int

  package init(
    tokens: ByteStrings, ids: [TokenID], unknown: TokenID?, reading: Reading,
    subunitDepth: Int = 0
  ) {
    self.tokens = tokens
    self.ids = ids
    self.unknown = unknown
    self.reading = reading
    self.subunitDepth = subunitDepth
  }
}
