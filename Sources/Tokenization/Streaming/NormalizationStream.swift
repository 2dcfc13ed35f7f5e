internal import SplitPatterns

/// A ``NormalizationPlan`` for a text that comes in parts: each step keeps what later parts may change
/// and passes on the rest.
struct NormalizationStream: Sendable {
  private var steps: [NormalizationStepStream] = []
  /// How many bytes at the front of the result come from where the whole text begins.
  private(set) var startCount = 0

  /// A stream that changes nothing.
  init() {}

  /// - Throws: a step that may need all of the text.
  init(_ plan: NormalizationPlan) throws(StreamingError) {
    for (step, path) in zip(plan.steps, plan.paths) {
      if case .replace(let replacement) = step, case .pattern(let matcher) = replacement.search,
        let obstacle = matcher.obstacle
      {
        throw StreamingError(.normalizer, obstacle.message, path: path)
      }
      steps.append(NormalizationStepStream(step, isFirst: true))
    }
  }

  var isEmpty: Bool { steps.isEmpty }

  /// Begins a stretch of text between added tokens; `isFirst` where the whole text begins.
  mutating func begin(isFirst: Bool) {
    startCount = 0
    for index in steps.indices { steps[index].begin(isFirst: isFirst) }
  }

  /// Appends what becomes of the next part of the stretch.
  ///
  /// - Parameter startCount: how many bytes at the front of `text` come from where the whole text
  ///   begins.
  /// - Throws: `patternLimit`.
  mutating func take(
    _ text: Span<UInt8>, startCount: Int, isLast: Bool, into output: inout [UInt8]
  ) throws(EncodingError) {
    var input: [UInt8] = []
    var result: [UInt8] = []
    var count = startCount
    for index in steps.indices {
      result.removeAll(keepingCapacity: true)
      if index == 0 {
        count = try steps[0].take(text, startCount: count, isLast: isLast, into: &result)
      } else {
        count = try steps[index].take(input.span, startCount: count, isLast: isLast, into: &result)
      }
      swap(&input, &result)
      if input.isEmpty, !isLast { return }
    }
    output.append(contentsOf: input)
    self.startCount += count
  }
}
