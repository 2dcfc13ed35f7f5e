internal import Tok

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// `streaming-check`: texts in parts must give the ids of the whole, with any vocabulary.
@main
struct StreamingCheck {
  static let usage = """
    usage: streaming-check texts  FILE VOCABULARY...
           streaming-check corpus FILE SPLITS VOCABULARY...
           streaming-check memory FILE BYTES VOCABULARY...

    `texts` cuts each text of FILE, which NULs separate, at every place, and into its bytes, and lets
    an encoding grow by each character. `corpus` cuts the first million bytes of FILE into parts,
    SPLITS times: at first into its bytes, then by chance. `memory` encodes FILE again and again, up to BYTES, in parts of 64 kB, and
    says how much memory that took.
    A line for each vocabulary: cases and how many of them differ from the whole, or why there is no
    streaming. Exit status 1 if any differs.
    """

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    do {
      guard let mode = words.first, words.count >= 3 else { throw Failure(message: usage) }
      let bytes = try readFile(words[1])
      var differs = false
      let hasNumber = mode != "texts"
      let number = hasNumber ? Int(words[2]) ?? 0 : 0
      for path in words.dropFirst(hasNumber ? 3 : 2) {
        let name = path.split(separator: "/").suffix(1).joined()
        let tokenizer = try Tokenizer(contentsOf: path)
        do throws(StreamingError) {
          _ = try tokenizer.streamingEncoder()
        } catch {
          print("\(name): not possible: \(error)")
          continue
        }
        switch mode {
        case "texts":
          var check = Check(tokenizer: tokenizer)
          for text in bytes.split(separator: 0, omittingEmptySubsequences: false) {
            try check.everyPlace(of: Array(text))
          }
          differs = check.report(name) || differs
        case "corpus":
          var check = Check(tokenizer: tokenizer)
          try check.chance(Array(bytes.prefix(1_000_000)), count: number)
          differs = check.report(name) || differs
        case "memory": try measureMemory(name, tokenizer, bytes, count: number)
        default: throw Failure(message: usage)
        }
      }
      exit(differs ? 1 : 0)
    } catch {
      var message = "streaming-check: \(error)\n"
      _ = message.withUTF8 { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
      exit(2)
    }
  }

  private static func measureMemory(
    _ name: String, _ tokenizer: Tokenizer, _ corpus: [UInt8], count: Int
  ) throws {
    var encoder = try tokenizer.streamingEncoder()
    var ids: [TokenID] = []
    var idCount = 0
    var taken = 0
    var early = 0
    while taken < count {
      var start = 0
      while start < corpus.count, taken < count {
        let end = min(start + 1 << 16, corpus.count)
        try encoder.append(corpus.span.extracting(start..<end), into: &ids)
        idCount += ids.count
        ids.removeAll(keepingCapacity: true)
        taken += end - start
        start = end
        if early == 0, taken > count / 10 { early = peakKilobytes() }
      }
    }
    try encoder.finish(into: &ids)
    print(
      "\(name): \(taken) bytes, \(idCount + ids.count) ids, at most \(early) kB in the first tenth, "
        + "\(peakKilobytes()) kB in all")
  }

  /// The most memory that this process had so far; 0 where the system does not say.
  private static func peakKilobytes() -> Int {
    guard let status = try? readFile("/proc/self/status") else { return 0 }
    for line in String(decoding: status, as: UTF8.self).split(separator: "\n")
    where line.hasPrefix("VmHWM:") {
      return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }
    return 0
  }
}

/// Compares parts with wholes.
struct Check {
  let tokenizer: Tokenizer
  private var cases = 0
  private var mismatches = 0
  private var first: String?
  private var generator = Generator(state: 0x5EED)

  init(tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  /// Prints what was found; true if anything differs.
  func report(_ name: String) -> Bool {
    print("\(name): \(cases) cases, \(mismatches) mismatches" + (first.map { ": \($0)" } ?? ""))
    return mismatches > 0
  }

  mutating func everyPlace(of text: [UInt8]) throws {
    for specialTokens in [SpecialTokens.parse, .asPlainText] {
      let whole = try tokenizer.encode(text.span, specialTokens: specialTokens)
      var encoder = try tokenizer.streamingEncoder(specialTokens: specialTokens)
      var ids: [TokenID] = []
      for place in 0...text.count {
        ids.removeAll(keepingCapacity: true)
        try encoder.append(text.span.extracting(..<place), into: &ids)
        try encoder.append(text.span.extracting(place...), into: &ids)
        try encoder.finish(into: &ids)
        compare(ids, whole, text, "cut at \(place)")
      }
      ids.removeAll(keepingCapacity: true)
      for place in text.indices {
        try encoder.append(text.span.extracting(place..<(place + 1)), into: &ids)
      }
      try encoder.finish(into: &ids)
      compare(ids, whole, text, "byte by byte")
    }
    var growing = try AppendableEncoding(tokenizer)
    var start = 0
    while start < min(text.count, 2000) {
      var end = start + 1
      while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
      try growing.append(text.span.extracting(start..<end))
      if end <= 300 || end == text.count {
        compare(
          growing.ids, try tokenizer.encode(text.span.extracting(..<end)), text, "grown to \(end)")
      }
      start = end
    }
  }

  mutating func chance(_ text: [UInt8], count: Int) throws {
    let whole = try tokenizer.encode(text.span)
    var encoder = try tokenizer.streamingEncoder()
    for number in 0..<count {
      var ids: [TokenID] = []
      var start = 0
      // Single bytes, then in turn few parts and parts of all sizes.
      let size = number % 2 == 1 ? text.count : 1 << generator.next(below: 18)
      while start < text.count {
        let end =
          number == 0 ? start + 1 : min(text.count, start + 1 + generator.next(below: size * 2))
        try encoder.append(text.span.extracting(start..<end), into: &ids)
        start = end
      }
      try encoder.finish(into: &ids)
      compare(ids, whole, text, "split \(number)")
    }
  }

  private mutating func compare(
    _ ids: [TokenID], _ whole: [TokenID], _ text: [UInt8], _ how: @autoclosure () -> String
  ) {
    cases += 1
    guard ids != whole else { return }
    mismatches += 1
    if first == nil {
      let place = zip(ids, whole).prefix { $0 == $1 }.count
      let shown = String(decoding: text.prefix(60), as: UTF8.self).debugDescription
      first =
        "\(shown), \(how()): id \(place): \(ids.dropFirst(place).prefix(4)), whole "
        + "\(whole.dropFirst(place).prefix(4))"
    }
  }
}

/// SplitMix64: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
private struct Generator {
  var state: UInt64

  mutating func next(below bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(bound))
  }
}

private struct Failure: Error, CustomStringConvertible {
  var message: String
  var description: String { message }
}

private func readFile(_ path: String) throws(Failure) -> [UInt8] {
  guard let file = unsafe fopen(path, "rb") else { throw Failure(message: "\(path): not readable") }
  defer { _ = unsafe fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = unsafe fread(&chunk, 1, chunk.count, file)
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
  }
}
