import Tok

extension Normalizer {
  /// What `tok inspect` says of it.
  var summary: String {
    switch self {
    case .form(let form): form.rawValue
    case .lowercase: "lowercase"
    case .stripAccents: "without marks"
    case .bert(let options): options.summary
    case .strip(let left, let right):
      "without white space "
        + (left && right ? "at both ends" : left ? "in front" : right ? "behind" : "nowhere")
    case .prepend(let text): "`\(text)` in front"
    case .replace(.literal(let text), let content): "`\(content)` for `\(text)`"
    case .replace(.pattern(let pattern), let content):
      "`\(content)` for matches of \(pattern.source)"
    case .precompiled: "charsmap"
    case .nmt: "NMT's cleaning"
    case .byteLevel: "byte alphabet"
    case .sentencePiece(let options): options.summary
    case .sequence(let parts):
      parts.isEmpty ? "none" : parts.map(\.summary).joined(separator: ", then ")
    }
  }
}

extension Normalizer.BertOptions {
  fileprivate var summary: String {
    var parts: [String] = []
    if cleansText { parts.append("cleaned") }
    if separatesIdeographs { parts.append("ideographs apart") }
    if stripsAccents ?? lowercases { parts.append("without accents") }
    if lowercases { parts.append("lowercase") }
    return "BERT's" + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
  }
}

extension SentencePieceNormalizer {
  fileprivate var summary: String {
    var parts: [String] = []
    if charsmap != nil { parts.append("charsmap") }
    if removesExtraSpaces { parts.append("without extra spaces") }
    if addsDummySpace { parts.append("a space \(addsSpaceBehind ? "behind" : "in front")") }
    if escapesSpaces { parts.append("spaces as `▁`") }
    if !userSymbols.isEmpty { parts.append("\(userSymbols.count) symbols kept") }
    return "SentencePiece's" + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
  }
}
