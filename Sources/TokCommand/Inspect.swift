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
      ("model", "byte-level BPE"),
      ("tokens", "\(tokenizer.tokenCount), ids 0 to \(tokenizer.idCount - 1)"),
      ("added tokens", "\(pipeline.addedTokens.count), \(special.count) of them special"),
      ("normalizer", pipeline.normalizer.map(Self.text) ?? "none"),
    ]
    for (index, step) in pipeline.splitter.steps.enumerated() {
      rows.append((index == 0 ? "splitter" : "", Self.text(step)))
    }
    rows.append(("template", pipeline.postProcessor.map { text($0, tokenizer) } ?? "none"))
    rows.append(("decoder", Self.text(pipeline.join)))
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

  private static func text(_ normalizer: Normalizer) -> String {
    switch normalizer {
    case .form(let form): form.rawValue
    case .sequence(let parts):
      parts.isEmpty ? "none" : parts.map { text($0) }.joined(separator: ", then ")
    }
  }

  private static func text(_ step: SplitStep) -> String {
    switch step {
    case .pattern(let pattern, let behavior, let inverted):
      "pattern \(pattern.source) (\(behavior.rawValue)\(inverted ? ", inverted" : ""))"
    case .literal(let string, let behavior, let inverted):
      "text `\(string)` (\(behavior.rawValue)\(inverted ? ", inverted" : ""))"
    case .digits(let individually): individually ? "each numeral" : "runs of numerals"
    case .byteLevel(let addsPrefixSpace, let splits):
      "bytes" + (splits ? ", cut by GPT-2's pattern" : "")
        + (addsPrefixSpace ? ", a space in front" : "")
    case .whitespace: "words and runs of signs"
    case .whitespaceSplit: "white space removed"
    case .bert: "white space removed, each punctuation"
    case .punctuation(let behavior): "punctuation (\(behavior.rawValue))"
    case .metaspace(let replacement, let scheme, let splits):
      "`\(replacement)` for spaces" + (scheme == .never ? "" : " and in front (\(scheme.rawValue))")
        + (splits ? ", cut before each" : "")
    case .unicodeScripts: "scripts"
    case .characterDelimiter(let delimiter): "`\(delimiter)` removed"
    case .fixedLength(let length): "each \(length) characters"
    case .digitGroups(let length): "digits by \(length) from the right"
    case .words: "words by a dictionary"
    }
  }

  private func text(_ processor: PostProcessor, _ tokenizer: Tokenizer) -> String {
    switch processor {
    case .byteLevel: return "none"
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

  private static func text(_ join: TokenJoin) -> String {
    switch join {
    case .bytes, .byteLevel: "bytes, joined"
    case .spaced: "tokens as in the file, with spaces between them"
    }
  }
}

/// What `tok inspect --json` writes: the pipeline in the words of tokenizer.json, and counts.
enum InspectionJSON {
  static func value(of tokenizer: Tokenizer, named name: String) -> JSONValue {
    let special = tokenizer.pipeline.addedTokens.lazy.filter(\.isSpecial).count
    return JSONValue([
      "vocabulary": .string(name),
      "model": .string("byte-level BPE"),
      "tokens": JSONValue(tokenizer.tokenCount),
      "ids": JSONValue(tokenizer.idCount),
      "added": JSONValue(tokenizer.pipeline.addedTokens.count),
      "special": JSONValue(special),
      "pipeline": pipelineJSON(tokenizer.pipeline),
    ])
  }
}
