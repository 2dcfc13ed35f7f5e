/// One text, or two, as a model takes them: ids with where they come from.
///
///     let encoded = try tokenizer.encodeText("Where is it?", and: "It is here.")
///     encoded.ids          // [101, 2073, 2003, 2009, 1029, 102, 2009, …]
///     encoded.typeIDs      // [0, 0, 0, 0, 0, 0, 1, …]
///     encoded.ranges[1]    // 0..<5, bytes of the first text
///
/// What is the same for many tokens in a row, such as type ids and masks, is kept once for each
/// ``Part`` and spelled out where it is asked for.
public struct EncodedText: Hashable, Sendable {
  public internal(set) var ids: [TokenID] = []
  /// The bytes that each token stands for, of the text that it is of, whatever a normalizer made of
  /// them; of words, within the word. Tokens of the template and of padding have `0..<0`. Empty if
  /// ranges were not to be found.
  ///
  /// A token that a normalizer made of a changed stretch has the whole stretch. Of byte-level models
  /// a token may be a part of a character, and its range is that.
  public internal(set) var ranges: [Range<Int>] = []
  /// The tokens in runs of the same origin, in order, none empty.
  public internal(set) var parts: [Part] = []
  /// What truncation cut away, if it was to be kept: further parts of the texts, each with the
  /// template around it, of the same length at most, and overlapping by the stride.
  public internal(set) var overflow: [EncodedText] = []

  /// The word of each token, -1 for none; empty if ranges are.
  var words: [Int32] = []

  init() {}

  /// A run of tokens.
  public struct Part: Hashable, Sendable {
    public enum Origin: Hashable, Sendable {
      /// Of the first text (0) or the second (1).
      case text(Int)
      case template
      case padding
    }

    public var origin: Origin
    public var typeID: Int
    /// Places in ``EncodedText/ids``.
    public var tokens: Range<Int>
  }
}

extension EncodedText {
  /// The number of tokens.
  public var count: Int { ids.count }

  /// Ids with their ranges; empty if ranges were not to be found.
  public var tokens: [Token] { zip(ids, ranges).map { Token(id: $0, range: $1) } }

  /// The type of each token, as the template gives it: mostly 0 for the first text and 1 for the
  /// second.
  public var typeIDs: [Int] { spread { $0.typeID } }

  /// Which text each token is of, 0 or 1; nil for those of the template and of padding.
  public var textIndices: [Int?] {
    spread { part in if case .text(let index) = part.origin { index } else { nil } }
  }

  /// Which word of its text each token is of, nil for those of the template and of padding; empty if
  /// ranges were not to be found.
  ///
  /// A word is what the splitter cuts, or an added token, counted from 0; of input that came in words,
  /// one of those.
  public var wordIndices: [Int?] { words.map { $0 < 0 ? nil : Int($0) } }

  /// 1 for tokens of the template and of padding, 0 for those of the texts.
  public var specialMask: [Int] {
    spread { part in if case .text = part.origin { 0 } else { 1 } }
  }

  /// 0 for tokens of padding, 1 for all others.
  public var attentionMask: [Int] { spread { $0.origin == .padding ? 0 : 1 } }

  private func spread<Value>(_ value: (Part) -> Value) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for part in parts {
      values.append(contentsOf: repeatElement(value(part), count: part.tokens.count))
    }
    return values
  }
}

extension EncodedText {
  /// Says of what the tokens are that were appended last.
  mutating func closePart(_ origin: Part.Origin, typeID: Int) {
    let tokens = (parts.last?.tokens.upperBound ?? 0)..<count
    guard !tokens.isEmpty else { return }
    if let last = parts.last, last.origin == origin, last.typeID == typeID {
      parts[parts.count - 1].tokens = last.tokens.lowerBound..<count
    } else {
      parts.append(Part(origin: origin, typeID: typeID, tokens: tokens))
    }
  }

  /// Appends all tokens of a text, by putting those so far, which are few, before them.
  mutating func takePlace(before text: inout PlacedTokens) {
    swap(&ids, &text.ids)
    swap(&ranges, &text.ranges)
    swap(&words, &text.words)
    ids.insert(contentsOf: text.ids, at: 0)
    ranges.insert(contentsOf: text.ranges, at: 0)
    words.insert(contentsOf: text.words, at: 0)
  }

  /// Appends ids that are of no text.
  mutating func append(_ ids: [TokenID], _ origin: Part.Origin, typeID: Int, placed: Bool) {
    self.ids += ids
    if placed {
      ranges.append(contentsOf: repeatElement(0..<0, count: ids.count))
      words.append(contentsOf: repeatElement(-1, count: ids.count))
    }
    closePart(origin, typeID: typeID)
  }
}
