import Tokenization

/// A model of the type `tok:MergeEvents`, which is our own:
///
///     {"type": "tok:MergeEvents", "unit": "bytes", "ignore_events": true, "unknown": null,
///      "fuse_unknown": false, "byte_fallback": false, "unmatched": [],
///      "lexicon": [["t", 0], ["h", 1], ["the", 2]],
///      "events": [["merge", "t", "h"], ["merge", "th", "e"], ["split", "t", "h"]]}
///
/// The lexicon is pairs of a token and its id. An event says what happens and which parts become, or
/// come of, the text that they are together; a text that is not in the lexicon only passes by. Texts
/// are in the byte alphabet whatever the pre-tokenizer is, so that any bytes can stand there.
extension ModelMembers {
  static let mergeEvents = "tok:MergeEvents"

  func mergeEvents() throws(VocabularyError) -> MergeEventsDefinition {
    guard let lexicon else {
      throw VocabularyError(.missing, "the member `lexicon` is missing", offset: offset)
    }
    guard let events else {
      throw VocabularyError(.missing, "the member `events` is missing", offset: offset)
    }
    try refuseMembers(
      of: Self.mergeEvents,
      besides: [
        "unit", "ignore_events", "unknown", "fuse_unknown", "byte_fallback", "unmatched",
      ])
    return MergeEventsDefinition(
      unit: try unit(), tokens: lexicon.texts, ids: lexicon.ids, unmatched: try unmatched(lexicon),
      passing: events.passing, events: events.events,
      takesWholePretokens: try flag("ignore_events"), fallsBackToBytes: try flag("byte_fallback"),
      unknown: try option("unknown") { (id) throws(VocabularyError) in try id.tokenID() },
      fusesUnknown: try flag("fuse_unknown"))
  }

  private func unit() throws(VocabularyError) -> MergeEventsDefinition.Unit {
    let unit = try option("unit") {
      (value) throws(VocabularyError) -> MergeEventsDefinition.Unit in
      switch try value.text() {
      case "bytes": return .bytes
      case "characters": return .characters
      case let name:
        throw VocabularyError(.unsupported, "the unit `\(name)`; read are bytes, characters")
      }
    }
    guard let unit else {
      throw VocabularyError(.missing, "the member `unit` is missing", offset: offset)
    }
    return unit
  }

  /// The places of the tokens whose ids are listed.
  private func unmatched(_ lexicon: Lexicon) throws(VocabularyError) -> [Int] {
    let ids = try option("unmatched") { (value) throws(VocabularyError) in
      try value.each { (id) throws(VocabularyError) in try id.tokenID() }
    }
    let listed = Set(ids ?? [])
    return lexicon.ids.indices.filter { listed.contains(lexicon.ids[$0]) }
  }
}

/// What an event is called in a file.
enum EventKind: String {
  case merge, split, join

  init(_ kind: MergeEventsDefinition.Event.Kind) {
    self =
      switch kind {
      case .merge: .merge
      case .split: .split
      }
  }
}

/// Reads an array of events, `[["merge", "t", "h"], …]`.
///
/// - Parameter allowsJoins: `["join", "Ġof", "Ġthe"]` is an event, too.
/// - Throws: `unsupported` for an event of another name, `malformed` for a text outside the byte
///   alphabet. Whether events fit together is looked at later.
/// - Complexity: O(*n*) in the bytes read.
func readEvents(
  _ reader: inout JSONReader, _ lexicon: Lexicon, allowsJoins: Bool
) throws(VocabularyError) -> TextEvents {
  var events = TextEvents(tokens: lexicon.texts)
  var text: [UInt8] = []
  var byteCount = 0
  try reader.enterArray()
  while try reader.nextElement() {
    let offset = reader.offset
    do throws(VocabularyError) {
      var kind: EventKind?
      var parts: [[UInt8]] = []
      try reader.enterArray()
      while try reader.nextElement() {
        text.removeAll(keepingCapacity: true)
        reader.append(try reader.readString(), to: &text)
        let spelled = String(decoding: text, as: UTF8.self)
        if kind == nil {
          kind = EventKind(rawValue: spelled)
          if kind == nil || kind == .join && !allowsJoins {
            throw VocabularyError(
              .unsupported,
              "the event `\(spelled)`; read are merge, split\(allowsJoins ? ", join" : "")")
          }
          continue
        }
        var part: [UInt8] = []
        guard ByteAlphabet.appendBytes(of: text.span, to: &part) else {
          throw VocabularyError(.malformed, "`\(spelled)` is not in the byte alphabet")
        }
        byteCount += part.count
        parts.append(part)
      }
      guard let kind, parts.count > 1 else {
        throw VocabularyError(
          .malformed, "found \(parts.count) parts where two or more are expected")
      }
      guard byteCount <= UInt32.max else {
        throw VocabularyError(.limit, "more than \(UInt32.max) bytes of parts")
      }
      switch kind {
      case .merge: events.append(.merge, parts)
      case .split: events.append(.split, parts)
      case .join:
        guard parts.count == 2 else {
          throw VocabularyError(.malformed, "found \(parts.count) parts where two are joined")
        }
        events.appendJoin(parts[0], parts[1])
      }
    } catch {
      throw error.at(offset).under("[\(events.events.count + events.joins.count)]")
    }
  }
  return events
}
