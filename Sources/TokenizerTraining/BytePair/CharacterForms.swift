/// The symbols of characters, which may differ at the beginning and end of a word.
struct CharacterForms {
  private let alphabet: MergeAlphabet
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  /// What was found already, by place in the word and character.
  private var known = [ScalarTable<UInt32>](
    repeating: ScalarTable(absent: CharacterForms.unmet), count: 4)
  private static let unmet = UInt32.max
  private static let none = UInt32.max - 1

  init(_ options: BPETrainer.Options, _ alphabet: MergeAlphabet) {
    self.alphabet = alphabet
    prefix = Array((options.continuingSubwordPrefix ?? "").utf8)
    suffix = Array((options.endOfWordSuffix ?? "").utf8)
  }

  var hasAffixes: Bool { !prefix.isEmpty || !suffix.isEmpty }
  private var noted: Set<[UInt8]> = []
  /// What was looked at for it, by place in the word and character.
  private var isNoted = [ScalarTable<Bool>](repeating: ScalarTable(absent: false), count: 4)

  private func form(_ position: Int, of count: Int) -> Int {
    (position == 0 || prefix.isEmpty ? 0 : 1) + (position < count - 1 || suffix.isEmpty ? 0 : 2)
  }

  private func text(_ character: UInt32, _ form: Int) -> [UInt8] {
    (form & 1 != 0 ? prefix : []) + alphabet.bytes(of: character) + (form & 2 != 0 ? suffix : [])
  }

  /// The texts of the symbols that a required token is made of: within a word where it begins with the
  /// prefix, at its end where it ends with the suffix.
  func parts(of token: [UInt8]) -> [[UInt8]] {
    let continues = !prefix.isEmpty && token.count > prefix.count && token.starts(with: prefix)
    var bytes = Array(token[(continues ? prefix.count : 0)...])
    let ends =
      !suffix.isEmpty && bytes.count > suffix.count && bytes.suffix(suffix.count) == suffix[...]
    if ends { bytes.removeLast(suffix.count) }
    var characters: [UInt32] = []
    alphabet.append(bytes.span, to: &characters)
    characters.removeAll { $0 == MergeAlphabet.none }
    return characters.indices.map { position in
      text(
        characters[position],
        (continues || position > 0 && !prefix.isEmpty ? 1 : 0)
          + (ends && position == characters.count - 1 ? 2 : 0))
    }
  }

  /// Notes the characters of a word that have affixes.
  mutating func note(_ characters: [UInt32], _ tokens: TokenTexts) {
    for position in characters.indices where characters[position] != MergeAlphabet.none {
      let form = form(position, of: characters.count)
      if form == 0 { continue }
      if isNoted[form][characters[position]] { continue }
      isNoted[form][characters[position]] = true
      if tokens.id(of: alphabet.bytes(of: characters[position])) != nil {
        noted.insert(text(characters[position], form))
      }
    }
  }

  /// Makes tokens of what was noted, in the order of their bytes.
  mutating func insertNoted(into tokens: inout TokenTexts) {
    for text in noted.sorted(by: { $0.lexicographicallyPrecedes($1) }) { tokens.insert(text) }
  }

  /// The symbol of the character at `position` of a word of `count`; nil for one outside the
  /// alphabet.
  mutating func symbol(
    _ character: UInt32, _ position: Int, of count: Int, _ tokens: TokenTexts
  ) -> UInt32? {
    guard character != MergeAlphabet.none else { return nil }
    let form = form(position, of: count)
    if known[form][character] == Self.unmet {
      let isKept = tokens.id(of: alphabet.bytes(of: character)) != nil
      known[form][character] =
        isKept ? tokens.id(of: text(character, form)) ?? Self.none : Self.none
    }
    let symbol = known[form][character]
    return symbol == Self.none ? nil : symbol
  }
}
