internal import UnicodeText

/// What a vocabulary is made of, in counts.
public struct VocabularyMakeup: Hashable, Sendable {
  /// How many tokens have each length in bytes, from 0 on. Lengths are those of what decoding gives.
  public var lengths: [Int]
  /// How many tokens are written in each script, most first, by Unicode's names: a token is of the
  /// script that most of its letters have, of several the one that comes first in it. Tokens without
  /// letters are not among them.
  public var scripts: [Script]
  /// Tokens without letters of a script of their own: digits, signs, white space and the like.
  public var withoutLetters: Int
  /// Tokens of white space only.
  public var whiteSpace: Int
  /// Tokens of more than white space that begin with a space, or with U+2581, the mark for one.
  public var wordBeginnings: Int
  /// Tokens that continue a word, marked by a prefix as `##`.
  public var wordContinuations: Int
  /// Tokens that are not whole characters: of bytes that are not UTF-8.
  public var partsOfCharacters: Int
  /// How many of the 256 bytes have a token, so that nothing is unknown when all have: the byte itself,
  /// or, where text is characters, `<0x00>` to `<0xFF>`.
  public var bytes: Int
  public var added: Int
  public var special: Int
  /// Ids below the greatest that have no token.
  public var holes: Int

  public struct Script: Hashable, Sendable {
    public var name: String
    public var tokens: Int
  }
}

extension Tokenizer {
  /// Counts what the vocabulary is made of. Special tokens are counted as such, and in `lengths` and
  /// `holes`; not among scripts, white space and the like.
  ///
  /// - Complexity: O(*b*) in the bytes of all tokens.
  public func makeup() -> VocabularyMakeup {
    var makeup = VocabularyMakeup(
      lengths: [], scripts: [], withoutLetters: 0, whiteSpace: 0, wordBeginnings: 0,
      wordContinuations: 0, partsOfCharacters: 0, bytes: 0, added: pipeline.addedTokens.count,
      special: 0, holes: 0)
    let table = ScriptTable()
    let prefix = pipeline.decoder.continuingPrefix
    var scripts = [Int](repeating: 0, count: table.names.count)
    for id in 0..<TokenID(idCount) {
      guard let bytes = bytes(of: id) else {
        makeup.holes += 1
        continue
      }
      while makeup.lengths.count <= bytes.count { makeup.lengths.append(0) }
      makeup.lengths[bytes.count] += 1
      if isSpecial(id) {
        makeup.special += 1
        continue
      }
      if isByte(id) {
        makeup.bytes += 1
        if !model.isByteLevel { continue }
      }
      let letters = TokenLetters(of: bytes.span, table)
      if !letters.isText { makeup.partsOfCharacters += 1 }
      if letters.beginsWord, !letters.isWhiteSpace { makeup.wordBeginnings += 1 }
      if !prefix.isEmpty, bytes.starts(with: prefix) { makeup.wordContinuations += 1 }
      if letters.isWhiteSpace { makeup.whiteSpace += 1 }
      if let script = letters.script {
        scripts[script] += 1
      } else if letters.isText {
        makeup.withoutLetters += 1
      }
    }
    makeup.scripts = scripts.indices.filter { scripts[$0] > 0 }
      .map { VocabularyMakeup.Script(name: table.names[$0], tokens: scripts[$0]) }
      .sorted { ($1.tokens, $0.name) < ($0.tokens, $1.name) }
    return makeup
  }

  /// Whether a token stands for one byte: see ``VocabularyMakeup/bytes``.
  func isByte(_ id: TokenID) -> Bool {
    let range = vocabulary.range(of: id)
    if model.isByteLevel { return range.count == 1 }
    guard range.count == 6, let bytes = bytes(of: id), byte(named: bytes) != nil else {
      return false
    }
    if !vocabulary.isSpelled(id) { return true }
    guard let byteIDs = (model as? UnigramModel)?.byteIDs else { return false }
    return (0..<byteIDs.count).contains { byteIDs[$0] == id }
  }
}

extension TokenDecoder {
  /// What marks tokens that continue a word; empty where nothing does.
  fileprivate var continuingPrefix: [UInt8] {
    if case .wordPiece(let prefix, _) = self { Array(prefix.utf8) } else { [] }
  }
}

/// The byte that a token such as `<0x0A>` stands for.
func byte(named name: [UInt8]) -> UInt8? {
  guard name.count == 6, let value = UInt8(String(decoding: name[3..<5], as: UTF8.self), radix: 16),
    CharacterPairDefinition.nameOfByte(value) == name
  else { return nil }
  return value
}

/// What the characters of a token are.
private struct TokenLetters {
  /// All of it is UTF-8.
  var isText = true
  var isWhiteSpace: Bool
  var beginsWord = false
  /// The script of most letters.
  var script: Int?

  init(of token: Span<UInt8>, _ table: ScriptTable) {
    let classes = ScalarClassTable.shared
    isWhiteSpace = token.count > 0
    var counts: [(script: Int, count: Int)] = []
    var place = 0
    while place < token.count {
      let scalar = decodeScalar(in: token, at: place)
      let isSpace = scalar.value == 0x20 || scalar.value == 0x2581
      if place == 0 { beginsWord = isSpace && token.count > scalar.length }
      place += scalar.length
      guard scalar.isValid else {
        isText = false
        isWhiteSpace = false
        continue
      }
      switch classes.scalarClass(of: scalar.value) {
      case .zs, .zl, .zp, .lineBreakControl, .spaceControl: continue
      case .lu, .ll, .lt, .lm, .lo, .mc, .mn, .me:
        if let script = table.script(of: scalar.value), table.isOfOneScript(script) {
          if let index = counts.firstIndex(where: { $0.script == script }) {
            counts[index].count += 1
          } else {
            counts.append((script, 1))
          }
        }
      default: break
      }
      if !isSpace { isWhiteSpace = false }
    }
    var most = 0
    for (script, count) in counts where count > most {
      most = count
      self.script = script
    }
  }
}
