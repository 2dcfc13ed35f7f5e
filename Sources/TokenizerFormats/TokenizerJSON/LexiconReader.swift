import Tokenization

/// A model of the type `tok:LessIsBetter`, which is our own:
///
///     {"type": "tok:LessIsBetter", "reading": "longest", "character_limit": 10,
///      "subunit_depth": 0, "unknown": 2, "lexicon": [["Ġthe", 1], ["a", 0]]}
///
/// The lexicon is pairs of a unit and its id, best first. Units are in the byte alphabet whatever the
/// pre-tokenizer is, so that any bytes can stand there. The reading `counterfactual` has
/// `skips_lone_units` in the place of `character_limit`.
extension ModelMembers {
  static let lessIsBetter = "tok:LessIsBetter"

  func lessIsBetter() throws(VocabularyError) -> LessIsBetterDefinition {
    guard let lexicon else {
      throw VocabularyError(.missing, "the member `lexicon` is missing", offset: offset)
    }
    try refuseMembers(
      of: Self.lessIsBetter,
      besides: ["reading", "character_limit", "skips_lone_units", "subunit_depth", "unknown"])
    return LessIsBetterDefinition(
      tokens: lexicon.texts, ids: lexicon.ids,
      unknown: try option("unknown") { (id) throws(VocabularyError) in try id.tokenID() },
      reading: try reading(),
      subunitDepth: try option("subunit_depth") { (depth) throws(VocabularyError) in
        try depth.integer()
      } ?? 0)
  }

  private func reading() throws(VocabularyError) -> LessIsBetterDefinition.Reading {
    let limit = try option("character_limit") { (limit) throws(VocabularyError) in
      try limit.integer()
    }
    let skipsLoneUnits = try flag("skips_lone_units")
    let reading = try option("reading") {
      (value) throws(VocabularyError) -> LessIsBetterDefinition.Reading in
      switch try value.text() {
      case "longest": return .longest(characterLimit: limit)
      case "counterfactual": return .counterfactual(skipsLoneUnits: skipsLoneUnits)
      case let name:
        throw VocabularyError(
          .unsupported, "the reading `\(name)`; read are longest, counterfactual")
      }
    }
    guard let reading else {
      throw VocabularyError(.missing, "the member `reading` is missing", offset: offset)
    }
    return reading
  }
}

/// Units in the order of their ranks: their bytes, each once, and the id of each.
struct Lexicon {
  var texts = ByteStrings()
  var ids: [TokenID] = []
}

/// Reads an array of pairs of a unit in the byte alphabet and its id, `[["Ġthe", 0], …]`.
///
/// - Throws: `malformed` for a unit outside the alphabet, `duplicate` for one that stands twice. Ids are
///   compared later.
/// - Complexity: O(*n*) in the bytes read.
func readLexicon(_ reader: inout JSONReader) throws(VocabularyError) -> Lexicon {
  var lexicon = Lexicon()
  var text: [UInt8] = []
  var unit: [UInt8] = []
  try reader.enterArray()
  while try reader.nextElement() {
    let offset = reader.offset
    do throws(VocabularyError) {
      text.removeAll(keepingCapacity: true)
      unit.removeAll(keepingCapacity: true)
      var count = 0
      try reader.enterArray()
      while try reader.nextElement() {
        count += 1
        switch count {
        case 1: reader.append(try reader.readString(), to: &text)
        case 2: lexicon.ids.append(try reader.readID())
        default: try reader.skipValue()
        }
      }
      guard count == 2 else {
        throw VocabularyError(
          .malformed, "found \(count) values where a unit and its id are expected")
      }
      guard ByteAlphabet.appendBytes(of: text.span, to: &unit) else {
        throw VocabularyError(
          .malformed, "`\(String(decoding: text, as: UTF8.self))` is not in the byte alphabet")
      }
      guard lexicon.texts.bytes.count + unit.count <= UInt32.max else {
        throw VocabularyError(.limit, "more than \(UInt32.max) bytes of units")
      }
    } catch { throw error.at(offset).under("[\(lexicon.texts.count)]") }
    lexicon.texts.append(unit)
  }
  if let place = ByteStringIndex(lexicon.texts).duplicates.first {
    var text: [UInt8] = []
    ByteAlphabet.appendText(of: lexicon.texts[place].span, to: &text)
    throw VocabularyError(
      .duplicate, "the unit `\(String(decoding: text, as: UTF8.self))` stands twice",
      path: "[\(place)]")
  }
  return lexicon
}
