import TestSupport
import Testing
import UnicodeText

private func normalized(_ text: [UInt8], _ form: NormalizationForm) -> [UInt8] {
  var output: [UInt8] = []
  var edits: TextEdits?
  normalize(text.span, to: form, appendingTo: &output, edits: &edits)
  return output
}

private func utf8(_ scalars: [UInt32]) -> [UInt8] {
  var bytes: [UInt8] = []
  for scalar in scalars { appendUTF8(of: scalar, to: &bytes) }
  return bytes
}

private func isNormalized(_ text: [UInt8], _ form: NormalizationForm) -> Bool {
  TextNormalizer(form).isNormalized(text.span)
}

/// FNV-1a, continued from `value`.
private func digest(_ value: UInt64, _ bytes: [UInt8]) -> UInt64 {
  bytes.reduce(value) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}

private let digestStart: UInt64 = 0xCBF2_9CE4_8422_2325
private let forms: [NormalizationForm] = [.nfc, .nfd, .nfkc, .nfkd]

@Suite struct TextNormalizerTests {
  @Test(arguments: normalizerRows)
  func `rows of the original`(row: [String]) {
    for (form, expected) in zip(forms, row.dropFirst()) {
      let result = normalized(Array(row[0].utf8), form)
      #expect(result == Array(expected.utf8), "\(form.rawValue)")
      let isSame = Array(row[0].utf8) == Array(expected.utf8)
      #expect(isNormalized(Array(row[0].utf8), form) == isSame)
    }
  }

  @Test(arguments: zip(forms, scalarDigests))
  func `every code point, alone and among marks, as the original`(
    form: NormalizationForm, digests: [UInt64]
  ) {
    let normalizer = TextNormalizer(form)
    var edits: TextEdits?
    var text: [UInt8] = []
    var output: [UInt8] = []
    for (plane, expected) in digests.enumerated() {
      var value = digestStart
      let parts = plane < 2 ? Self.surroundings : Self.shortSurroundings
      for first in stride(from: UInt32(plane) << 16, to: UInt32(plane + 1) << 16, by: 16) {
        text.removeAll(keepingCapacity: true)
        output.removeAll(keepingCapacity: true)
        for scalar in first..<first + 16 where Unicode.Scalar(scalar) != nil {
          let scalarBytes = utf8([scalar])
          for part in parts {
            if part == [0] { text += scalarBytes } else { text += part }
          }
        }
        normalizer.append(normalized: text.span, to: &output, edits: &edits)
        if output != text { value = digest(value, output) }
      }
      #expect(value == expected, "plane \(plane)")
    }
  }

  /// What normalizer_samples.py puts around a code point, cut where the code point goes; 0 there.
  static let surroundings: [[UInt8]] = [
    [0], utf8([0x0A, 0x61, 0x345]), [0], utf8([0x334, 0x0A, 0x78, 0x301]), [0],
    utf8([0x323, 0x7A]), [0], utf8([0x307, 0x0A]), [0], utf8([0x338, 0x3099]), [0], [0x0A],
  ]

  /// The same beyond the first two planes, which hold all marks.
  static let shortSurroundings: [[UInt8]] = [
    [0], utf8([0x0A, 0x78, 0x301]), [0], utf8([0x323, 0x0A]),
  ]

  static func randomText(seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    let count = generator.next() % 40
    return utf8(
      (0..<count).map { _ in
        normalizerAlphabet[Int(generator.next() % UInt64(normalizerAlphabet.count))]
      })
  }

  @Test(arguments: zip(forms, randomTextDigests))
  func `random text as the original`(form: NormalizationForm, expected: UInt64) {
    let value = (0..<20_000 as Range<UInt64>).reduce(digestStart) {
      digest($0, normalized(Self.randomText(seed: $1), form))
    }
    #expect(value == expected)
  }

  @Test(arguments: forms)
  func `twice is once`(form: NormalizationForm) {
    for seed in 0..<500 as Range<UInt64> {
      let once = normalized(Self.randomText(seed: seed), form)
      #expect(normalized(once, form) == once)
      #expect(isNormalized(once, form))
    }
  }

  @Test(
    arguments: [
      // A mark does not reach over a byte that is no UTF-8, and is sorted behind it.
      ([0x65, 0xFF, 0xCC, 0x81], [0x65, 0xFF, 0xCC, 0x81]),
      ([0xFF, 0xCC, 0x81, 0xCC, 0xA3], [0xFF, 0xCC, 0xA3, 0xCC, 0x81]),
      ([0x65, 0xCC, 0x81, 0xCC], [0xC3, 0xA9, 0xCC]),
      ([0xED, 0xA0, 0x80, 0x65, 0xCC, 0x81], [0xED, 0xA0, 0x80, 0xC3, 0xA9]),
      ([0x65, 0xCC, 0x81, 0xF0, 0x9F, 0x98], [0xC3, 0xA9, 0xF0, 0x9F, 0x98]),
    ] as [([UInt8], [UInt8])])
  func `invalid bytes stay and stand between`(text: [UInt8], expected: [UInt8]) {
    #expect(normalized(text, .nfc) == expected)
  }

  @Test(arguments: forms)
  func `all 256 bytes stay`(form: NormalizationForm) {
    for byte in 0...255 as ClosedRange<UInt8> { #expect(normalized([byte], form) == [byte]) }
  }

  /// A second would be plenty for linear work, even unoptimised; quadratic work would take hours.
  @Test(.timeLimit(.minutes(10)), arguments: forms)
  func `a million marks take linear time`(form: NormalizationForm) {
    var scalars: [UInt32] = [0x61]
    for _ in 0..<500_000 { scalars += [0x301, 0x323] }
    let result = normalized(utf8(scalars), form)
    var expected: [UInt32] = form == .nfc || form == .nfkc ? [0x1EA1] : [0x61, 0x323]
    expected += Array(repeating: 0x323, count: 499_999)
    expected += Array(repeating: 0x301, count: 500_000)
    #expect(result == utf8(expected))
  }

  @Test func `a million letters are copied`() {
    let text = Array(repeating: 0x61 as UInt8, count: 1_000_000)
    var output: [UInt8] = []
    var edits: TextEdits? = TextEdits()
    normalize(text.span, to: .nfkc, appendingTo: &output, edits: &edits)
    #expect(output == text)
    #expect(edits?.isUntouched == true)
    #expect(edits?.originalCount == 1_000_000)
  }

  @Test(arguments: forms)
  func `edits lead back`(form: NormalizationForm) throws {
    for seed in 0..<300 as Range<UInt64> {
      let text = Self.randomText(seed: seed)
      var output: [UInt8] = []
      var made: TextEdits? = TextEdits()
      normalize(text.span, to: form, appendingTo: &output, edits: &made)
      let edits = try #require(made)
      #expect(edits.originalCount == text.count)
      #expect(edits.normalizedCount == output.count)
      #expect(edits.originalRange(of: 0..<output.count) == 0..<text.count)
      // Every range that leads back gives, normalized, text that holds the range.
      for start in 0..<output.count {
        let end = min(output.count, start + 3)
        let original = edits.originalRange(of: start..<end)
        let again = normalized(Array(text[original]), form)
        #expect(again.count >= end - start)
        #expect(again.indices.contains { again[$0...].starts(with: output[start..<end]) })
      }
    }
  }
}
