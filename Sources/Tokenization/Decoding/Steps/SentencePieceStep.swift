internal import UnicodeText

/// `sentencePiece`: keeps the beginning of a character that byte tokens make, and the whole text if it
/// is denormalized (google/sentencepiece 0.2.0, `SentencePieceProcessor::Decode`).
struct SentencePieceStep: DecodingStep {
  private let options: SentencePieceDecoder
  private let unknown: [UInt8]
  private let denormalization: SentencePieceNormalization?
  private let mark = Array("\u{2581}".utf8)

  /// A token's text that is not whole.
  private var token: [UInt8] = []
  /// The bytes of byte tokens that are no character yet.
  private var pending: [UInt8] = []
  /// The text, where it is denormalized.
  private var whole: [UInt8] = []
  private var isAtStart = true
  private var hasDroppedSpace = false

  init(_ options: SentencePieceDecoder) throws(VocabularyError) {
    self.options = options
    unknown = Array(options.unknown.utf8)
    if let denormalizer = options.denormalizer {
      denormalization = try SentencePieceNormalization(denormalizer)
    } else {
      denormalization = nil
    }
  }

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    token.append(contentsOf: text)
    guard endsText else { return }
    var written: [UInt8] = []
    if options.hasBytes, let byte = ByteFallbackStep.byte(of: token.span) {
      pending.append(byte)
      passOnCharacters(upTo: pending.count - incompleteSuffixCount(of: pending.span), &written)
    } else {
      passOnCharacters(upTo: pending.count, &written)
      append(token, to: &written)
    }
    token.removeAll(keepingCapacity: true)
    write(written, into: &output)
    output.endText()
  }

  mutating func finish(into output: inout TokenTextList) {
    var written: [UInt8] = []
    passOnCharacters(upTo: pending.count, &written)
    write(written, into: &output)
    if let denormalization {
      var edits: TextEdits?
      if !denormalization.append(whole.span, to: &output.bytes, edits: &edits) {
        output.append(whole.span)
      }
      whole = []
    }
    output.endText()
  }

  private mutating func write(_ text: [UInt8], into output: inout TokenTextList) {
    if !text.isEmpty { isAtStart = false }
    if denormalization != nil { whole += text } else { output.append(text.span) }
  }

  /// The text of a token that is no byte.
  private mutating func append(_ token: [UInt8], to written: inout [UInt8]) {
    if token == unknown {
      written += options.unknownSurface.utf8
      return
    }
    var text = token[...]
    let mayDrop = isAtStart && written.isEmpty && !hasDroppedSpace
    if mayDrop, options.dropsFirstSpace || options.dropsAllFirstSpaces, text.starts(with: mark) {
      text.removeFirst(mark.count)
      // Where all spaces at the front go, the next token may lose one too.
      hasDroppedSpace = !options.dropsAllFirstSpaces
    }
    var index = text.startIndex
    while index < text.endIndex {
      if text[index...].starts(with: mark) {
        written.append(0x20)
        index += mark.count
      } else {
        written.append(text[index])
        index += 1
      }
    }
  }

  /// Passes on so many bytes; each that is not UTF-8 as U+FFFD.
  private mutating func passOnCharacters(upTo count: Int, _ written: inout [UInt8]) {
    var index = 0
    while index < count {
      let scalar = decodeScalar(in: pending.span, at: index)
      if scalar.isValid {
        written += pending[index..<(index + scalar.length)]
      } else {
        written += [0xEF, 0xBF, 0xBD]
      }
      index += scalar.length
    }
    pending.removeFirst(count)
  }
}
