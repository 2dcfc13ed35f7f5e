internal import Tokenization

/// A number for all that the result of a training depends on, by which its checkpoint is known again.
struct TrainingDigest {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func add(_ number: UInt64) {
    let product = (value ^ number).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    // subtle: the number is added, so that a product of 0 does not forget what was before.
    value = (product.low ^ product.high) &+ number &+ 1
  }

  mutating func add(_ bytes: Span<UInt8>) {
    add(UInt64(bytes.count))
    add(Tokenization.hash(bytes))
  }

  mutating func add(_ text: String) { add(Array(text.utf8).span) }

  /// - Complexity: O(*n*) in the bytes of all words.
  mutating func add(_ counts: WordCounts) {
    add(counts.words.bytes.span)
    for index in 0..<counts.count {
      add(UInt64(counts.words.ends[index]))
      add(counts.counts[index])
    }
  }
}
