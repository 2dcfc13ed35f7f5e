internal import UnicodeText

/// Texts of tokens on their way from one decoder to the next.
///
/// The bytes behind the last end belong to a text that goes on in the next list. All texts end before
/// the decoders finish.
struct TokenTextList: Sendable {
  var bytes: [UInt8] = []
  /// Where each whole text ends in `bytes`.
  private(set) var ends: [Int] = []

  /// Ends the text that `bytes` ends with.
  mutating func endText() { ends.append(bytes.count) }

  mutating func append(_ text: Span<UInt8>) { bytes.append(contentsOf: text) }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
