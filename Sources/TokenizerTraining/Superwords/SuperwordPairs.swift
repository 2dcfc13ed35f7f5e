/// Which tokens may be made over spaces: those of few words, and without a colon before a space. Of
/// equally frequent pairs the one of lower symbols comes first, as in `AllPairs`.
struct SuperwordPairs: PairChoice, ~Copyable {
  /// What has to be known of a token.
  struct Makeup: BitwiseCopyable {
    /// How many parts there are between spaces.
    var wordCount: UInt32 = 0
    var beginsWithSpace = false
    var endsWithSpace = false
    var endsWithColon = false
    var hasColonBeforeSpace = false
  }

  private var makeups = GrowingArray<Makeup>()
  private let options: SuperBPEOptions
  /// Whether pairs may join words; else all are allowed.
  private let joinsWords: Bool
  /// Whether a pair was met that must not be merged.
  private(set) var hasRefused = false

  init(_ options: SuperBPEOptions, joinsWords: Bool, _ tokens: TokenTexts) {
    self.options = options
    self.joinsWords = joinsWords
    for token in tokens.texts { append(token) }
  }

  /// How many tokens are known.
  var count: Int { makeups.count }

  /// Notes the next token.
  mutating func append(_ token: [UInt8]) {
    var makeup = Makeup()
    var last: UInt8 = 0x20
    for byte in token {
      if byte != 0x20, last == 0x20 { makeup.wordCount += 1 }
      if byte == 0x20, last == UInt8(ascii: ":") { makeup.hasColonBeforeSpace = true }
      last = byte
    }
    makeup.beginsWithSpace = token.first == 0x20
    makeup.endsWithSpace = token.last == 0x20
    makeup.endsWithColon = token.last == UInt8(ascii: ":")
    makeups.append(makeup)
  }

  var takesAbsentPairs: Bool { false }
  static var isSelective: Bool { true }

  @inline(__always)
  func order(of pair: UInt64) -> UInt64 { pair }

  @inline(__always)
  func precedes(_ order: UInt64, _ other: UInt64) -> Bool { order < other }

  mutating func allows(_ pair: UInt64) -> Bool {
    guard joinsWords else { return true }
    let left = makeups[Int(pair >> 32)]
    let right = makeups[Int(truncatingIfNeeded: pair & 0xFFFF_FFFF)]
    let hasColon =
      left.hasColonBeforeSpace || right.hasColonBeforeSpace
      || left.endsWithColon && right.beginsWithSpace
    let joined: UInt32 = left.endsWithSpace || right.beginsWithSpace ? 0 : 1
    let wordCount = left.wordCount + right.wordCount - joined
    if options.keepsColonsOut && hasColon || wordCount > options.wordLimit ?? .max {
      hasRefused = true
      return false
    }
    return true
  }
}
