import SplitPatterns
import Tokenization
import UnicodeText

extension TokenizerDefinition {
  /// The member `model`.
  func modelJSON() throws(VocabularyError) -> [UInt8] {
    switch model {
    case let model as BytePairDefinition: try json(model)
    case let model as CharacterPairDefinition: try json(model)
    case let model as UnigramDefinition: try json(model)
    case let model as WordPieceDefinition:
      json(
        [
          ("type", "WordPiece"), ("unk_token", text(of: model.unknown)),
          (
            "continuing_subword_prefix",
            .string(String(decoding: model.continuingPrefix, as: UTF8.self))
          ),
          ("max_input_chars_per_word", JSONValue(model.maximumCharacterCount)),
        ], entries(model.tokens, model.ids), merges: nil)
    case let model as WordLevelDefinition:
      json(
        [("type", "WordLevel"), ("unk_token", text(of: model.unknown))],
        entries(model.tokens, model.ids), merges: nil)
    case let model as LessIsBetterDefinition: json(model)
    case let model as MergeEventsDefinition: json(model)
    case let model as BoundlessDefinition: try json(model)
    default: throw VocabularyError.noModel(self, in: .tokenizerJSON)
    }
  }

  // MARK: - Models

  private func json(_ model: BytePairDefinition) throws(VocabularyError) -> [UInt8] {
    let texts = model.textsInByteAlphabet()
    let merges = try model.listedMerges()
    return json(
      pairOptions(
        unknown: model.unknown, fuses: model.fusesUnknown, prefix: [], suffix: [],
        fallsBack: false, takesWhole: model.takesWholePretokens),
      entries(texts, model.ids), merges: self.texts(of: merges, texts, model.ids))
  }

  private func json(_ model: CharacterPairDefinition) throws(VocabularyError) -> [UInt8] {
    let merges: [BytePairDefinition.Merge]
    switch model.merges {
    case .listed(let listed): merges = listed
    case .byScore: merges = try model.listedMerges()
    }
    return json(
      pairOptions(
        unknown: model.unknown, fuses: model.fusesUnknown, prefix: model.continuingPrefix,
        suffix: model.endSuffix, fallsBack: model.fallsBackToBytes,
        takesWhole: model.takesWholePretokens),
      entries(model.tokens, model.ids), merges: texts(of: merges, model.tokens, model.ids))
  }

  private func pairOptions(
    unknown: TokenID?, fuses: Bool, prefix: [UInt8], suffix: [UInt8], fallsBack: Bool,
    takesWhole: Bool
  ) -> [(String, JSONValue)] {
    let affix = { (affix: [UInt8]) -> JSONValue in
      affix.isEmpty ? .null : .string(String(decoding: affix, as: UTF8.self))
    }
    return [
      ("type", "BPE"), ("dropout", pipeline.dropout.map { .number("\($0)") } ?? .null),
      ("unk_token", unknown.map { text(of: $0) } ?? .null),
      ("continuing_subword_prefix", affix(prefix)), ("end_of_word_suffix", affix(suffix)),
      ("fuse_unk", .bool(fuses)), ("byte_fallback", .bool(fallsBack)),
      ("ignore_merges", .bool(takesWhole)),
    ]
  }

