import SplitPatterns
import TestSupport
import Testing
import UnicodeText

@testable import Tokenization

/// FNV-1a, continued from `value`.
private func digest(_ value: UInt64, _ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(value) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

private let digestStart: UInt64 = 0xCBF2_9CE4_8422_2325

@Suite struct NormalizationPlanTests {
  // MARK: Rows of the originals

  @Test(arguments: sampleResults.indices)
  func `results of the original`(index: Int) throws {
    let sample = sampleResults[index]
    let plan = try NormalizationPlan(try SampleNormalizer.named(sample.name))
    for (place, text) in sampleTexts.enumerated() {
      let expected = Array((sample.changed[place] ?? text).utf8)
      #expect(try plan.normalized(Array(text.utf8)) == expected, "\(sample.name), text \(place)")
    }
    var value = digestStart
    for seed in 0..<2000 as Range<UInt64> {
      value = digest(value, try plan.normalized(SampleNormalizer.randomText(seed: seed)))
    }
    #expect(value == sample.digest, "\(sample.name)")
  }

  @Test(arguments: sampleCharacterDigests.indices)
  func `every code point as the original`(index: Int) throws {
    let sample = sampleCharacterDigests[index]
    let plan = try NormalizationPlan(try SampleNormalizer.named(sample.name))
    var output: [UInt8] = []
    var edits: TextEdits?
    var value = digestStart
    for first in stride(from: sample.plane << 16, to: (sample.plane + 1) << 16, by: 16) {
      var text: [UInt8] = []
      for scalar in first..<first + 16 where Unicode.Scalar(scalar) != nil {
        text.append(0x61)
        appendUTF8(of: scalar, to: &text)
        text += [0xCC, 0xA3, 0x0A]
      }
      let isChanged = try plan.normalize(text.span, into: &output, edits: &edits)
      value = digest(value, isChanged ? output : text)
    }
    #expect(value == sample.digest, "\(sample.name), plane \(sample.plane)")
  }

  @Test(arguments: sampleSentencePieces.indices)
  func `results of SentencePiece`(flags: Int) throws {
    let sample = sampleSentencePieces[flags]
    let plan = try NormalizationPlan(try SampleNormalizer.sentencePiece(flags))
    for (place, text) in sampleTexts.enumerated() {
      let expected = Array(sample.results[place].utf8)
      #expect(try plan.normalized(Array(text.utf8)) == expected, "flags \(flags), text \(place)")
    }
    var (value, bytesValue) = (digestStart, digestStart)
    for seed in 0..<2000 as Range<UInt64> {
      value = digest(value, try plan.normalized(SampleNormalizer.randomText(seed: seed)))
      bytesValue = digest(bytesValue, try plan.normalized(SampleNormalizer.randomBytes(seed: seed)))
    }
    #expect(value == sample.digest)
    #expect(bytesValue == sample.bytesDigest)
  }

  // MARK: Edits

  static let all: [String] =
    sampleResults.map(\.name) + sampleSentencePieces.indices.map { "sentencePiece\($0)" }

  @Test(arguments: all)
  func `edits lead back`(name: String) throws {
    let plan = try NormalizationPlan(try SampleNormalizer.named(name))
    for seed in 0..<300 as Range<UInt64> {
      let text =
        seed % 2 == 0
        ? SampleNormalizer.randomText(seed: seed) : SampleNormalizer.randomBytes(seed: seed)
      var output: [UInt8] = []
      var made: TextEdits? = TextEdits()
      guard try plan.normalize(text.span, into: &output, edits: &made) else { continue }
      let edits = try #require(made)
      #expect(try plan.normalized(text) == output)
      #expect(edits.originalCount == text.count)
      #expect(edits.normalizedCount == output.count)
      var last = 0
      for place in output.indices {
        let range = edits.originalRange(of: place..<(place + 1))
        #expect(range.lowerBound >= last && range.upperBound <= text.count)
        last = range.lowerBound
        // What comes from one byte of ASCII was that byte, but for case, spaces and rules.
        if range.count == 1, output[place] >= 0x80, name.hasPrefix("strip") {
          #expect(text[range.lowerBound] == output[place])
        }
      }
    }
  }

  /// A text, the normalizer, and for parts of the result what they come from.
  @Test(
    arguments: [
      ("bertUncased", "ÉA中 b", [("e", "É"), ("a", "A"), ("中", "中"), ("b", "b")]),
      ("prepend", "ab", [("\u{2581}", ""), ("ab", "ab"), ("b", "b")]),
      ("replaceLiteral", "xaby", [("<>", "ab"), ("x", "x"), ("y", "y")]),
      ("precompiled", "ﬁ\u{301}x\u{AD}y", [("fi", "ﬁ\u{301}"), ("x", "x"), ("y", "y")]),
      ("byteLevel", "é ", [("\u{120}", " ")]),
      ("sentencePiece7", "  a  ", [("\u{2581}", ""), ("a", "a")]),
      ("sentencePiece7", "xﬁ", [("x", "x"), ("fi", "ﬁ"), ("i", "ﬁ")]),
      ("sequence", "``É", [("\"", "``"), ("e", "É")]),
    ] as [(String, String, [(String, String)])])
  func `parts lead back`(name: String, text: String, parts: [(String, String)]) throws {
    let plan = try NormalizationPlan(try SampleNormalizer.named(name))
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var made: TextEdits? = TextEdits()
    _ = try plan.normalize(bytes.span, into: &output, edits: &made)
    let edits = try #require(made)
    for (part, original) in parts {
      let wanted = Array(part.utf8)
      let place = try #require(
        output.indices.first { output[$0...].starts(with: wanted) }, "\(part) in \(output)")
      let range = edits.originalRange(of: place..<(place + wanted.count))
      #expect(Array(bytes[range]) == Array(original.utf8), "\(part)")
    }
  }

  // MARK: Nasty text

  @Test(arguments: all)
  func `nasty text`(name: String) throws {
    let plan = try NormalizationPlan(try SampleNormalizer.named(name))
    var generator = SeededGenerator(seed: 5)
    for text in RandomText.nasty { _ = try plan.normalized(text) }
    for _ in 0..<200 {
      _ = try plan.normalized(RandomText.mixture(20, using: &generator))
      _ = try plan.normalized(RandomText.bytes(20, using: &generator))
    }
  }

  static let keepingBytes = sampleResults.map(\.name).filter { name in
    !["byteLevel", "prepend", "sequence", "replaceNothing", "replaceEmpty"].contains(name)
  }

  @Test(arguments: keepingBytes)
  func `bytes that are not UTF-8 stay`(name: String) throws {
    let plan = try NormalizationPlan(try SampleNormalizer.named(name))
    for text in RandomText.invalid { #expect(try plan.normalized(text) == text) }
  }

  @Test(.timeLimit(.minutes(10)), arguments: all)
  func `long runs take linear time`(name: String) throws {
    let plan = try NormalizationPlan(try SampleNormalizer.named(name))
    for part in ["a", " ", "ab", "\u{301}", "\u{600}"] {
      let text = Array(repeatElement(Array(part.utf8), count: 5_000).joined())
      _ = try plan.normalized(text)
    }
  }

  @Test func `nothing is done to normal text`() throws {
    var output: [UInt8] = [1]
    var edits: TextEdits? = TextEdits()
    let plan = try NormalizationPlan(
      .sequence([.lowercase, .nmt, .form(.nfkc), .strip(left: true, right: true)]))
    #expect(!plan.isEmpty)
    #expect(!plan.mayFail)
    #expect(try !plan.normalize(Array("plain é".utf8).span, into: &output, edits: &edits))
    #expect(edits?.isUntouched == true)
    #expect(try NormalizationPlan(nil).isEmpty)
    #expect(try NormalizationPlan(.sequence([.sequence([])])).isEmpty)
  }

  // MARK: Errors

  private static func refusal(_ normalizer: Normalizer) -> VocabularyError? {
    do throws(VocabularyError) {
      _ = try NormalizationPlan(normalizer)
      return nil
    } catch { return error }
  }

  @Test func `refuses to let texts grow without end`() {
    let doubling = Normalizer.replace(.literal("a"), "aa")
    #expect(Self.refusal(.sequence(Array(repeating: doubling, count: 12))) == nil)
    let error = Self.refusal(.sequence(Array(repeating: doubling, count: 13)))
    #expect(error?.reason == .limit)
    #expect(error?.path == "normalizer.normalizers[12]")
    let long = String(repeating: "a", count: 1 << 20)
    #expect(Self.refusal(.replace(.literal(""), long))?.reason == .limit)
    #expect(Self.refusal(.sequence([.prepend(long), .byteLevel])) == nil)
    #expect(
      Self.refusal(.sequence([.prepend(long)] + Array(repeating: doubling, count: 9)))?.reason
        == .limit)
  }

  @Test func `a text that is too hard`() throws {
    let pattern = try SplitPattern("(?:x|xx)+(?=y)", dialect: .oniguruma)
    let plan = try NormalizationPlan(
      .sequence([.prepend("\u{2581}"), .replace(.pattern(pattern), "")]))
    #expect(plan.mayFail)
    let text = Array(repeating: UInt8(ascii: "x"), count: 5000)
    var output: [UInt8] = []
    var edits: TextEdits? = TextEdits()
    do throws(EncodingError) {
      _ = try plan.normalize(text.span, into: &output, edits: &edits)
      Issue.record("no error")
    } catch {
      #expect(error.reason == .patternLimit)
      #expect(error.range.upperBound <= text.count)
    }
    do throws(VocabularyError) {
      _ = try plan.normalized(text)
      Issue.record("no error")
    } catch { #expect(error.reason == .limit) }
  }
}
