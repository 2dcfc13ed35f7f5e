import Tok

/// The way of a text to ids and back, drawn in lines.
enum PipelineDrawing {
  static func lines(_ tokenizer: Tokenizer) -> [String] {
    let pipeline = tokenizer.pipeline
    let special = pipeline.addedTokens.filter(\.isSpecial)
    var added = ["\(pipeline.addedTokens.count), \(special.count) of them special"]
    added += special.prefix(8).map { "\($0.id) \(quoted($0.content))" }
    if special.count > 8 { added.append("… and \(special.count - 8) more") }
    var lines = ["text"]
    append("added tokens", pipeline.addedTokens.isEmpty ? ["none"] : added, to: &lines)
    append("normalizer", [pipeline.normalizer.map(\.summary) ?? "none"], to: &lines)
    append("splitter", pipeline.splitter.steps.map(ComponentText.of), to: &lines)
    append("model", [tokenizer.modelName], to: &lines)
    append("template", [pipeline.postProcessor.map(text) ?? "none"], to: &lines)
    let asked = limits(pipeline)
    if !asked.isEmpty { append("when asked for", asked, to: &lines) }
    lines += [" ▼", "ids"]
    append("decoder", [ComponentText.of(pipeline.decoder)], to: &lines)
    lines += [" ▼", "text"]
    let roles: [(String, TokenID?)] = [
      ("beginning", tokenizer.beginningID), ("end", tokenizer.endID),
      ("padding", tokenizer.paddingID), ("unknown", tokenizer.unknownID),
    ]
    let named = roles.compactMap { name, id in
      id.map { "\(name) \($0) \(quoted(tokenizer.text(of: $0)))" }
    }
    if !named.isEmpty { lines.append("roles: \(named.joined(separator: ", "))") }
    return lines
  }

  /// A stage with what it does, one line for each part of it.
  private static func append(_ stage: String, _ parts: [String], to lines: inout [String]) {
    for (index, part) in (parts.isEmpty ? ["none"] : parts).enumerated() {
      let name = index == 0 ? stage : ""
      let padding = String(repeating: " ", count: max(1, 16 - name.count))
      lines.append("\(index == 0 ? " ├─ " : " │  ")\(name)\(padding)\(part)")
    }
  }

  /// What the file says of lengths.
  private static func limits(_ pipeline: Pipeline) -> [String] {
    var limits: [String] = []
    if let truncation = pipeline.truncation {
      limits.append("truncation to \(truncation.maximumLength)")
    }
    if let rate = pipeline.dropout { limits.append("dropout \(rate)") }
    if let padding = pipeline.padding { limits.append("filled with \(quoted(padding.token))") }
    return limits
  }

  static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.append(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func text(_ processor: PostProcessor) -> String {
    switch processor {
    case .byteLevel: return "none"
    case .bert(let classifier, let separator), .roberta(let classifier, let separator, _, _):
      return "\(classifier.text) TEXT \(separator.text)"
    case .sequence(let parts):
      return parts.map(text).joined(separator: ", then ")
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
