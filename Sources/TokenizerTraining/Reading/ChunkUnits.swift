internal import Tokenization
internal import TokenizerFormats
internal import UnicodeText

/// What a chunk of a source holds.
extension TextChunk {
  /// Gives each unit of text to `body`.
  ///
  /// - Throws: `input` for lines that are no JSON or lack the field; what `body` throws.
  func forEachUnit(
    of source: TrainingSource, _ body: (Span<UInt8>) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    guard case .jsonLines(_, let field) = source.content else {
      return try Self.forEachUnit(bytes.span, source.unit, body)
    }
    try forEachLine { (line, start) throws(TrainingError) in
      guard let text = try Self.text(field, of: line, source, offset: offset + start) else {
        return
      }
      try Self.forEachUnit(text.span, source.unit, body)
    }
  }

  /// Gives each line without its newline to `body`, with the place where it begins.
  func forEachLine(
    _ body: (Span<UInt8>, Int) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    let text = bytes.span
    var start = 0
    while start < text.count {
      let end = text.firstIndex(of: 0x0A, from: start) ?? text.count
      try body(text.extracting(start..<end), start)
      start = end + 1
    }
  }

  private static func forEachUnit(
    _ text: Span<UInt8>, _ unit: TrainingSource.Unit,
    _ body: (Span<UInt8>) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    if unit == .document { return try body(text) }
    var start = 0
    while start < text.count {
      let newline = text.firstIndex(of: 0x0A, from: start)
      let next = newline.map { $0 + 1 } ?? text.count
      var end = next
      if unit == .bareLine, newline != nil {
        end -= 1
        if end > start, text[end - 1] == 0x0D { end -= 1 }
      }
      if end > start { try body(text.extracting(start..<end)) }
      start = next
    }
  }

  /// The text in one line of JSON; nil for a line of white space.
  private static func text(
    _ field: [String], of line: Span<UInt8>, _ source: TrainingSource, offset: Int
  ) throws(TrainingError) -> [UInt8]? {
    var isBlank = true
    for index in 0..<line.count where ![0x20, 0x09, 0x0D].contains(line[index]) {
      isBlank = false
      break
    }
    if isBlank { return nil }
    var value: JSONValue
    do throws(VocabularyError) {
      value = try JSONValue(parsing: line, keepsLastOfSameKey: true)
    } catch {
      throw TrainingError(
        .input, error.message, place: source.name, offset: offset + (error.offset ?? 0))
    }
    let name = field.joined(separator: ".")
    for part in field {
      guard let member = value[part] else {
        throw TrainingError(.input, "no member `\(name)`", place: source.name, offset: offset)
      }
      value = member
    }
    guard case .string(let text) = value else {
      throw TrainingError(
        .input, "the member `\(name)` is not a string", place: source.name, offset: offset)
    }
    return Array(text.utf8)
  }
}

/// All units of sources, in order.
struct TrainingReader {
  private let sources: [TrainingSource]

  /// - Throws: `option` for word counts, which are no text.
  init(_ sources: [TrainingSource]) throws(TrainingError) {
    for source in sources {
      if case .wordCounts = source.content {
        throw TrainingError(.option, "word counts are no text", place: source.name)
      }
    }
    self.sources = sources
  }

  /// Gives each unit to `body`.
  ///
  /// - Throws: what is wrong with a source.
  func forEachUnit(
    _ body: (Span<UInt8>) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    var chunks = try TextChunks(sources, cutsLongUnits: false)
    while let chunk = try chunks.next() {
      try chunk.forEachUnit(of: sources[chunk.source], body)
    }
  }
}
