public import SplitPatterns

/// Where a text is cut into pretokens: steps, each of which cuts what the one before it left.
public struct Splitter: Hashable, Sendable {
  public var steps: [SplitStep]

  public init(_ steps: [SplitStep]) { self.steps = steps }
}

/// One step of a ``Splitter``, with the meaning it has in tokenizer.json.
///
/// What characters are white space, punctuation or numerals is said by the tables that the original's
/// steps have. Two steps rewrite what they cut: ``metaspace(replacement:scheme:splits:)``, and
/// ``byteLevel(addsPrefixSpace:splits:)`` for models that do not work on bytes.
public enum SplitStep: Hashable, Sendable {
  /// Cuts at the matches of a pattern. `inverted` swaps matches and what lies between them.
  case pattern(SplitPattern, SplitBehavior, inverted: Bool)
  /// Cuts at the places where `string` stands; an empty string stands at each character.
  case literal(String, SplitBehavior, inverted: Bool)
  /// Cuts out numerals (Nd, Nl, No): each of its own, or runs of them.
  case digits(individually: Bool)
  /// Puts a space before what does not begin with one, and cuts by GPT-2's pattern; then turns bytes
  /// into the characters that stand for them, unless the model works on bytes.
  case byteLevel(addsPrefixSpace: Bool, splits: Bool)
  /// Keeps runs of word characters, and runs of what is neither that nor white space.
  case whitespace
  /// Leaves white space out.
  case whitespaceSplit
  /// Leaves white space out, and cuts out each character of punctuation.
  case bert
  /// Cuts at each character of punctuation.
  case punctuation(SplitBehavior)
  /// Puts `replacement` for spaces and, as `scheme` says, before the text; cuts before each
  /// `replacement` if `splits`.
  case metaspace(replacement: Unicode.Scalar, scheme: MetaspaceScheme, splits: Bool)
  /// Cuts where the script changes; hiragana, katakana and ideographs count as one.
  case unicodeScripts
  /// Leaves a character out.
  case characterDelimiter(Unicode.Scalar)
  /// Cuts behind each so many characters, at least 1.
  case fixedLength(Int)
  /// Cuts runs of decimal digits (Nd) into groups of so many, at least 1, counted from the right. Not
  /// in the original.
  case digitGroups(Int)
  /// Cuts at the matches of a pattern and between them, and leaves neighbours together as long as the
  /// first match of `joining` in each of them is all of it. Not in the original.
  case matchRuns(SplitPattern, joining: SplitPattern)
  /// Cuts at the borders of words, which dictionaries tell for Thai, Lao, Khmer, Burmese, Chinese and
  /// Japanese. Not in the original. Needs a ``WordBreaker``.
  case words
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

/// What `Metaspace` puts its replacement before, where it does not stand yet.
public enum MetaspaceScheme: String, Hashable, Sendable, CaseIterable {
  /// Before everything that the step is given: the text between added tokens, or what earlier steps
  /// cut of it.
  case always
  /// Before what begins where the whole text begins.
  case first
  case never
}
