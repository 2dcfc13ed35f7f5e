internal import Tokenization

/// Word counts as a file that can be read by eye, sorted, joined and checked.
///
/// The first line is `tok word counts 1`. Each other line is a count, a tab, and a word in whose bytes
/// a backslash is `\\`, a newline `\n` and a carriage return `\r`. The last line is `end`, a tab and the
/// number of words, so that a file that was cut off is found out. Words ascend by their bytes.
enum WordCountsFile {
  static let title = Array("tok word counts 1".utf8)
  private static let end = Array("end\t".utf8)

  /// Appends a line for a word.
  static func append(_ word: Span<UInt8>, _ count: UInt64, to output: inout [UInt8]) {
    output.append(contentsOf: String(count).utf8)
    output.append(0x09)
    for index in 0..<word.count {
      switch word[index] {
      case 0x5C: output.append(contentsOf: [0x5C, 0x5C])
      case 0x0A: output.append(contentsOf: [0x5C, UInt8(ascii: "n")])
      case 0x0D: output.append(contentsOf: [0x5C, UInt8(ascii: "r")])
      case let byte: output.append(byte)
      }
    }
    output.append(0x0A)
  }

  /// Appends the last line.
  static func appendEnd(wordCount: Int, to output: inout [UInt8]) {
    output.append(contentsOf: end)
    output.append(contentsOf: "\(wordCount)\n".utf8)
  }

  /// What a stretch of such a file says of its size.
  struct Extent {
    /// How many words there were.
    var wordCount = 0
    /// How many the last line says there are, if it was seen.
    var promisedCount: Int?
  }

  /// Gives each word of a chunk of such a file to `body`.
  ///
  /// - Throws: `input` for anything else; what `body` throws.
  static func forEachWord(
    of chunk: TextChunk, _ source: TrainingSource,
    _ body: ([UInt8], UInt64) throws(TrainingError) -> Void
  ) throws(TrainingError) -> Extent {
    var word: [UInt8] = []
    var extent = Extent()
    try chunk.forEachLine { (line, start) throws(TrainingError) in
      let place = chunk.offset + start
      if place == 0 {
        guard line.isEqual(to: title.span) else {
          throw TrainingError(.input, "no file of word counts", place: source.name, offset: 0)
        }
        return
      }
      if line.count > end.count, line.extracting(0..<end.count).isEqual(to: end.span) {
        extent.promisedCount = Int(
          String(decoding: (end.count..<line.count).map { line[$0] }, as: UTF8.self))
        return
      }
      guard let count = parse(line, into: &word) else {
        throw TrainingError(
          .input, "a count, a tab and a word were expected", place: source.name, offset: place)
      }
      extent.wordCount += 1
      try body(word, count)
    }
    return extent
  }

  /// The count and the word of a line; nil if it is none.
  private static func parse(_ line: Span<UInt8>, into word: inout [UInt8]) -> UInt64? {
    word.removeAll(keepingCapacity: true)
    var count: UInt64 = 0
    var index = 0
    while index < line.count, line[index] >= 0x30, line[index] <= 0x39 {
      let (product, overflows) = count.multipliedReportingOverflow(by: 10)
      let (sum, more) = product.addingReportingOverflow(UInt64(line[index] - 0x30))
      if overflows || more { return nil }
      count = sum
      index += 1
    }
    guard index > 0, index < line.count, line[index] == 0x09 else { return nil }
    index += 1
    while index < line.count {
      var byte = line[index]
      if byte == 0x5C {
        index += 1
        guard index < line.count else { return nil }
        switch line[index] {
        case 0x5C: byte = 0x5C
        case UInt8(ascii: "n"): byte = 0x0A
        case UInt8(ascii: "r"): byte = 0x0D
        default: return nil
        }
      }
      word.append(byte)
      index += 1
    }
    return word.isEmpty ? nil : count
  }
}

extension WordCounts {
  /// Writes the counts to a file, which appears only when it is whole. ``TrainingSource`` reads it.
  ///
  /// - Throws: `unwritable`.
  public func write(to path: String) throws(TrainingError) {
    var output = WordCountsFile.title
    output.append(0x0A)
    output.reserveCapacity(words.bytes.count + count * 8)
    for index in 0..<count {
      WordCountsFile.append(
        words.bytes.span.extracting(words.range(index)), counts[index], to: &output)
    }
    WordCountsFile.appendEnd(wordCount: count, to: &output)
    try FileAccess.replace(path, with: output)
  }

  /// Counts in thousandths as whole ones, halves upwards; words that come to nothing are left out.
  func dividedByThousand() -> WordCounts {
    var kept = ByteStrings()
    var rounded: [UInt64] = []
    for index in 0..<count {
      let whole = counts[index] / 1000 + (counts[index] % 1000 >= 500 ? 1 : 0)
      if whole == 0 { continue }
      kept.append(words.bytes[words.range(index)])
      rounded.append(whole)
    }
    return WordCounts(sortedWords: kept, counts: rounded)
  }
}
