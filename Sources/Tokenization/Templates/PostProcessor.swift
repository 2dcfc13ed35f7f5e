/// What is put around and between sequences.
public indirect enum PostProcessor: Hashable, Sendable {
  /// Adds no token. `trimsRanges` leaves white space out of the ranges that huggingface reports,
  /// but for a space that `addsPrefixSpace` may have put there; ranges here cover the tokens' bytes
  /// unless they are trimmed on demand.
  case byteLevel(addsPrefixSpace: Bool, trimsRanges: Bool, splits: Bool)
  case template(Template)
  /// BERT's form: `[CLS] A [SEP]`, and `[CLS] A [SEP] B [SEP]` with type 1 from `B` on.
  case bert(classifier: InsertedToken, separator: InsertedToken)
  /// RoBERTa's form: `<s> A </s>`, and `<s> A </s> </s> B </s>` with type 0 throughout. The flags are
  /// those of ``byteLevel(addsPrefixSpace:trimsRanges:splits:)``.
  case roberta(
    classifier: InsertedToken, separator: InsertedToken, trimsRanges: Bool, addsPrefixSpace: Bool)
  /// One after another.
  case sequence([PostProcessor])

  /// A token that is put around sequences; what counts is the id.
  public struct InsertedToken: Hashable, Sendable {
    public var text: String
    public var id: TokenID

    public init(_ text: String, id: TokenID) {
      self.text = text
      self.id = id
    }
  }
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
