internal import TokenizerFormats

/// Tokens that are there whatever the text is: unknown, control tokens, the user's symbols, bytes.
struct SentencePieceReserved: Sendable {
  /// The text and type of each, by id.
  private(set) var tokens: [Int: (text: String, type: SentencePieceFile.TokenType)] = [:]

  /// - Throws: `option` for ids or texts that do not go together.
  init(_ options: SentencePieceTrainingOptions) throws(TrainingError) {
    let roles = [
      ("unkID", options.unkID, options.unkPiece), ("bosID", options.bosID, options.bosPiece),
      ("eosID", options.eosID, options.eosPiece), ("padID", options.padID, options.padPiece),
    ]
    for (name, id, text) in roles where id >= 0 {
      guard id < options.vocabSize else {
        throw TrainingError(.option, "\(id) where ids are below \(options.vocabSize)", place: name)
      }
      guard tokens[id] == nil else {
        throw TrainingError(.option, "the id \(id) is taken already", place: name)
      }
      guard name == "unkID" || options.unkID < 0 || text != options.unkPiece else {
        throw TrainingError(.option, "`\(text)` is the unknown token", place: name)
      }
      tokens[id] = (text, text == options.unkPiece ? .unknown : .control)
    }
    guard tokens.values.contains(where: { $0.type == .unknown }) else {
      throw TrainingError(.option, "there must be an unknown token", place: "unkID")
    }
    try addSymbols(options, roles.map { ($0.1, $0.2) })
    guard tokens.count <= options.vocabSize else {
      throw TrainingError(
        .option, "\(options.vocabSize) where \(tokens.count) tokens are asked for by other options",
        place: "vocabSize")
    }
  }

  private mutating func addSymbols(
    _ options: SentencePieceTrainingOptions, _ roles: [(id: Int, text: String)]
  ) throws(TrainingError) {
    var seen: Set<[UInt8]> = []
    var next = 0
    func isSame(_ text: String, _ other: String) -> Bool { text.utf8.elementsEqual(other.utf8) }
    func add(
      _ text: String, _ type: SentencePieceFile.TokenType, _ place: String,
      to tokens: inout [Int: (text: String, type: SentencePieceFile.TokenType)]
    ) throws(TrainingError) {
      guard !text.isEmpty else { throw TrainingError(.option, "an empty token", place: place) }
      guard seen.insert(Array(text.utf8)).inserted else {
        throw TrainingError(.option, "`\(text)` stands there twice", place: place)
      }
      guard !isSame(text, options.unkPiece) else {
        throw TrainingError(.option, "`\(text)` is the unknown token", place: place)
      }
      if let role = roles.dropFirst().first(where: { $0.id >= 0 && isSame($0.text, text) }) {
        tokens[role.id] = (text, type)
        return
      }
      while tokens[next] != nil { next += 1 }
      tokens[next] = (text, type)
    }
    for text in options.controlSymbols { try add(text, .control, "controlSymbols", to: &tokens) }
    for text in options.userDefinedSymbols {
      try add(text, .userDefined, "userDefinedSymbols", to: &tokens)
    }
    guard options.byteFallback else { return }
    let digits = Array("0123456789ABCDEF")
    for byte in 0..<256 {
      try add("<0x\(digits[byte >> 4])\(digits[byte & 15])>", .byte, "byteFallback", to: &tokens)
    }
  }

  /// Finds them in words.
  var matcher: Matcher { Matcher(tokens.values.map(\.text)) }

  /// Where the longest of some texts that begins at `place` of `text` ends; nil if none does.
  struct Matcher {
    /// The texts by their first byte, longer ones first.
    private var byFirst = [[[UInt8]]](repeating: [], count: 256)
    private var isFirst = [Bool](repeating: false, count: 256)
    /// Whether some text has a space or U+2581, which are the same in words.
    let hasSpaces: Bool

    /// - Parameter texts: empty ones are found nowhere.
    init(_ texts: [String]) {
      hasSpaces = texts.contains {
        $0.unicodeScalars.contains { $0 == " " || $0.value == SentencePieceWords.spaceMark }
      }
      for text in texts where !text.isEmpty {
        let bytes = Array(text.utf8)
        byFirst[Int(bytes[0])].append(bytes)
        isFirst[Int(bytes[0])] = true
      }
      for first in byFirst.indices { byFirst[first].sort { $0.count > $1.count } }
    }

    @inline(__always)
    func end(in text: Span<UInt8>, at place: Int) -> Int? {
      isFirst[Int(text[place])] ? longest(in: text, at: place) : nil
    }

    private func longest(in text: Span<UInt8>, at place: Int) -> Int? {
      for symbol in byFirst[Int(text[place])] where symbol.count <= text.count - place {
        if symbol.indices.allSatisfy({ symbol[$0] == text[place + $0] }) {
          return place + symbol.count
        }
      }
      return nil
    }
  }
}
