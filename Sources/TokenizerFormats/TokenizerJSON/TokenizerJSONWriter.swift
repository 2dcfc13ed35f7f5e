import SplitPatterns
import Tokenization

/// Writes a tokenizer.json as huggingface's library (0.23) reads it. The same tokenizer gives the same
/// bytes.
extension TokenizerDefinition {
  /// The file: a member a line, in the order in which the library writes them.
  ///
  /// Steps that the library does not have are left out; so are added tokens' ids that it would give itself.
  func tokenizerJSON() throws(VocabularyError) -> [UInt8] {
    var written = self
    written.pipeline = pipeline.inTokenizerJSON(model)
    let model = try written.modelJSON()
    guard case .object(let members) = pipelineJSON(written.pipeline) else { return [] }
    let value = { (key: String) in members.first { $0.key == key }?.value.write() ?? [] }
    var file = Array("{\n\"version\":\"1.0\"".utf8)
    for key in [
      "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor",
      "decoder",
    ] {
      file += Array(",\n\"\(key)\":".utf8)
      // No step at all is null there.
      file +=
        key == "pre_tokenizer" && written.pipeline.splitter.steps.isEmpty
        ? Array("null".utf8) : value(key)
    }
    file += Array(",\n\"model\":".utf8)
    file += model
    file += Array("\n}\n".utf8)
    return file
  }
}

extension Pipeline {
  /// The same in the library's own steps, as far as it has them.
  fileprivate func inTokenizerJSON(_ model: any ModelDefinition) -> Pipeline {
    var written = self
    written.addedTokens.sort { $0.id < $1.id }
    written.normalizer = normalizer.flatMap { $0.inTokenizerJSON }
    written.splitter = Splitter(splitter.steps.compactMap(\.inTokenizerJSON))
    written.decoder = decoder.inTokenizerJSON(model)
    return written
  }
}

extension Normalizer {
  /// Nil for what the library does not have.
  fileprivate var inTokenizerJSON: Normalizer? {
    switch self {
    case .sentencePiece(let options):
      guard let steps = options.steps(), !steps.isEmpty else { return nil }
      return steps.count == 1 ? steps[0] : .sequence(steps)
    case .replace(.pattern(let pattern), let content):
      return pattern.inOniguruma().map { .replace(.pattern($0), content) }
    case .sequence(let parts): return .sequence(parts.compactMap(\.inTokenizerJSON))
    default: return self
    }
  }
}

extension SplitStep {
  /// Nil for what the library does not have.
  fileprivate var inTokenizerJSON: SplitStep? {
    switch self {
    case .pattern(let pattern, let behavior, let inverted):
      pattern.inOniguruma().map { .pattern($0, behavior, inverted: inverted) }
    case .matchRuns(let pattern, let joined):
      pattern.inOniguruma().flatMap { pattern in
        joined.inOniguruma().map { .matchRuns(pattern, joining: $0) }
      }
    case .digitGroups, .words: nil
    default: self
    }
  }
}

extension TokenDecoder {
  fileprivate func inTokenizerJSON(_ model: any ModelDefinition) -> TokenDecoder {
    let parts = self.partsInTokenizerJSON(model)
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private func partsInTokenizerJSON(_ model: any ModelDefinition) -> [TokenDecoder] {
    switch self {
    case .bytes:
      // Tokens are spelled in the byte alphabet there.
      model.isByteLevel
        ? [.byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true)] : [.fuse]
    case .sentencePiece(let options): options.steps(model)
    case .replace(.regex(let pattern), let content):
      pattern.inOniguruma().map { [.replace(.regex($0), content: content)] } ?? []
    case .sequence(let parts): parts.flatMap { $0.partsInTokenizerJSON(model) }
    default: [self]
    }
  }
}
