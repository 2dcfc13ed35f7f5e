/// What a chat template made of messages: the text, and who wrote which of its bytes.
public struct ChatText: Hashable, Sendable {
  /// A stretch of the text that one side wrote.
  public struct Stretch: Hashable, Sendable {
    /// In bytes of the text.
    public var range: Range<Int>
    /// The template's own words, and the variables that count as such; otherwise a user's.
    public var isTemplates: Bool
  }

  /// UTF-8.
  public let bytes: [UInt8]
  /// All of the text, in order, neighbours always of different sides; empty stretches are left out.
  public let stretches: [Stretch]
  /// What stands within `{% generation %}`: what the model is to learn to write, in bytes, ascending
  /// and apart from each other.
  public let generated: [Range<Int>]

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The text as parts for ``Tokenizer/encode(parts:addsTemplate:)``: special tokens in the template's
  /// words are tokens, and for those in users' words `users` holds.
  ///
  /// The template writes all special tokens itself, so that a tokenizer's own template, as one that
  /// puts `<s>` before a text, is to be left out: `addsTemplate: false`.
  public func parts(users: SpecialTokens = .asPlainText) -> [TextPart] {
    stretches.map { stretch in
      TextPart(
        Array(bytes[stretch.range]), specialTokens: stretch.isTemplates ? .parse : users)
    }
  }

  /// The parts where special tokens in users' words are plain text.
  public var parts: [TextPart] { parts() }

  init(_ text: JinjaText) {
    bytes = text.bytes
    var stretches: [Stretch] = []
    var generated: [Range<Int>] = []
    var start = 0
    for run in text.runs {
      let range = start..<run.end
      let isTemplates = run.origin.contains(.template)
      if let last = stretches.indices.last, stretches[last].isTemplates == isTemplates {
        stretches[last].range = stretches[last].range.lowerBound..<run.end
      } else {
        stretches.append(Stretch(range: range, isTemplates: isTemplates))
      }
      if run.origin.contains(.generation) {
        if let last = generated.indices.last, generated[last].upperBound == start {
          generated[last] = generated[last].lowerBound..<run.end
        } else {
          generated.append(range)
        }
      }
      start = run.end
    }
    self.stretches = stretches
    self.generated = generated
  }
}
