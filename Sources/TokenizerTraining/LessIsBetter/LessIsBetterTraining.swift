internal import Tokenization
internal import UnicodeText

/// A training of Less-is-Better between two documents.
///
/// Yang, Frank and van den Bosch, "Less is Better: A cognitively inspired unsupervised model for
/// language segmentation" (2020), and the authors' code of 2023. Reading a document, the learner takes
/// the longest unit at each place, now and then takes two chunks in a row for one to be learned, and
/// follows what the second longest unit would have led to: if that needs more chunks the longest one is
/// rewarded, if fewer it is punished. Behind the document units move by those verdicts; what is at the
/// end of the lexicon goes on probation, and what was not used to its end is forgotten.
///
/// With the units `a`, `b`, `c`, `ab`, `bc` in `abc` the longest unit is `ab` and then `c`; its rival
/// `a` goes on with `bc`. Both are two chunks, so that the smaller sum of ranks decides.
struct LessIsBetterTraining: Sendable {
  let options: LessIsBetterOptions
  let sentences: ByteStrings
  var lexicon = LearnedLexicon()
  var generator: SplitMix
  /// How many documents have been read.
  var documentsRead = 0
  /// Characters and chunks of the last document.
  var lastDocument = (characters: 0, chunks: 0)

  /// The sentences of each document, where they were drawn.
  private let drawn: [[Int32]]
  /// What learning goes on from.
  let base: BaseLexicon?
  /// The characters of the sentence that is read, invalid bytes above all others.
  var text: [UInt32] = []
  /// The sentence has bytes that are no UTF-8.
  var hasInvalidBytes = false
  var comparisons: [Comparison] = []
  var verdicts: [LearnedLexicon.Verdict] = []
  /// The candidates met once in this document.
  var metOnce: Set<Int32> = []

  /// - Parameter sentences: at least one, and none of them empty.
  init(
    _ options: LessIsBetterOptions, _ sentences: ByteStrings, _ base: BaseLexicon? = nil
  ) {
    self.options = options
    self.base = base
    self.sentences = sentences
    var generator = SplitMix(state: options.seed)
    var drawn: [[Int32]] = []
    if case .sampled(let documents, let count) = options.documents {
      for _ in 0..<documents {
        var document = Set<Int32>()
        for _ in 0..<count { document.insert(Int32(generator.index(below: sentences.count))) }
        drawn.append(document.sorted())
      }
    }
    self.drawn = drawn
    self.generator = generator
    begin()
  }

  /// The first units: characters, of all the text if they are kept, else for `lib2020` of the first
  /// document.
  private mutating func begin() {
    for text in base?.units ?? [] {
      let unit = lexicon.number(of: Self.characters(of: text)[...])
      if lexicon.isUnit(unit) { continue }
      lexicon.append(unit)
      lexicon.keep(unit)
    }
    if options.keepsCharacters {
      for character in mostFrequentCharacters() {
        let unit = lexicon.number(of: [character])
        if !lexicon.isUnit(unit) { lexicon.append(unit) }
        lexicon.keep(unit)
      }
    } else if options.variant == .lib2020 {
      var characters = Set<UInt32>()
      for sentence in drawn.first?.map({ Int($0) }) ?? Array(consecutive(0)) {
        read(sentence)
        characters.formUnion(text)
      }
      for character in characters.sorted() where character < Self.invalid {
        if lexicon.count == options.unitLimit { break }
        let unit = lexicon.number(of: [character])
        if lexicon.isUnit(unit) { continue }
        lexicon.append(unit)
        lexicon.watch(unit, life: options.life, context: nil)
      }
    }
  }

  /// The characters of all sentences in their order, as many as there is room for.
  private mutating func mostFrequentCharacters() -> [UInt32] {
    var counts: [UInt32: Int] = [:]
    for sentence in 0..<sentences.count {
      read(sentence)
      for character in text where character < Self.invalid { counts[character, default: 0] += 1 }
    }
    if counts.count <= options.unitLimit { return counts.keys.sorted() }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .prefix(options.unitLimit).map(\.key).sorted()
  }

  /// Reads the next document and learns from it.
  ///
  /// - Complexity: O(*c* *l* + *v* *n*) in the document's characters, those of the longest unit,
  ///   verdicts, and units.
  mutating func readDocument() {
    lastDocument = (0, 0)
    verdicts.removeAll(keepingCapacity: true)
    metOnce.removeAll(keepingCapacity: true)
    if drawn.isEmpty {
      for sentence in consecutive(documentsRead) { learn(sentence) }
    } else {
      for sentence in drawn[generator.index(below: drawn.count)] { learn(Int(sentence)) }
    }
    lexicon.endLives()
    lexicon.apply(verdicts, rate: options.updateRate)
    lexicon.watchTail(share: options.forgettingRate, life: options.life)
    lexicon.compact()
    documentsRead += 1
  }

  /// What is left to do behind the last document: the units that `lib2023` has on probation go.
  ///
  /// - Returns: how many they were.
  @discardableResult
  mutating func finish() -> Int {
    let count = lexicon.count
    if options.variant == .lib2023 { lexicon.forgetWatched() }
    return count - lexicon.count
  }

  private func consecutive(_ document: Int) -> Range<Int> {
    guard case .consecutive(let length) = options.documents else { return 0..<0 }
    let count = sentences.count / length + (sentences.count % length == 0 ? 0 : 1)
    let start = document % count * length
    return start..<(start + min(length, sentences.count - start))
  }

  private mutating func learn(_ sentence: Int) {
    read(sentence)
    comparisons.removeAll(keepingCapacity: true)
    lastDocument.characters += text.count
    switch options.variant {
    case .lib2020: learn2020()
    case .lib2023: learn2023()
    }
  }

  /// Bytes that are no UTF-8 are characters from here on, which are never learned.
  static let invalid: UInt32 = 0x11_0000

  /// Makes characters of a sentence.
  private mutating func read(_ sentence: Int) {
    (text, hasInvalidBytes) = Self.characters(of: sentences, sentence, into: text)
  }

  private static func characters(of text: [UInt8]) -> [UInt32] {
    var strings = ByteStrings()
    strings.append(text)
    return characters(of: strings, 0, into: []).0
  }

  private static func characters(
    of sentences: ByteStrings, _ sentence: Int, into text: consuming [UInt32]
  ) -> ([UInt32], hasInvalidBytes: Bool) {
    let bytes = sentences.bytes.span.extracting(sentences.range(sentence))
    text.removeAll(keepingCapacity: true)
    var hasInvalidBytes = false
    var place = 0
    while place < bytes.count {
      let scalar = decodeScalar(in: bytes, at: place)
      text.append(scalar.isValid ? scalar.value : invalid + UInt32(bytes[place]))
      hasInvalidBytes = hasInvalidBytes || !scalar.isValid
      place += scalar.length
    }
    return (text, hasInvalidBytes)
  }

  /// The characters in `range` can become a unit: there is room, and they are text.
  func canLearn(_ range: Range<Int>) -> Bool {
    lexicon.count < options.unitLimit
      && !(hasInvalidBytes && text[range].contains { $0 >= Self.invalid })
  }
}
