public import Tok

/// What a ``BoundlessTrainer`` is to do. The defaults are those of the models that the authors released.
public struct BoundlessOptions: Hashable, Sendable {
  /// Whose output is to be had.
  public enum Compatibility: Hashable, Sendable {
    /// The published rules.
    case none
    /// What the authors' code makes of them: see ``BoundlessTrainer``.
    case authors
  }

  /// How many tokens there will be, special ones and the 256 bytes included.
  public var vocabularySize = 131_072
  /// A token is removed where a merge takes this share of it or more, above 0; above 1 or nil, none is.
  public var threshold: Double? = 0.9
  /// Pairs that stand in the text less often are not merged.
  public var minimumFrequency: UInt64 = 0
  /// Come first, with the ids from 0 on.
  public var specialTokens: [String] = []
  /// What cuts pretokens: each match and what lies between matches is one. ``defaultPattern`` if nil.
  public var pattern: SplitPattern?
  /// What may be joined: pretokens of which the first match is all. ``defaultJoinedPattern`` if nil.
  public var joinedPattern: SplitPattern?
  public var compatibility = Compatibility.none

  public init() {}

  /// In Oniguruma's syntax: words, cut in camel case and before an underscore; contractions; numbers in
  /// threes from the right; punctuation; white space. What the authors' pattern matches, written so that
  /// long words need no memory.
  public static let defaultPattern = [
    #" ?\p{L}[\p{L}\p{M}]*+['’]\p{L}[\p{L}\p{M}]*"#, #"_\p{Ll}[\p{Ll}\p{M}]*"#,
    #" ?\p{Lu}[\p{Lu}\p{M}]*(?=\p{Lu}\p{M}*\p{Ll})"#,
    #" ?(?:\p{Lu}\p{M}*+)?\p{Ll}[\p{Ll}\p{M}]*"#, #" ?\p{Lu}[\p{Lu}\p{M}]*"#,
    #" ?[\p{Lt}\p{Lm}\p{Lo}][\p{Lt}\p{Lm}\p{Lo}\p{M}]*"#,
    // subtle: a number is also cut before the marks of a third digit.
    #"(?:\p{N}\p{M}*){1,3}(?=(?:(?:\p{N}\p{M}*+){2}\p{N}(?!\p{M}))*+"#
      + #"(?:(?!\p{N})|(?:\p{N}\p{M}*+){2}\p{N}\p{M}))"#,
    #" ?[\p{P}\p{S}][\p{P}\p{S}\p{M}]*"#, #"[^\S\r\n]*[\n\r]+|[^\S\r\n]+"#,
    #"[\p{Z}\p{C}][\p{Z}\p{C}\p{M}]*|\p{M}+"#,
  ].joined(separator: "|")
  /// In the same syntax: letters with their marks, spaces, underscores and apostrophes, a letter among
  /// them that is not the first character.
  public static let defaultJoinedPattern =
    #"(?=.+\p{L})[ _'’]*+(?:\p{L}[\p{L}\p{M}]*+[ _'’]*+)++"#
}
