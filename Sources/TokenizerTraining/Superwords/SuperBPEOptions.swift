/// What a ``SuperBPETrainer`` is to do. The defaults are those of the authors' scripts.
public struct SuperBPEOptions: Hashable, Sendable {
  /// How many tokens there will be, special ones and the 256 bytes included.
  public var vocabularySize = 128_000
  /// How many merges are learned within words, before those that may join words.
  public var wordMerges = 100_000
  /// Pairs that stand in the text less often are not merged.
  public var minimumFrequency: UInt64 = 0
  /// How many words a token of the second stage may have, counted as parts between spaces; nil for
  /// any number.
  public var wordLimit: Int? = 4
  /// Tokens of the second stage do not have a colon before a space.
  public var keepsColonsOut = true
  /// Come first, with the ids from 0 on.
  public var specialTokens: [String] = []
  /// What cuts the words of the first stage, in Oniguruma's syntax; each match and what lies between
  /// matches is a word.
  public var wordPattern = Self.defaultWordPattern
  /// What cuts the chunks in which tokens of the second stage lie, in the same way. It is what the
  /// tokenizer itself cuts by.
  public var chunkPattern = Self.defaultChunkPattern
  /// Longer chunks are cut before a space to be counted, so that memory is bounded whatever the text;
  /// in characters, at most 10,000.
  public var chunkLength = 1000

  public init() {}

  /// Words in camel case, numbers in threes, punctuation, white space.
  public static let defaultWordPattern =
    #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
    + #"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
    + #"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  /// Cuts out numbers in threes, punctuation of two and more characters, and all spaces of several but
  /// the last one.
  public static let defaultChunkPattern = #"\p{N}{1,3}| ?[^\s\p{L}\p{N}]{2,}[\r\n/]*| +(?!\S)"#
}
