internal import UnicodeText

/// Writes a text anew, a stretch at a time, and keeps account of what comes from where.
struct TextRewriter {
  private(set) var output: [UInt8]
  /// What was done, if that is wanted.
  private(set) var edits: TextEdits?
  /// How many bytes of the output come from the first `startCount` of the input.
  private(set) var outputStartCount = 0

  private let startCount: Int
  /// How much of the input was taken.
  private var position = 0

  /// - Parameter output: an empty buffer to write to.
  init(output: consuming [UInt8], startCount: Int, wantsEdits: Bool) {
    self.output = output
    self.startCount = startCount
    edits = wantsEdits ? TextEdits() : nil
  }

  /// Takes the input up to `end` as it is.
  mutating func keep(upTo end: Int, of text: Span<UInt8>) {
    guard end > position else { return }
    if position < startCount {
      outputStartCount = output.count + min(end, startCount) - position
    }
    output.append(contentsOf: text.extracting(position..<end))
    edits?.keep(end - position)
    position = end
  }

  /// Puts `bytes` in the place of the next `count` bytes of the input, which may be none.
  mutating func replace(_ count: Int, by bytes: Span<UInt8>) {
    output.append(contentsOf: bytes)
    edits?.replace(originalCount: count, normalizedCount: bytes.count)
    if position < startCount { outputStartCount = output.count }
    position += count
  }
}

extension TextRewriter {
  /// The output, taken out.
  consuming func finish() -> [UInt8] { output }
}
