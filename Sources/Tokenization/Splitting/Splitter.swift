public import SplitPatterns

/// Where a text is cut into pretokens: steps, each of which cuts what the one before it left.
public struct Splitter: Hashable, Sendable {
  public var steps: [SplitStep]

  public init(_ steps: [SplitStep]) { self.steps = steps }
}

/// One step of a ``Splitter``, with the meaning it has in tokenizer.json.
public enum SplitStep: Hashable, Sendable {
  /// Cuts at the matches of a pattern. `inverted` swaps matches and what lies between them.
  case pattern(SplitPattern, SplitBehavior, inverted: Bool)
  /// Cuts at the places where `string` stands; an empty string matches nowhere.
  case literal(String, SplitBehavior, inverted: Bool)
  /// Cuts out numerals (Nd, Nl, No): each of its own, or runs of them.
  case digits(individually: Bool)
  /// Puts a space before what does not begin with one, and cuts by GPT-2's pattern.
  case byteLevel(addsPrefixSpace: Bool, splits: Bool)
}

/// What becomes of the matches that a ``SplitStep`` finds.
public enum SplitBehavior: String, Hashable, Sendable, CaseIterable {
  /// Matches are left out.
  case removed = "Removed"
  /// Each match is a pretoken.
  case isolated = "Isolated"
  /// A match ends the pretoken before it.
  case mergedWithPrevious = "MergedWithPrevious"
  /// A match begins the pretoken behind it.
  case mergedWithNext = "MergedWithNext"
  /// Matches that touch are one pretoken.
  case contiguous = "Contiguous"
}
