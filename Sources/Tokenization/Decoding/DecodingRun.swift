internal import UnicodeText

/// A list of ids on its way through a ``DecodingPlan``; whole lists and streams go the same way.
struct DecodingRun: Sendable {
  private let spellsTokens: Bool
  private let otherTexts: [TokenID: [UInt8]]
  private var steps: [any DecodingStep]
  private var input = TokenTextList()
  private var output = TokenTextList()

  init(_ plan: DecodingPlan) {
    spellsTokens = plan.spellsTokens
    otherTexts = plan.otherTexts
    steps = plan.steps
  }

  /// How many bytes of texts are gathered before they go through the steps.
  private static let batchCount = 1 << 14

  /// Takes the text of the next token; passes on to `bytes` what cannot change any more, if
  /// `atOnce`, or else whenever enough has come together.
  mutating func append(
    _ id: TokenID, of vocabulary: Vocabulary, atOnce: Bool, to bytes: inout [UInt8]
  ) throws(DecodingError) {
    let token = vocabulary.bytes.span.extracting(vocabulary.range(of: id))
    if !otherTexts.isEmpty, let text = otherTexts[id] {
      input.append(text.span)
    } else if spellsTokens, vocabulary.isSpelled(id) {
      ByteAlphabet.appendText(of: token, to: &input.bytes)
    } else {
      input.append(token)
    }
    input.endText()
    if atOnce || input.bytes.count + input.ends.count >= Self.batchCount {
      try runSteps(finishing: false, to: &bytes)
    }
  }

  /// Passes on what was kept.
  mutating func finish(to bytes: inout [UInt8]) throws(DecodingError) {
    try runSteps(finishing: true, to: &bytes)
  }

  private mutating func runSteps(
    finishing: Bool, to bytes: inout [UInt8]
  ) throws(DecodingError) {
    for index in steps.indices {
      output.removeAll()
      do throws(DecodingError) {
        try steps[index].take(input, into: &output)
        if finishing { try steps[index].finish(into: &output) }
      } catch {
        input.removeAll()
        throw error
      }
      swap(&input, &output)
    }
    bytes.append(contentsOf: input.bytes)
    input.removeAll()
  }
}
