internal import UnicodeText

/// Which strings may be tokens: how long they are, where they have spaces, and that their letters are of
/// one script.
///
/// Characters are given by their place in a list that is made once, so that each is classified once.
struct SentencePieceValidity: Sendable {
  /// What is asked of a character.
  private struct Character: Sendable {
    /// `any` joins all others, `inherited` is of the script of what stands before.
    var script: Int16
    var isSpaceMark = false
    var isDigit = false
    var isRefused = false
    /// Joins all of its script.
    var isPlain = false
  }

  private static let any: Int16 = -1
  private static let inherited: Int16 = -2

  private let characters: [Character]
  private let options: SentencePieceTrainingOptions

  /// - Parameter characters: code points; what is asked about is places in this list.
  init(_ characters: [UInt32], _ options: SentencePieceTrainingOptions) {
    let table = ScriptTable()
    let numbers = Dictionary(
      uniqueKeysWithValues: table.names.enumerated().map { ($1, Int16($0)) })
    func script(_ scalar: UInt32) -> Int16 {
      // The sign that makes a vowel long.
      if scalar == 0x30FC { return numbers["Han"] ?? 0 }
      guard let number = table.script(of: scalar) else { return numbers["Common"] ?? 0 }
      switch table.names[number] {
      case "Hiragana", "Katakana": return numbers["Han"] ?? 0
      case "Inherited": return Self.inherited
      case "Unknown": return numbers["Common"] ?? 0
      default: return Int16(number)
      }
    }
    self.options = options
    self.characters = characters.map { scalar in
      let isDigit = Self.isDigit(scalar)
      var character = Character(
        script: isDigit && !options.splitByNumber ? Self.any : script(scalar),
        isSpaceMark: scalar == SentencePieceWords.spaceMark, isDigit: isDigit,
        isRefused: [0, SentencePieceWords.boundary, 0x20, 0x2585].contains(scalar)
          || scalar > 0x10FFFF
          || (0xD800..<0xE000).contains(scalar))
      character.isPlain =
        character.script >= 0 && !character.isSpaceMark && !character.isRefused
        && !(isDigit && options.splitDigits)
      return character
    }
  }

  static func isDigit(_ scalar: UInt32) -> Bool {
    (0x30...0x39).contains(scalar) || (0xFF10...0xFF19).contains(scalar)
  }

  /// What a string is of where its characters are all alike, so that most pairs of strings are soon known to
  /// make a token.
  struct Kind: BitwiseCopyable, Sendable {
    /// The script of all characters; negative where there is no such.
    fileprivate var script: Int16
    /// A space stands before them, where it may.
    fileprivate var hasSpaceMark: Bool

    /// Whether a token of this kind with one of the other behind it is valid, but for its length. False also
    /// where that is not known.
    @inline(__always)
    func mayGoOn(with other: Kind) -> Bool {
      script >= 0 && script == other.script && !other.hasSpaceMark
    }
  }

  /// What the characters at these places of the list are together.
  func kind(ofLetters letters: some Collection<UInt32>) -> Kind {
    var kind = Kind(script: -1, hasSpaceMark: false)
    for (place, letter) in letters.enumerated() {
      let character = characters[Int(letter)]
      if place == 0, character.isSpaceMark, !options.treatWhitespaceAsSuffix,
        !options.allowWhitespaceOnlyPieces
      {
        kind.hasSpaceMark = true
      } else if !character.isPlain
        || place > (kind.hasSpaceMark ? 1 : 0) && character.script != kind.script
      {
        return Kind(script: -1, hasSpaceMark: false)
      } else {
        kind.script = character.script
      }
    }
    return kind
  }

  var maximumLength: Int { options.maxSentencepieceLength }

  /// Whether the characters at these places of the list may be a token.
  ///
  /// - Complexity: O(*n*) in the length.
  func isValid(_ string: some RandomAccessCollection<UInt32>) -> Bool {
    isValid(count: string.count) { string[string.index(string.startIndex, offsetBy: $0)] }
  }

  /// The same, of `count` characters that `letter` gives by their place.
  @inline(__always)
  func isValid(count: Int, _ letter: (Int) -> UInt32) -> Bool {
    guard count > 0, count <= options.maxSentencepieceLength else { return false }
    var before = Self.any
    var spaceMarks = 0
    for place in 0..<count {
      let character = characters[Int(letter(place))]
      if character.isRefused { return false }
      if character.isSpaceMark {
        spaceMarks += 1
        if !mayStand(at: place, of: count), !options.allowWhitespaceOnlyPieces { return false }
        continue
      }
      if options.splitDigits, character.isDigit, count > 1 { return false }
      let script = character.script == Self.inherited ? before : character.script
      if options.splitByUnicodeScript, script != Self.any, before != Self.any, script != before {
        return false
      }
      before = script
    }
    if options.allowWhitespaceOnlyPieces, spaceMarks > 0, spaceMarks < count {
      for place in 0..<count where characters[Int(letter(place))].isSpaceMark {
        if !mayStand(at: place, of: count) { return false }
      }
    }
    return true
  }

  /// Whether any token may have `second` behind `first`.
  func mayJoin(_ first: UInt32, _ second: UInt32) -> Bool {
    let (left, right) = (characters[Int(first)], characters[Int(second)])
    if left.isPlain, right.isPlain, left.script == right.script { return true }
    if left.isRefused || right.isRefused { return false }
    if options.splitDigits, left.isDigit || right.isDigit { return false }
    if left.isSpaceMark || right.isSpaceMark {
      if !options.splitByWhitespace || left.isSpaceMark && right.isSpaceMark { return true }
      return options.treatWhitespaceAsSuffix ? right.isSpaceMark : left.isSpaceMark
    }
    return !options.splitByUnicodeScript || left.script < 0 || right.script < 0
      || left.script == right.script
  }

  /// Whether a space may stand there beside other characters.
  private func mayStand(at place: Int, of count: Int) -> Bool {
    if options.treatWhitespaceAsSuffix {
      return options.splitByWhitespace ? place == count - 1 : place > 0 || count == 1
    }
    return options.splitByWhitespace ? place == 0 : place == 0 || place < count - 1
  }
}
