/// The symbols of a training by sentencepiece's rules: first the characters of the alphabet, then what
/// merges made. Says which pairs may be tokens.
///
/// Of equally frequent pairs the one of fewer characters comes first, then the one whose text does, by
/// code points. Where two pairs have the same text the original takes any; here the one comes first whose
/// newer symbol is the older one, then the one of the smaller left symbol.
struct SentencePieceSymbols: PairChoice, ~Copyable {
  struct Symbol: BitwiseCopyable {
    /// Where its characters begin in `letters`.
    var start: UInt32
    /// In characters.
    var length: UInt32
    /// The first three characters, counted from 1, 21 bits each.
    var front: UInt64
  }

  /// Of each symbol, one behind another.
  private var letters = GrowingArray<UInt32>()
  private var symbols = GrowingArray<Symbol>()
  /// Of each symbol.
  private var kinds = GrowingArray<SentencePieceValidity.Kind>()
  private let validity: SentencePieceValidity
  /// Whether a pair was met that must not be a token.
  var hasRefused = false
  /// Merged symbols by the hash of what they cover, plus 1; 0 where a slot is free.
  private var slots = GrowingArray<UInt32>(repeating: 0, count: 1 << 10)
  private let alphabetCount: Int
  let takesAbsentPairs: Bool

  /// - Parameter validity: of the characters of the alphabet, in ascending order.
  init(alphabetCount: Int, _ validity: SentencePieceValidity, takesAbsentPairs: Bool) {
    self.takesAbsentPairs = takesAbsentPairs
    self.validity = validity
    self.alphabetCount = alphabetCount
    for letter in 0..<alphabetCount {
      symbols.append(Symbol(start: UInt32(letter), length: 1, front: UInt64(letter + 1) << 42))
      letters.append(UInt32(letter))
      kinds.append(validity.kind(ofLetters: CollectionOfOne(UInt32(letter))))
    }
  }

  var count: Int { symbols.count }

  /// The places of a symbol's characters in the alphabet.
  func letters(of symbol: Int) -> [UInt32] {
    let symbol = symbols[symbol]
    return (0..<Int(symbol.length)).map { letters[Int(symbol.start) + $0] }
  }

  /// The symbol that `pair` makes; nil where there is one of its text already.
  mutating func insert(_ pair: UInt64) -> UInt32? {
    let (left, right) = parts(pair)
    let length = Int(left.length + right.length)
    var slot = hash(left, right)
    let start = letters.count
    append(left)
    append(right)
    while true {
      slot &= slots.count - 1
      let known = slots[slot]
      if known == 0 { break }
      if equals(Int(known) - 1, start, length) {
        for _ in 0..<length { _ = letters.removeLast() }
        return nil
      }
      slot += 1
    }
    let symbol = UInt32(symbols.count)
    symbols.append(
      Symbol(start: UInt32(start), length: UInt32(length), front: Self.front(left, right)))
    kinds.append(validity.kind(ofLetters: self.letters(of: Int(symbol))))
    slots[slot] = symbol + 1
    if (symbols.count - alphabetCount) * 2 > slots.count { grow() }
    return symbol
  }

  @inline(__always)
  private func parts(_ pair: UInt64) -> (Symbol, Symbol) {
    (symbols[Int(pair >> 32)], symbols[Int(truncatingIfNeeded: pair & 0xFFFF_FFFF)])
  }

  private mutating func append(_ symbol: Symbol) {
    for place in Int(symbol.start)..<Int(symbol.start + symbol.length) {
      letters.append(letters[place])
    }
  }

  private func equals(_ symbol: Int, _ start: Int, _ length: Int) -> Bool {
    let symbol = symbols[symbol]
    guard symbol.length == length else { return false }
    for place in 0..<length
    where letters[Int(symbol.start) + place] != letters[start + place] {
      return false
    }
    return true
  }

