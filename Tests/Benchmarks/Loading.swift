internal import Tok

/// Opens a vocabulary: the first time, which also shows its memory, and the best of several.
///
/// The one in the program is made once, so that its first time is all there is. One vocabulary a
/// process: memory that an earlier one gave back would hide what the next one takes.
func measureLoading(_ options: Options) throws {
  let repetitions = try options.count("repetitions", default: 10)
  let before = residentMegabytes() ?? 0
  var tokenizer: Tokenizer?
  let first = try Elapsed.during { tokenizer = try options.openVocabulary() }
  let after = residentMegabytes() ?? 0
  guard let tokenizer else { return }

  // A mapped vocabulary is read as far as it is used: the first text pays for that.
  var ids: [TokenID] = []
  let text = sampleTexts[0].text
  let use = try Elapsed.during { ids = try tokenizer.encode(text, addsTemplate: false) }
  guard try !tokenizer.isReversible || tokenizer.decode(ids) == text else {
    throw BenchmarkError(message: "\(options.vocabulary): the text came back otherwise")
  }

  var best = first.processor
  for _ in 0..<repetitions {
    best = min(best, try Elapsed.during { _ = try options.openVocabulary() }.processor)
  }
  var line = ResultLine("load")
  line.add("vocabulary", options.vocabulary)
  line.add("tokens", tokenizer.tokenCount)
  line.add("first_ms", first.processor * 1e3)
  if options.vocabulary != "default" { line.add("best_ms", best * 1e3) }
  line.add("first_text_ms", use.processor * 1e3)
  line.add("resident_mb", after - before)
  line.write()
  if let path = options["compiled"] { try writeFile(path, tokenizer.compiled()) }
}
