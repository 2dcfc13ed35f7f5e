internal import UnicodeText

/// The end of a text that comes in parts, of which it is not known yet what becomes of it.
///
/// It says when to look at it again: when it has doubled, so that all looks together cost no more than
/// the text is long, whatever the parts are.
struct PendingText: Sendable {
  private(set) var bytes: [UInt8] = []
  private var dueCount = 1

  /// Whether it is worth another look.
  var isDue: Bool { bytes.count >= dueCount }

  /// The number of bytes but for a character at the end that is not whole.
  var wholeCount: Int { bytes.count - incompleteSuffixCount(of: bytes.span) }

  mutating func append(_ text: Span<UInt8>) { bytes.append(contentsOf: text) }

  mutating func append(_ text: Span<UInt8>, replacing byte: UInt8, by content: [UInt8]) {
    for place in text.indices {
      if text[place] == byte {
        bytes.append(contentsOf: content)
      } else {
        bytes.append(text[place])
      }
    }
  }

  mutating func insertFirst(_ content: [UInt8]) { bytes.insert(contentsOf: content, at: 0) }

  /// Takes out what is done, after a look.
  mutating func removeFirst(_ count: Int) {
    bytes.removeFirst(count)
    dueCount = max(1, bytes.count * 2)
  }
}