  /// The ids of tokens are their places, so that there may be no hole.
  private func json(_ model: UnigramDefinition) throws(VocabularyError) -> [UInt8] {
    var file = Array(#"{"type":"Unigram","unk_id":"#.utf8)
    file += Array((model.unknown.map { "\($0)" } ?? "null").utf8)
    file += Array(",\"vocab\":[".utf8)
    let order = model.ids.indices.sorted { model.ids[$0] < model.ids[$1] }
    for (id, place) in order.enumerated() {
      guard Int(model.ids[place]) == id else {
        throw VocabularyError(
          .inexpressible,
          "no token has the id \(id), and ids are places in a tokenizer.json's Unigram")
      }
      if id > 0 { file.append(UInt8(ascii: ",")) }
      file.append(UInt8(ascii: "["))
      appendString(model.tokens[place], to: &file)
      file += Array(",\(scoreDigits(model.scores[place]))]".utf8)
    }
    file += Array("],\"byte_fallback\":\(model.byteFallback)}".utf8)
    return file
  }

  /// A type of our own; ``ModelMembers`` reads it.
  private func json(_ model: LessIsBetterDefinition) -> [UInt8] {
    let number = { (number: Int) in JSONValue(max(0, number)) }
    var options: [(String, JSONValue)] = [("type", .string(ModelMembers.lessIsBetter))]
    switch model.reading {
    case .longest(let limit):
      options += [("reading", "longest"), ("character_limit", limit.map(number) ?? .null)]
    case .counterfactual(let skipsLoneUnits):
      options += [("reading", "counterfactual"), ("skips_lone_units", .bool(skipsLoneUnits))]
    }
    options += [
      ("subunit_depth", number(model.subunitDepth)),
      ("unknown", model.unknown.map { JSONValue($0) } ?? .null),
    ]
    return lexiconJSON(options, model) + Array("}".utf8)
  }

  /// A type of our own; ``ModelMembers`` reads it.
  private func json(_ model: MergeEventsDefinition) -> [UInt8] {
    var file = lexiconJSON(
      [
        ("type", .string(ModelMembers.mergeEvents)),
        ("unit", model.unit == .bytes ? "bytes" : "characters"),
        ("ignore_events", .bool(model.takesWholePretokens)),
        ("unknown", model.unknown.map { JSONValue($0) } ?? .null),
        ("fuse_unknown", .bool(model.fusesUnknown)),
        ("byte_fallback", .bool(model.fallsBackToBytes)),
        ("unmatched", .array(model.unmatched.map { JSONValue(model.ids[$0]) })),
      ], model)
    file += Array(",\"events\":[".utf8)
    for (place, event) in model.events.enumerated() {
      append(EventKind(event.kind), event.parts, of: model, isFirst: place == 0, to: &file)
    }
    return file + Array("]}".utf8)
  }

  /// A type of our own; ``ModelMembers`` reads it.
  private func json(_ model: BoundlessDefinition) throws(VocabularyError) -> [UInt8] {
    guard let pattern = model.pattern.inOniguruma() else {
      throw VocabularyError(
        .inexpressible, "the pattern `\(model.pattern.source)` has no form in Oniguruma's syntax")
    }
    let words = model.words
    var file = lexiconJSON(
      [("type", .string(ModelMembers.boundless)), ("pattern", TokenizerFormats.json(pattern))],
      model)
    file += Array(",\"events\":[".utf8)
    var joins = model.joins[...]
    for place in 0...words.events.count {
      while let join = joins.first, join.eventCount == place {
        append(
          .join, [join.left, join.right], of: words,
          isFirst: place == 0 && joins.count == model.joins.count, to: &file)
        joins.removeFirst()
      }
      guard place < words.events.count else { break }
      append(
        EventKind(words.events[place].kind), words.events[place].parts, of: words,
        isFirst: place == 0 && joins.count == model.joins.count, to: &file)
    }
    return file + Array("]}".utf8)
  }

  private func append(
    _ kind: EventKind, _ parts: [UInt32], of model: MergeEventsDefinition, isFirst: Bool,
    to file: inout [UInt8]
  ) {
    file += Array((isFirst ? "[" : ",[").utf8)
    appendString(Array(kind.rawValue.utf8), to: &file)
    for part in parts {
      file.append(UInt8(ascii: ","))
      appendString(inByteAlphabet(model.text(of: part)), to: &file)
    }
    file.append(UInt8(ascii: "]"))
  }

  /// The options of a model and its `lexicon`, without the brace at the end.
  private func lexiconJSON(
    _ options: [(String, JSONValue)], _ model: any ModelDefinition
  ) -> [UInt8] {
    var file = JSONValue.object(options.map { JSONValue.Member(key: $0.0, value: $0.1) }).write()
    file.removeLast()
    file += Array(",\"lexicon\":[".utf8)
    for (rank, id) in model.ids.enumerated() {
      file += Array((rank > 0 ? ",[" : "[").utf8)
      appendString(inByteAlphabet(model.tokens.bytes[model.tokens.range(rank)]), to: &file)
      file += Array(",\(id)]".utf8)
    }
    return file + Array("]".utf8)
  }

  private func inByteAlphabet(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    ByteAlphabet.appendText(of: bytes.span, to: &text)
    return text
  }

  // MARK: - Parts

  /// The entries of `vocab`, in the order of ids. Added tokens are among them unless the library would
  /// give them their ids itself, one behind another from the number of entries on.
  private func entries(_ tokens: ByteStrings, _ ids: [TokenID]) -> [Entry] {
    var entries = ids.enumerated().map { place, id in Entry(id: id, text: tokens[place]) }
    let own = Set(ids)
    let added = pipeline.addedTokens.filter { !own.contains($0.id) }.sorted { $0.id < $1.id }
    let areNext = added.enumerated().allSatisfy { Int($1.id) == entries.count + $0 }
    if !areNext { entries += added.map { Entry(id: $0.id, text: Array($0.content.utf8)) } }
    return entries.sorted { $0.id < $1.id }
  }

  /// The model: options, `vocab`, and pairs of `merges`.
  private func json(
    _ options: [(String, JSONValue)], _ entries: [Entry], merges: [(left: [UInt8], right: [UInt8])]?
  ) -> [UInt8] {
    var file: [UInt8] = []
    for (key, value) in options {
      file += Array((file.isEmpty ? "{" : ",").utf8)
      file += JSONValue.string(key).write() + Array(":".utf8) + value.write()
    }
    file += Array(",\"vocab\":{".utf8)
    for (place, entry) in entries.enumerated() {
      if place > 0 { file.append(UInt8(ascii: ",")) }
      appendString(entry.text, to: &file)
      file += Array(":\(entry.id)".utf8)
    }
    file += Array("}".utf8)
    if let merges {
      file += Array(",\"merges\":[".utf8)
      for (rank, merge) in merges.enumerated() {
        file += Array((rank > 0 ? ",[" : "[").utf8)
        appendString(merge.left, to: &file)
        file += Array(",".utf8)
        appendString(merge.right, to: &file)
        file += Array("]".utf8)
      }
      file += Array("]".utf8)
    }
    return file + Array("}".utf8)
  }

  private func texts(
    of merges: [BytePairDefinition.Merge], _ texts: ByteStrings, _ ids: [TokenID]
  ) -> [(left: [UInt8], right: [UInt8])] {
    let places = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
    return merges.compactMap { merge in
      guard let left = places[merge.left], let right = places[merge.right] else { return nil }
      return (texts[left], texts[right])
    }
  }

  private func appendString(_ text: [UInt8], to file: inout [UInt8]) {
    file += JSONValue.string(String(decoding: text, as: UTF8.self)).write()
  }

  /// The text of a token as the file spells it.
  private func text(of id: TokenID) -> JSONValue {
    guard let place = model.ids.firstIndex(of: id) else {
      let added = pipeline.addedTokens.first { $0.id == id }
      return added.map { .string($0.content) } ?? .null
    }
    let text =
      (model as? BytePairDefinition)?.textsInByteAlphabet()[place] ?? model.tokens[place]
    return .string(String(decoding: text, as: UTF8.self))
  }
}
