import TestSupport
import Testing
import UnicodeText

@testable import Tokenization

/// SentencePiece's normalizing, most of which looks nothing up, against one that looks everywhere.
@Suite struct SentencePieceNormalizationTests {
  private typealias Rule = (key: [UInt8], result: [UInt8])

  private static let parts = [
    "a", "b", "<", "<e>", "x", "\n", " ", "  ", "\u{2581}", "\u{301}", "\u{E9}", "\u{4E2D}",
    "\u{FF41}", "\u{1F600}", ".", "-",
  ]

  /// Chunk by chunk, with spaces where U+2581 is meant.
  private static func expected(
    _ text: [UInt8], _ rules: [Rule], symbols: [[UInt8]], _ options: SentencePieceNormalizer
  ) -> [UInt8] {
    var chunks: [[UInt8]] = []
    var place = 0
    while place < text.count {
      let rest = text[place...]
      let length = decodeScalar(in: text.span, at: place).length
      let isValid = decodeScalar(in: text.span, at: place).isValid
      if let symbol = symbols.filter({ rest.starts(with: $0) }).max(by: { $0.count < $1.count }) {
        chunks.append(symbol)
        place += symbol.count
      } else if let rule = rules.filter({ rest.starts(with: $0.key) })
        .max(by: { $0.key.count < $1.key.count })
      {
        chunks.append(rule.result)
        place += rule.key.count
      } else {
        chunks.append(isValid ? Array(rest.prefix(length)) : [0xEF, 0xBF, 0xBD])
        place += length
      }
    }
    if options.removesExtraSpaces {
      while chunks.first == [0x20] { chunks.removeFirst() }
    }
    if chunks.isEmpty { return [] }
    var output: [UInt8] = options.addsDummySpace ? [0x20] : []
    var isAfterSpace = options.removesExtraSpaces
    for chunk in chunks {
      let written = isAfterSpace ? Array(chunk.drop { $0 == 0x20 }) : chunk
      output += written
      if let last = written.last { isAfterSpace = options.removesExtraSpaces && last == 0x20 }
    }
    let mark = Array("\u{2581}".utf8)
    while options.removesExtraSpaces {
      if output.last == 0x20 {
        output.removeLast()
      } else if output.suffix(3) == mark[...] {
        output.removeLast(3)
      } else {
        break
      }
    }
    return output
  }

  private static func marked(_ text: [UInt8]) -> [UInt8] {
    text.flatMap { $0 == 0x20 ? Array("\u{2581}".utf8) : [$0] }
  }

  @Test func `rules and symbols of all kinds`() throws {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<60 {
      var rules: [String: String] = [:]
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        let key = (0..<Int.random(in: 1...2, using: &generator)).map { _ in
          Self.parts[Int.random(in: 0..<Self.parts.count, using: &generator)]
        }
        let result = ["", " ", "z", " \u{301}", "ab"][Int.random(in: 0..<5, using: &generator)]
        rules[key.joined()] = result
      }
      let listed = rules.keys.sorted().map { key -> Rule in
        (Array(key.utf8), Array((rules[key] ?? "").utf8))
      }
      let symbols = [".", "<e>", "-", "\u{E9}", "ab"]
        .filter { _ in Bool.random(using: &generator) }
      let charsmap =
        listed.isEmpty ? nil : try PrecompiledCharsmap(CharsmapBuilder.charsmap(listed))
      let options = SentencePieceNormalizer(
        charsmap: charsmap, addsDummySpace: Bool.random(using: &generator),
        removesExtraSpaces: Bool.random(using: &generator), userSymbols: symbols)
      let plain = try SentencePieceNormalization(options)
      let spaced = try SentencePieceNormalization(options, leavesSpaces: true)
      for _ in 0..<40 {
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...120, using: &generator) {
          text += Self.parts[Int.random(in: 0..<Self.parts.count, using: &generator)].utf8
        }
        if Bool.random(using: &generator) { text += RandomText.bytes(9, using: &generator) }
        let expected = Self.expected(
          text, listed, symbols: symbols.map { Array($0.utf8) }, options)
        #expect(Self.output(of: spaced, text) == expected, "\(text) by \(rules), \(symbols)")
        #expect(Self.output(of: plain, text) == Self.marked(expected), "\(text) by \(rules)")
      }
    }
  }

  private static func output(of step: SentencePieceNormalization, _ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var edits: TextEdits?
    _ = step.append(text.span, to: &output, edits: &edits)
    return output
  }
}
