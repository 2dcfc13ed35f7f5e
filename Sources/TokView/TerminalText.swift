public import Tokenization

/// Text as tokens in a terminal: the colours, spans and signs of a ``TokenPage``, in codes of ECMA-48
/// for 256 colours.
///
/// Nothing of the text can command the terminal: what is no character to look at is shown by name.
public struct TerminalText: Sendable {
  private let tokenizer: Tokenizer

  public init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  /// Appends `text`, each span of tokens on a ground of another colour, and ends the line.
  ///
  /// - Parameter tokens: what the tokenizer's `tokenize` gave for `text`.
  /// - Complexity: O(*n* + *t*) in the bytes of the text and the tokens.
  public func append(_ tokens: [Token], of text: Span<UInt8>, to output: inout [UInt8]) {
    var place = 0
    // Whether the line ends before anything else is written: its ground ends with it.
    var hasEnded = false
    for (number, span) in TokenSpan.spans(of: tokens, in: text).enumerated() {
      appendParts(of: text, place..<span.range.lowerBound, style: "", &hasEnded, to: &output)
      let traits = SpanTraits(of: span, tokens, tokenizer)
      let style = Self.style(of: traits, number: number)
      if hasEnded { output.append(0x0A) }
      hasEnded = false
      output += style.utf8
      if span.range.isEmpty { output += VisibleText.line(traits.bytes).utf8 }
      appendParts(of: text, span.range, style: style, &hasEnded, to: &output)
      if traits.count > 1 { output += Self.raised(traits.count).utf8 }
      output += Self.reset.utf8
      place = span.range.upperBound
    }
    appendParts(of: text, place..<text.count, style: "", &hasEnded, to: &output)
    output.append(0x0A)
  }

  private func appendParts(
    of text: Span<UInt8>, _ range: Range<Int>, style: String, _ hasEnded: inout Bool,
    to output: inout [UInt8]
  ) {
    VisibleText.forEachPart(of: text, in: range) { part in
      if hasEnded { output += "\(style.isEmpty ? "" : Self.reset)\n\(style)".utf8 }
      hasEnded = part == .lineFeed
      switch part {
      case .text(let range): for place in range { output.append(text[place]) }
      case .lineFeed: output += "⏎".utf8
      case .tab: output += "→".utf8
      case .label(let name): output += "⟨\(name)⟩".utf8
      case .byte(let byte): output += "⟨\(VisibleText.hexadecimal(byte))⟩".utf8
      }
    }
  }

  private static let reset = "\u{1B}[0m"

  private static func style(of traits: SpanTraits, number: Int) -> String {
    if traits.isUnknown { return "\u{1B}[4;30;48;5;\(Palette.unknownInTerminal)m" }
    if traits.isSpecial { return "\u{1B}[1;7m" }
    return "\u{1B}[30;48;5;\(Palette.grounds[number % Palette.grounds.count].terminal)m"
  }

  /// A number in raised digits, as the page's marks of several tokens in one character.
  private static func raised(_ number: Int) -> String {
    let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return String(String(number).compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }
}
