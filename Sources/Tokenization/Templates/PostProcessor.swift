/// What is put around and between sequences.
public indirect enum PostProcessor: Hashable, Sendable {
  /// Adds no token. `trimsRanges` leaves white space out of the ranges that huggingface reports;
  /// it is kept for files written back, ranges here always cover the token's bytes.
  case byteLevel(addsPrefixSpace: Bool, trimsRanges: Bool, splits: Bool)
  case template(Template)
  /// One after another.
  case sequence([PostProcessor])
}

/// The tokens put around one sequence, and around and between two.
public struct Template: Hashable, Sendable {
  public enum Sequence: String, Hashable, Sendable {
    case a = "A"
    case b = "B"
  }

  public enum Part: Hashable, Sendable {
    /// A special token by the name it has in ``Template/specialTokens``.
    case special(String, typeID: Int)
    case sequence(Sequence, typeID: Int)
  }

  /// A named group of tokens, as `[CLS]`.
  public struct SpecialToken: Hashable, Sendable {
    public var name: String
    public var ids: [TokenID]
    public var tokens: [String]

    public init(name: String, ids: [TokenID], tokens: [String]) {
      self.name = name
      self.ids = ids
      self.tokens = tokens
    }
  }

  public var single: [Part]
  public var pair: [Part]
  public var specialTokens: [SpecialToken]

  public init(single: [Part], pair: [Part], specialTokens: [SpecialToken]) {
    self.single = single
    self.pair = pair
    self.specialTokens = specialTokens
  }
}
