internal import Tok

/// Texts that ruin tokenizers whose time is not linear in the longest pretoken.
enum WorstCase: String, CaseIterable {
  /// One letter; one kind of white space; one pair of letters.
  case letter, spaces, newlines, pairs
  /// U+2581, which stands for the space in SentencePiece's family; one mark that is put on nothing.
  case marks, accents
  /// Random letters from a to z: one pretoken without any period.
  case letters
  /// Random characters below U+0100 but NUL, two bytes each from U+0080 on.
  case latin1
  /// Random Chinese characters, common and rare ones, without a full stop.
  case cjk
  /// Emoji sequences held together by zero-width joiners.
  case emoji
  /// Random digits.
  case digits

  /// The text: `byteCount` bytes, or a few less where a character would be cut. The same on every
  /// machine.
  func text(byteCount: Int) -> [UInt8] {
    var random = Random(state: 42)
    var next: () -> String
    switch self {
    case .letter: next = { "a" }
    case .spaces: next = { " " }
    case .newlines: next = { "\n" }
    case .pairs: next = { "ab" }
    case .marks: next = { "\u{2581}" }
    case .accents: next = { "\u{301}" }
    case .letters: next = { String(Character(Unicode.Scalar(UInt8(97 + random.below(26))))) }
    case .latin1: next = { String(Character(Unicode.Scalar(UInt8(1 + random.below(255))))) }
    case .cjk:
      next = {
        // The lower of three: some are far more frequent than others, as in any language.
        let place = min(random.below(8000), random.below(8000), random.below(8000))
        return Unicode.Scalar(UInt32(0x4E00 + place)).map { String(Character($0)) } ?? ""
      }
    case .emoji:
      let families = [
        "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}",
        "\u{1F3F3}\u{FE0F}\u{200D}\u{1F308}", "\u{1F469}\u{1F3FD}\u{200D}\u{1F4BB}",
      ]
      var index = 0
      next = {
        index += 1
        return families[index % families.count]
      }
    case .digits: next = { String(random.below(10)) }
    }
    var text: [UInt8] = []
    text.reserveCapacity(byteCount)
    while true {
      let piece = next()
      if text.count + piece.utf8.count > byteCount { return text }
      text.append(contentsOf: piece.utf8)
    }
  }
}

/// A linear congruential generator with a permuted output (O'Neill, "PCG", 2014).
private struct Random {
  var state: UInt64

  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = UInt32(truncatingIfNeeded: ((state >> 18) ^ state) >> 27)
    let turn = UInt32(state >> 59)
    let value = mixed >> turn | mixed << ((32 - turn) & 31)
    return Int((UInt64(value) * UInt64(bound)) >> 32)
  }
}

/// Each worst case in one call, with a context that knows nothing: the best of several, in ms.
func measureWorstCases(_ options: Options) throws {
  let tokenizer = try options.openVocabulary()
  let byteCount = try options.count("bytes", default: 1_000_000)
  let repetitions = try options.count("repetitions", default: 3)
  for kind in try worstCases(options) {
    let text = kind.text(byteCount: byteCount)
    var ids: [TokenID] = []
    var best = Double.infinity
    for _ in 0..<repetitions {
      var context = EncodingContext()
      ids = []
      let time = try Elapsed.during {
        try tokenizer.encode(text.span, into: &ids, using: &context, addsTemplate: false)
      }
      best = min(best, time.processor)
    }
    guard try isRight(ids, of: text, by: tokenizer) else {
      throw BenchmarkError(message: "\(kind.rawValue): other ids, or the text came back otherwise")
    }
    var line = ResultLine("worst")
    line.add("vocabulary", options.vocabulary)
    line.add("kind", kind.rawValue)
    line.add("bytes", text.count)
    line.add("tokens", ids.count)
    line.add("digest", Digest.of(ids, ends: [ids.count]))
    line.add("ms", best * 1e3)
    line.add("mb_s", megabytesPerSecond(text.count, best))
    line.write()
  }
}

/// What encoding gave, checked another way: where no text gets lost by what it decodes to, else by the
/// ids with ranges, which no cache has a part in.
private func isRight(_ ids: [TokenID], of text: [UInt8], by tokenizer: Tokenizer) throws -> Bool {
  if tokenizer.isReversible {
    return try tokenizer.decodeBytes(ids, keepsSpecialTokens: true) == text
  }
  return try tokenizer.tokenize(text.span, addsTemplate: false).map(\.id) == ids
}

/// Writes the text of one worst case to standard output, for other programs to be measured with.
func writeWorstCase(_ options: Options) throws {
  _ = try options.required("kind")
  let byteCount = try options.count("bytes", default: 1_000_000)
  for kind in try worstCases(options) { try writeFile(nil, kind.text(byteCount: byteCount)) }
}

private func worstCases(_ options: Options) throws(BenchmarkError) -> [WorstCase] {
  guard let name = options["kind"] else { return WorstCase.allCases }
  guard let kind = WorstCase(rawValue: name) else {
    let names = WorstCase.allCases.map(\.rawValue).joined(separator: ", ")
    throw BenchmarkError(message: "no worst case `\(name)`; there are: \(names)")
  }
  return [kind]
}