  private func hash(_ left: Symbol, _ right: Symbol) -> Int {
    var hash: UInt64 = 0
    for symbol in [left, right] {
      for place in Int(symbol.start)..<Int(symbol.start + symbol.length) {
        hash = (hash ^ UInt64(letters[place])) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
    }
    return Int(truncatingIfNeeded: hash >> 8)
  }

  private mutating func grow() {
    var larger = GrowingArray<UInt32>(repeating: 0, count: slots.count * 2)
    for index in alphabetCount..<symbols.count {
      var slot = hash(symbols[index], Symbol(start: 0, length: 0, front: 0)) & (larger.count - 1)
      while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger[slot] = UInt32(index + 1)
    }
    swap(&slots, &larger)
  }

  // MARK: - Pairs

  struct Order: BitwiseCopyable {
    /// The length, and of the first three characters what there is room for.
    var rank: UInt64
    var pair: UInt64
  }

  static var isSelective: Bool { true }

  private static func front(_ left: Symbol, _ right: Symbol) -> UInt64 {
    left.length > 2 ? left.front : left.front | right.front >> UInt64(21 * left.length)
  }

  @inline(__always)
  func order(of pair: UInt64) -> Order {
    let (left, right) = parts(pair)
    return Order(
      rank: UInt64(left.length + right.length) << 54 | Self.front(left, right) >> 9, pair: pair)
  }

  @inline(__always)
  func precedes(_ order: Order, _ other: Order) -> Bool {
    order.rank != other.rank ? order.rank < other.rank : precedes(order.pair, other.pair)
  }

  private func precedes(_ pair: UInt64, _ other: UInt64) -> Bool {
    let (left, right) = parts(pair)
    let (otherLeft, otherRight) = parts(other)
    for place in 0..<(left.length + right.length) {
      let letter = letter(place, left, right)
      let otherLetter = self.letter(place, otherLeft, otherRight)
      if letter != otherLetter { return letter < otherLetter }
    }
    let newer = max(pair >> 32, pair & 0xFFFF_FFFF)
    let otherNewer = max(other >> 32, other & 0xFFFF_FFFF)
    return newer != otherNewer ? newer < otherNewer : pair < other
  }

  private func letter(_ place: UInt32, _ left: Symbol, _ right: Symbol) -> UInt32 {
    letters[
      Int(place < left.length ? left.start + place : right.start + place - left.length)]
  }

  mutating func allows(_ pair: UInt64) -> Bool {
    let (left, right) = parts(pair)
    let kind = kinds[Int(pair >> 32)]
    if kind.mayGoOn(with: kinds[Int(truncatingIfNeeded: pair & 0xFFFF_FFFF)]),
      Int(left.length + right.length) <= validity.maximumLength
    {
      return true
    }
    let isAllowed = validity.isValid(count: Int(left.length + right.length)) {
      letter(UInt32($0), left, right)
    }
    if !isAllowed { hasRefused = true }
    return isAllowed
  }
}

// MARK: - In a checkpoint

extension SentencePieceSymbols {
  /// - Throws: `unwritable`.
  func write(to writer: inout CheckpointWriter) throws(TrainingError) {
    try letters.write(to: &writer)
    try symbols.write(to: &writer)
    try slots.write(to: &writer)
    try writer.append(hasRefused ? 1 : 0)
  }

  /// Takes what was written, in the place of what there is.
  ///
  /// - Throws: `checkpoint`, `unreadable`.
  mutating func restore(from reader: inout CheckpointReader) throws(TrainingError) {
    try letters.restore(from: &reader)
    try symbols.restore(from: &reader)
    try slots.restore(from: &reader)
    guard slots.count.nonzeroBitCount == 1, symbols.count >= alphabetCount else {
      throw reader.damage
    }
    hasRefused = try reader.count(upTo: 1) == 1
    kinds.removeAll()
    for symbol in 0..<count { kinds.append(validity.kind(ofLetters: self.letters(of: symbol))) }
  }
}
