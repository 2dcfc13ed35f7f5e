/// Which merges are knocked out. The defaults are the authors'.
public struct KnockoutOptions: Hashable, Sendable {
  /// From which share of wrong uses on, from 0 to 1, a merge goes.
  public var threshold = 0.5
  /// A merge that is used less often stays, whatever it does.
  public var minimumUses: UInt64 = 1
  /// How many tokens there are at least, added ones included; of too many the worst go.
  public var minimumVocabularySize = 0
  /// How often words are looked at again with what is left; it ends when nothing more goes.
  public var rounds = 1
  /// Stands before each word, as it would in a text.
  public var prefix = " "

  public init() {}
}
