import TestSupport
import Testing

@testable import Tokenization

@Suite struct PrecompiledCharsmapTests {
  static let sample = CharsmapBuilder.charsmap(
    sampleRules.map { (Array($0.0.utf8), Array($0.1.utf8)) })

  private static func rule(
    _ charsmap: PrecompiledCharsmap, _ text: String, _ choice: PrecompiledCharsmap.Choice
  ) -> String? {
    let bytes = Array(text.utf8)
    guard let rule = charsmap.rule(in: bytes.span, from: 0, choice) else { return nil }
    return "\(rule.length):" + String(decoding: charsmap.bytes[rule.result], as: UTF8.self)
  }

  @Test func `finds the shortest and the longest rule`() throws {
    let charsmap = try PrecompiledCharsmap(Self.sample)
    #expect(Self.rule(charsmap, "ab cd", .shortest) == "2:X")
    #expect(Self.rule(charsmap, "ab cd", .longest) == "5:Y Z")
    #expect(Self.rule(charsmap, "ab c", .longest) == "2:X")
    #expect(Self.rule(charsmap, "a", .longest) == nil)
    #expect(Self.rule(charsmap, "", .longest) == nil)
    #expect(Self.rule(charsmap, "\u{AD}", .shortest) == "2:")
    for (key, result) in sampleRules {
      #expect(Self.rule(charsmap, key, .longest) == "\(key.utf8.count):\(result)")
    }
  }

  @Test(
    arguments: [
      ([], .truncated), ([4, 0, 0], .truncated), ([0, 0, 0, 0], .malformed),
      ([0, 0, 0, 0, 0x61, 0], .malformed), ([4, 0, 0, 0, 1, 2, 3], .truncated),
      ([3, 0, 0, 0, 1, 2, 3], .malformed), ([0xFF, 0xFF, 0xFF, 0xFF, 0], .truncated),
      ([4, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0], .malformed),
    ] as [([UInt8], VocabularyError.Reason)])
  func `refuses`(bytes: [UInt8], reason: VocabularyError.Reason) {
    do throws(VocabularyError) {
      _ = try PrecompiledCharsmap(bytes)
      Issue.record("no error")
    } catch { #expect(error.reason == reason) }
  }

  @Test func `every truncation is refused or harmless`() throws {
    let trieEnd = 4 + Int(Self.sample[0]) + Int(Self.sample[1]) << 8 + Int(Self.sample[2]) << 16
    for count in 0..<Self.sample.count {
      let bytes = Array(Self.sample[..<count])
      if count < trieEnd {
        #expect(throws: VocabularyError.self) { try PrecompiledCharsmap(bytes) }
      } else if let charsmap = try? PrecompiledCharsmap(bytes) {
        try Self.exercise(charsmap)
      }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func `damaged tries do no harm`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var bytes = Self.sample
    for _ in 0..<40 {
      let place = Int.random(in: 4..<bytes.count, using: &generator)
      bytes[place] = UInt8.random(in: 0...127, using: &generator)
    }
    if let charsmap = try? PrecompiledCharsmap(bytes) { try Self.exercise(charsmap) }
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `any units do no harm`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let units = (0..<64).map { _ in generator.next() }
    let charsmap = try PrecompiledCharsmap(
      CharsmapBuilder.charsmap(
        units: units.map { UInt32(truncatingIfNeeded: $0 >> ($0 % 33)) },
        results: Array("a\0bc\0é\0".utf8)))
    try Self.exercise(charsmap)
  }

  /// A unit for `a` that leads to itself, with and without a value.
  @Test(.timeLimit(.minutes(10)), arguments: [0, 1 << 8] as [UInt32])
  func `circles end`(leaf: UInt32) throws {
    var units = [UInt32](repeating: 0, count: 128)
    units[0x61] = 0x61 | leaf | 0x61 << 10
    // From 0x61 ^ 0x61 = 0 with `a` back to 0x61; the value stands at 0.
    let charsmap = try PrecompiledCharsmap(
      CharsmapBuilder.charsmap(units: units, results: Array("x\0".utf8)))
    let text = [UInt8](repeating: 0x61, count: 5_000)
    for normalizer in [
      Normalizer.precompiled(charsmap), .sentencePiece(SentencePieceNormalizer(charsmap: charsmap)),
    ] {
      _ = try NormalizationPlan(normalizer).normalized(text)
    }
  }

  private static func exercise(_ charsmap: PrecompiledCharsmap) throws {
    for normalizer in [
      Normalizer.precompiled(charsmap), .sentencePiece(SentencePieceNormalizer(charsmap: charsmap)),
    ] {
      guard let plan = try? NormalizationPlan(normalizer) else { continue }
      for text in sampleTexts { _ = try plan.normalized(Array(text.utf8)) }
    }
  }
}
