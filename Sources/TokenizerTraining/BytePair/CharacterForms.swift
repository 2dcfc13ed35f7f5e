/// The symbols of characters, which may differ at the beginning and end of a word.
struct CharacterForms {
  private let alphabet: MergeAlphabet
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  /// What was found already, by place in the word and character.
  private var known: [[UInt32]] = [[], [], [], []]
  private static let unmet = UInt32.max
  private static let none = UInt32.max - 1

  init(_ options: BPETrainer.Options, _ alphabet: MergeAlphabet) {
    self.alphabet = alphabet
    prefix = Array((options.continuingSubwordPrefix ?? "").utf8)
    suffix = Array((options.endOfWordSuffix ?? "").utf8)
  }

  /// The symbol of `character`, a new token where an affix makes one; nil for a character outside
  /// the alphabet.
  mutating func symbol(
    _ character: UInt32, isFirst: Bool, isLast: Bool, _ tokens: inout TokenTexts
  ) -> UInt32? {
    let form = (isFirst || prefix.isEmpty ? 0 : 1) + (isLast && !suffix.isEmpty ? 2 : 0)
    guard character != MergeAlphabet.none else { return nil }
    if known[form].isEmpty {
      known[form] = Array(repeating: Self.unmet, count: alphabet.characterLimit)
    }
    if known[form][Int(character)] == Self.unmet {
      known[form][Int(character)] = made(character, form, &tokens) ?? Self.none
    }
    let symbol = known[form][Int(character)]
    return symbol == Self.none ? nil : symbol
  }

  private func made(_ character: UInt32, _ form: Int, _ tokens: inout TokenTexts) -> UInt32? {
    let text = alphabet.bytes(of: character)
    guard let plain = tokens.id(of: text) else { return nil }
    if form == 0 { return plain }
    return tokens.insert((form & 1 != 0 ? prefix : []) + text + (form & 2 != 0 ? suffix : []))
  }
}
