internal import Tok

/// Encodes a corpus as whole encodings, with ranges and without, a document at a time, and both forms in
/// turns; the time is the best of the repetitions, in processor time.
func measureRanges(_ options: Options) throws {
  let tokenizer = try options.openVocabulary()
  let corpus = try options.required("corpus")
  let documents = try Documents(corpus, limit: options.count("limit", default: .max))
  let repetitions = try options.count("repetitions", default: 3)
  let bytes = documents.bytes.span
  let texts = documents.ranges.map { range in
    TextInput.bytes(range.map { bytes[$0] })
  }

  var best: [Bool: Double] = [:]
  var counts: [Bool: Int] = [:]
  for _ in 0...repetitions {
    for findsRanges in [false, true] {
      let encoding = EncodingOptions(addsTemplate: false, findsRanges: findsRanges)
      var count = 0
      let time = try Elapsed.during {
        for text in texts { count += try tokenizer.encodeText(text, options: encoding).count }
      }
      best[findsRanges] = min(best[findsRanges] ?? .infinity, time.processor)
      counts[findsRanges] = count
    }
  }
  guard let without = best[false], let with = best[true], counts[false] == counts[true] else {
    throw BenchmarkError(message: "other tokens with ranges than without")
  }
  var line = ResultLine("ranges")
  line.add("vocabulary", options.vocabulary)
  line.add("corpus", corpus)
  line.add("bytes", documents.byteCount)
  line.add("tokens", counts[true] ?? 0)
  line.add("without_mb_s", megabytesPerSecond(documents.byteCount, without))
  line.add("with_mb_s", megabytesPerSecond(documents.byteCount, with))
  line.add("cost_percent", Int((with / without * 100).rounded()))
  line.write()
}
