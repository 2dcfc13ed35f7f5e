import ArgumentParser
import Tok
import TokenizerFormats

/// `tok inspect`
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows what a tokenizer does.",
    discussion: "Example: tok inspect -v cl100k_base")

  @OptionGroup var vocabulary: VocabularyOptions

  @Flag(help: "Writes JSON.")
  var json = false

  func run() throws {
    let tokenizer = try vocabulary.load()
    let file = try OutputFile(nil)
    if json {
      try file.write(InspectionJSON.value(of: tokenizer, named: vocabulary.vocabulary).write())
      try file.write("\n".utf8)
    } else {
      for (name, value) in rows(tokenizer) {
        let padding = String(repeating: " ", count: max(0, 16 - name.count))
        try file.write("\(name)\(padding)\(value)\n".utf8)
      }
    }
    try file.finish()
  }

  private func rows(_ tokenizer: Tokenizer) -> [(String, String)] {
    let pipeline = tokenizer.pipeline
    let special = pipeline.addedTokens.filter(\.isSpecial)
    var rows = [
      ("vocabulary", vocabulary.vocabulary),
      ("model", tokenizer.modelName),
      ("tokens", "\(tokenizer.tokenCount), ids 0 to \(tokenizer.idCount - 1)"),
      ("added tokens", "\(pipeline.addedTokens.count), \(special.count) of them special"),
      ("normalizer", pipeline.normalizer.map(\.summary) ?? "none"),
    ]
    for (index, step) in pipeline.splitter.steps.enumerated() {
      rows.append((index == 0 ? "splitter" : "", ComponentText.of(step)))
    }
    rows.append(("template", pipeline.postProcessor.map { text($0, tokenizer) } ?? "none"))
    rows.append(("decoder", ComponentText.of(pipeline.decoder)))
    let roles: [(String, TokenID?)] = [
      ("beginning", tokenizer.beginningID), ("end", tokenizer.endID),
      ("padding", tokenizer.paddingID), ("unknown", tokenizer.unknownID),
    ]
    for (name, id) in roles {
      if let id { rows.append((name, "\(id) \(quoted(tokenizer.text(of: id)))")) }
    }
    if let truncation = pipeline.truncation {
      rows.append(
        ("truncation", "to \(truncation.maximumLength) in the file; not applied unless asked for"))
    }
    if let rate = pipeline.dropout {
      rows.append(("dropout", "\(rate) in the file; not applied unless asked for"))
    }
    if let padding = pipeline.padding {
      rows.append(
        ("fill", "with \(quoted(padding.token)) in the file; not applied unless asked for"))
    }
    for (index, token) in special.prefix(12).enumerated() {
      rows.append((index == 0 ? "special tokens" : "", "\(token.id) \(quoted(token.content))"))
    }
    if special.count > 12 { rows.append(("", "… and \(special.count - 12) more")) }
    return rows
  }

  private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func text(_ processor: PostProcessor, _ tokenizer: Tokenizer) -> String {
    switch processor {
    case .byteLevel: return "none"
    case .bert(let classifier, let separator), .roberta(let classifier, let separator, _, _):
      return "\(classifier.text) TEXT \(separator.text)"
    case .sequence(let parts):
      return parts.map { text($0, tokenizer) }.joined(separator: ", then ")
    case .template(let template):
      return template.single.map { part in
        switch part {
        case .sequence: "TEXT"
        case .special(let name, _): name
        }
      }.joined(separator: " ")
    }
  }
}

/// What `tok inspect --json` writes: the pipeline in the words of tokenizer.json, and counts.
enum InspectionJSON {
  static func value(of tokenizer: Tokenizer, named name: String) -> JSONValue {
    let special = tokenizer.pipeline.addedTokens.lazy.filter(\.isSpecial).count
    return JSONValue([
      "vocabulary": .string(name),
      "model": .string(tokenizer.modelName),
      "tokens": JSONValue(tokenizer.tokenCount),
      "ids": JSONValue(tokenizer.idCount),
      "added": JSONValue(tokenizer.pipeline.addedTokens.count),
      "special": JSONValue(special),
      "pipeline": pipelineJSON(tokenizer.pipeline),
    ])
  }
}
