import Tokenization

/// A model of the type `tok:Boundless`, which is our own:
///
///     {"type": "tok:Boundless", "pattern": {"Regex": " ?[a-z]+"},
///      "lexicon": [["o", 0], ["f", 1], ["Ġ", 2], ["of", 3], …],
///      "events": [["merge", "o", "f"], ["merge", "Ġ", "of"], ["join", "Ġof", "Ġa"]]}
///
/// The pattern cuts what the pre-tokenizer `tok:MatchRuns` leaves together. Lexicon and events are as in
/// `tok:MergeEvents`; a join is of two tokens that are a pretoken each, or were joined.
extension ModelMembers {
  static let boundless = "tok:Boundless"

  func boundless() throws(VocabularyError) -> BoundlessDefinition {
    guard let lexicon else {
      throw VocabularyError(.missing, "the member `lexicon` is missing", offset: offset)
    }
    guard let events else {
      throw VocabularyError(.missing, "the member `events` is missing", offset: offset)
    }
    try refuseMembers(of: Self.boundless, besides: ["pattern"])
    let pattern = try option("pattern") { (pattern) throws(VocabularyError) in
      try pattern.splitPattern(.tokenizerJSON)
    }
    guard let pattern else {
      throw VocabularyError(.missing, "the member `pattern` is missing", offset: offset)
    }
    return BoundlessDefinition(
      words: MergeEventsDefinition(
        unit: .bytes, tokens: lexicon.texts, ids: lexicon.ids, passing: events.passing,
        events: events.events),
      joins: events.joins, pattern: pattern)
  }
}
