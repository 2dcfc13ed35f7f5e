internal import Tokenization

/// What a checkpoint holds: numbers of 32 bits, lowest byte first. Strings stand as their length and
/// characters, since numbers of strings are of this run alone.
extension LessIsBetterTraining {
  /// A number for the options and the sentences together.
  var digest: UInt64 {
    var numbers = NumberWriter()
    numbers.append(Tokenization.hash(Array("\(options)".utf8).span))
    numbers.append(Tokenization.hash(sentences.bytes.span))
    if let base { numbers.append(base.digest) }
    var ends = NumberWriter()
    for end in sentences.ends { ends.append(end) }
    numbers.append(Tokenization.hash(ends.bytes.span))
    return Tokenization.hash(numbers.bytes.span)
  }

  /// All that the rest of the training depends on.
  func saved() -> [UInt8] {
    var numbers = NumberWriter()
    numbers.append(UInt64(documentsRead))
    numbers.append(generator.state)
    numbers.append(UInt64(lastDocument.characters))
    numbers.append(UInt64(lastDocument.chunks))
    numbers.append(UInt32(lexicon.count))
    for unit in lexicon.units {
      numbers.append(UInt32(lexicon.isKept(unit) ? 1 : 0))
      append(unit, to: &numbers)
    }
    let probation = lexicon.probation
    numbers.append(UInt32(probation.count))
    for (string, life) in probation {
      append(string, to: &numbers)
      numbers.append(UInt32(life))
      let context = lexicon.context(of: string)
      numbers.append(UInt32(context == nil ? 0 : 1))
      append(context?.left ?? StringTrie.none, to: &numbers)
      append(context?.right ?? StringTrie.none, to: &numbers)
    }
    return numbers.bytes
  }

  /// - Throws: `checkpoint` for bytes that ``saved()`` does not make.
  mutating func restore(_ bytes: [UInt8]) throws(TrainingError) {
    var numbers = NumberReader(bytes: bytes)
    let documentsRead = Int(truncatingIfNeeded: try numbers.long())
    let state = try numbers.long()
    let characters = Int(truncatingIfNeeded: try numbers.long())
    let chunks = Int(truncatingIfNeeded: try numbers.long())
    var lexicon = LearnedLexicon()
    for _ in 0..<(try numbers.next()) {
      let isKept = try numbers.next() == 1
      let unit = lexicon.number(of: try numbers.string()[...])
      if lexicon.isUnit(unit) { throw NumberReader.damage }
      lexicon.append(unit)
      if isKept { lexicon.keep(unit) }
    }
    for _ in 0..<(try numbers.next()) {
      let string = lexicon.number(of: try numbers.string()[...])
      let life = Int(try numbers.next())
      let hasContext = try numbers.next() == 1
      let left = try numbers.string()
      let right = try numbers.string()
      let context = LearnedLexicon.Context(
        left: left.isEmpty ? StringTrie.none : lexicon.number(of: left[...]),
        right: right.isEmpty ? StringTrie.none : lexicon.number(of: right[...]))
      lexicon.watch(string, life: life, context: hasContext ? context : nil)
    }
    guard numbers.isAtEnd else { throw NumberReader.damage }
    self.documentsRead = documentsRead
    generator.state = state
    lastDocument = (characters, chunks)
    self.lexicon = lexicon
  }

  private func append(_ string: Int32, to numbers: inout NumberWriter) {
    guard string != StringTrie.none else {
      numbers.append(UInt32(0))
      return
    }
    let characters = lexicon.trie.characters(of: string)
    numbers.append(UInt32(characters.count))
    for character in characters { numbers.append(character) }
  }
}

/// Numbers written one behind another.
private struct NumberWriter {
  var bytes: [UInt8] = []

  mutating func append(_ number: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
    }
  }

  mutating func append(_ number: UInt64) {
    append(UInt32(truncatingIfNeeded: number))
    append(UInt32(truncatingIfNeeded: number >> 32))
  }
}

/// Numbers read again.
private struct NumberReader {
  let bytes: [UInt8]
  private var place = 0

  static let damage = TrainingError(.checkpoint, "the checkpoint does not hold a lexicon")

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func next() throws(TrainingError) -> UInt32 {
    guard bytes.count - place >= 4 else { throw Self.damage }
    defer { place += 4 }
    return (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
  }

  mutating func long() throws(TrainingError) -> UInt64 {
    let low = try next()
    return UInt64(low) | UInt64(try next()) << 32
  }

  mutating func string() throws(TrainingError) -> [UInt32] {
    let count = Int(try next())
    guard count <= (bytes.count - place) / 4 else { throw Self.damage }
    var string: [UInt32] = []
    for _ in 0..<count { string.append(try next()) }
    return string
  }
}
