/// The characters that become tokens of their own.
struct KeptCharacters {
  /// Ascending by code point.
  private(set) var characters: [UInt32]
  /// How many different characters of the text are not among them.
  private(set) var leftOut: Int

  init(
    _ options: BPETrainer.Options, _ alphabet: MergeAlphabet, _ counts: WordCounts
  ) throws(TrainingError) {
    let counted = try alphabet.count(counts)
    let sum = counted.reduce(0) { $0 + $1.count }
    var totals = Dictionary(uniqueKeysWithValues: counted.map { ($0.character, $0.count) })
    let initial: [UInt32] =
      switch options.initialAlphabet {
      case .none: []
      case .byteLevel: (0...255).map { MergeAlphabet.scalar(ofByte: $0) }
      case .characters(let scalars): scalars.map(\.value)
      }
    for character in initial { totals[character] = .max }

    // The lightest first, of equal ones that of the smaller code point.
    let sorted = totals.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    var removed = max(totals.count - (options.limitAlphabet ?? totals.count), 0)
    if options.characterCoverage < 1 {
      let spare = Double(sum) * (1 - options.characterCoverage)
      var lost = 0.0
      var rarest = 0
      while rarest < sorted.count, sorted[rarest].value != .max,
        lost + Double(sorted[rarest].value) <= spare
      {
        lost += Double(sorted[rarest].value)
        rarest += 1
      }
      removed = max(removed, rarest)
    }
    characters = sorted[removed...].map(\.key).sorted()
    leftOut = removed
  }
}
