internal import Tok

/// Encodes a corpus: once with a cold cache, then with a warm one.
///
/// The ids go into one flat array that is new for each pass. One thread is measured in processor
/// time, more by the wall clock. Digests are taken outside the measured part; the passes must agree.
func measureThroughput(_ options: Options) throws {
  let tokenizer = try options.openVocabulary()
  let corpus = try options.required("corpus")
  let documents = try Documents(corpus, limit: options.count("limit", default: .max))
  let threads = try options.count("threads", default: 1)
  let repetitions = try options.count("repetitions", default: 3)

  var context = EncodingContext()
  var times: [Elapsed] = []
  var tokenCount = 0
  var digest = ""
  for pass in 0...repetitions {
    var batch = EncodedBatch()
    let time = try Elapsed.during {
      if threads == 1 {
        batch = try encode(documents, by: tokenizer, using: &context)
      } else {
        batch = try tokenizer.encode(
          documents: documents.ranges, in: documents.bytes.span, addsTemplate: false,
          threads: threads)
      }
    }
    let found = Digest.of(batch.ids, ends: batch.ends)
    guard pass == 0 || found == digest else {
      throw BenchmarkError(message: "pass \(pass) found other ids: `\(found)`, not `\(digest)`")
    }
    digest = found
    tokenCount = batch.ids.count
    times.append(time)
  }

  let seconds = times.map { threads == 1 ? $0.processor : $0.wall }
  let warm = seconds.dropFirst().min() ?? seconds[0]
  var line = ResultLine("throughput")
  line.add("vocabulary", options.vocabulary)
  line.add("corpus", corpus)
  line.add("threads", threads)
  line.add("documents", documents.ranges.count)
  line.add("bytes", documents.byteCount)
  line.add("tokens", tokenCount)
  line.add("digest", digest)
  line.add("cold_mb_s", megabytesPerSecond(documents.byteCount, seconds[0]))
  line.add("warm_mb_s", megabytesPerSecond(documents.byteCount, warm))
  line.add("resident_mb", residentMegabytes() ?? 0)
  line.write()
}

private func encode(
  _ documents: Documents, by tokenizer: Tokenizer, using context: inout EncodingContext
) throws -> EncodedBatch {
  var batch = EncodedBatch()
  batch.ends.reserveCapacity(documents.ranges.count)
  // Room for more than any of the corpora needs; what is not used is never touched.
  batch.ids.reserveCapacity(documents.byteCount / 2)
  let bytes = documents.bytes.span
  for range in documents.ranges {
    try tokenizer.encode(
      bytes.extracting(range), into: &batch.ids, using: &context, addsTemplate: false)
    batch.ends.append(batch.ids.count)
  }
  return batch
}
