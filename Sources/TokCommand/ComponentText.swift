import Tok

/// What the parts of a pipeline do, in a few words each.
enum ComponentText {
  static func of(_ step: SplitStep) -> String {
    switch step {
    case .pattern(let pattern, let behavior, let inverted):
      "pattern \(pattern.source) (\(behavior.rawValue)\(inverted ? ", inverted" : ""))"
    case .literal(let string, let behavior, let inverted):
      "text `\(string)` (\(behavior.rawValue)\(inverted ? ", inverted" : ""))"
    case .digits(let individually): individually ? "each numeral" : "runs of numerals"
    case .byteLevel(let addsPrefixSpace, let splits):
      "bytes" + (splits ? ", cut by GPT-2's pattern" : "")
        + (addsPrefixSpace ? ", a space in front" : "")
    case .whitespace: "runs of word characters and of others"
    case .whitespaceSplit: "white space"
    case .bert: "white space and punctuation (BERT)"
    case .punctuation(let behavior): "punctuation (\(behavior.rawValue))"
    case .metaspace(let replacement, let scheme, let splits):
      "spaces to `\(replacement)`" + (splits ? ", cut before it" : "")
        + (scheme == .never ? "" : ", one in front")
    case .unicodeScripts: "changes of script"
    case .characterDelimiter(let delimiter): "`\(delimiter)`"
    case .fixedLength(let length): "every \(length) characters"
    case .digitGroups(let length): "digits by \(length) from the right"
    case .matchRuns(let pattern, let joined):
      "pattern \(pattern.source), neighbours left together where each is \(joined.source)"
    case .words: "words of the Unicode standard and of dictionaries"
    }
  }

  static func of(_ decoder: TokenDecoder) -> String {
    switch decoder {
    case .bytes, .byteLevel: "bytes, joined"
    case .spaced: "tokens as in the file, with spaces between them"
    case .metaspace(let replacement, let scheme, _):
      "`\(replacement)` to a space" + (scheme == .never ? "" : ", nothing at the beginning")
    case .wordPiece(let prefix, let cleansUp):
      "words, `\(prefix)` continues them" + (cleansUp ? ", cleaned up" : "")
    case .bpe(let suffix): "words, `\(suffix)` ends them"
    case .ctc(let pad, let wordDelimiter, let cleansUp):
      "repetitions and `\(pad)` left out"
        + (cleansUp ? ", `\(wordDelimiter)` to a space, cleaned up" : "")
    case .fuse: "joined"
    case .strip(let content, let start, let stop):
      "up to \(start) and \(stop) of `\(content)` off the ends"
    case .replace(.string(let string), let content): "`\(string)` to `\(content)`"
    case .replace(.regex(let pattern), let content): "pattern \(pattern.source) to `\(content)`"
    case .sentencePiece: "SentencePiece"
    case .byteFallback: "bytes for `<0x00>` to `<0xFF>`"
    case .sequence(let parts):
      parts.isEmpty ? "tokens, joined" : parts.map { of($0) }.joined(separator: ", then ")
    }
  }
}
