internal import Tok

/// Texts of 10 to 1,000,000 bytes, one call after another with a warm cache: what a call costs.
func measureSizes(_ options: Options) throws {
  let tokenizer = try options.openVocabulary()
  let budget = Double(try options.count("milliseconds", default: 30)) / 1e3
  let samples = sampleTexts.filter { options["text"] == nil || options["text"] == $0.name }
  guard !samples.isEmpty else {
    let names = sampleTexts.map(\.name).joined(separator: ", ")
    throw BenchmarkError(message: "no text `\(options["text"] ?? "")`; there are: \(names)")
  }
  for sample in samples {
    for size in [10, 100, 1_000, 10_000, 1_000_000] {
      let text = repeated(sample.text, byteCount: size)
      var line = ResultLine("sizes")
      line.add("vocabulary", options.vocabulary)
      line.add("text", sample.name)
      line.add("bytes", text.count)
      try measureCalls(tokenizer, text, budget: budget, line: &line)
      line.write()
    }
  }
}

/// `text` again and again, cut between characters: `byteCount` bytes or up to three less.
private func repeated(_ text: String, byteCount: Int) -> [UInt8] {
  let unit = Array(text.utf8)
  var end = byteCount
  while unit[end % unit.count] & 0xC0 == 0x80 { end -= 1 }
  return (0..<end).map { unit[$0 % unit.count] }
}

private func measureCalls(
  _ tokenizer: Tokenizer, _ text: [UInt8], budget: Double, line: inout ResultLine
) throws {
  var context = EncodingContext()
  var ids: [TokenID] = []
  var decoded: [UInt8] = []
  var count = 0
  let encoding = try secondsPerCall(budget) {
    ids.removeAll(keepingCapacity: true)
    try tokenizer.encode(text.span, into: &ids, using: &context, addsTemplate: false)
  }
  let counting = try secondsPerCall(budget) {
    count = try tokenizer.countTokens(in: text.span, using: &context, addsTemplate: false)
  }
  let decoding = try secondsPerCall(budget) {
    decoded = try tokenizer.decodeBytes(ids, keepsSpecialTokens: true)
  }
  guard count == ids.count, decoded == text || !tokenizer.isReversible else {
    throw BenchmarkError(message: "\(text.count) bytes: a count or the decoded text is wrong")
  }
  line.add("tokens", ids.count)
  for (name, seconds) in [("encode", encoding), ("count", counting), ("decode", decoding)] {
    line.add("\(name)_ns", (seconds * 1e9).rounded())
    line.add("\(name)_mb_s", megabytesPerSecond(text.count, seconds))
  }
}

/// The best of five series, each of as many calls as fill `budget` seconds, at least one.
private func secondsPerCall(_ budget: Double, _ body: () throws -> Void) rethrows -> Double {
  let first = try Elapsed.during(body).processor
  // The first call fills the cache; a second guess is made with a warm one.
  let second = try Elapsed.during(body).processor
  let calls = max(1, min(1_000_000, Int(budget / 5 / max(min(first, second), 1e-8))))
  var best = Double.infinity
  for _ in 0..<5 {
    let time = try Elapsed.during { for _ in 0..<calls { try body() } }
    best = min(best, time.processor / Double(calls))
  }
  return best
}
