/// Encoding with a lexicon of Less-is-Better: Yang, Frank and van den Bosch, "Less is Better: A
/// cognitively inspired unsupervised model for language segmentation" (2020), and the authors' code
/// of that year and of 2023, which read differently.
///
/// The lexicon is a list of units, best first; ranks are all that it knows of them. In 2020 a text
/// is read by the longest unit at each place. In 2023 the reader also imagines the second longest
/// unit: from both it goes on with the longest ones until both ways end at the same place, and takes
/// the way of fewer units, then of the smaller sum of ranks, then the first one. With the units
/// `a`, `b`, `c`, `d`, `ab`, `abc`, `cd` the text `abcd` is `abc d` to the one and, because `ab cd`
/// has the smaller sum if `cd` ranks before `abc`, may be `ab cd` to the other.
///
/// A unit may further be cut in two units that both rank before it. What stands around it does not
/// matter, so that the cuts are found at loading.
///
/// Where we differ: a unit of several characters that begins with no shorter one is taken, unless
/// ``LessIsBetterDefinition/Reading`` asks for the published way, which emits its first character.
package struct LessIsBetterModel: Sendable {
  /// The units that reading finds.
  package let trie: ByteTrie
  /// The ids of the units by rank.
  package let ids: FlatArray<TokenID>
  /// Two entries for each unit: the ranks of its parts; ``isWhole`` where it has none.
  package let parts: FlatArray<UInt32>
  /// The number of bytes of each unit.
  package let lengths: FlatArray<UInt32>
  package let options: Options

  package static let isWhole = UInt32.max

  /// What the tables do not say.
  package struct Options: Sendable, Hashable {
    package var unknown: TokenID?
    /// Both ways are read; otherwise the longest units are taken.
    package var isCounterfactual: Bool
    package var skipsLoneUnits: Bool
    package var subunitDepth: Int

    package init(
      unknown: TokenID?, isCounterfactual: Bool, skipsLoneUnits: Bool, subunitDepth: Int
    ) {
      self.unknown = unknown
      self.isCounterfactual = isCounterfactual
      self.skipsLoneUnits = skipsLoneUnits
      self.subunitDepth = subunitDepth
    }
  }

  package init(
    trie: ByteTrie, ids: FlatArray<TokenID>, parts: FlatArray<UInt32>,
    lengths: FlatArray<UInt32>, options: Options
  ) {
    self.trie = trie
    self.ids = ids
    self.parts = parts
    self.lengths = lengths
    self.options = options
  }
}
