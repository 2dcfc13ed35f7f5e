/// A format of files that tokenizers are written in. The raw value is what users call it.
public enum WritableFormat: String, Sendable, CaseIterable {
  case tokenizerJSON = "tokenizer.json"
  case tiktoken = "tiktoken"
  case sentencePiece = "sentencepiece"
  /// A token on each line: BERT's.
  case vocabularyText = "vocab.txt"
  /// Two files, the other one being merges.txt: GPT-2's.
  case vocabularyJSON = "vocab.json"
  /// The keys of the vocabulary, without a model.
  case gguf = "gguf"
  /// Our own form, which opens without being parsed.
  case compiled = "compiled"

  /// The format that a file's name tells; nil if it tells none.
  public init?(fileName name: String) {
    if name.hasSuffix("vocab.json") {
      self = .vocabularyJSON
    } else if name.hasSuffix(".json") {
      self = .tokenizerJSON
    } else if name.hasSuffix(".tiktoken") {
      self = .tiktoken
    } else if name.hasSuffix(".model") {
      self = .sentencePiece
    } else if name.hasSuffix("vocab.txt") {
      self = .vocabularyText
    } else if name.hasSuffix(".gguf") {
      self = .gguf
    } else if name.hasSuffix(".tok") {
      self = .compiled
    } else {
      return nil
    }
  }
}

/// A tokenizer as the bytes of a file.
public struct WrittenTokenizer: Sendable, Hashable {
  public var bytes: [UInt8]
  /// The merges.txt of a ``WritableFormat/vocabularyJSON``, nil for all others.
  public var merges: [UInt8]?
  /// What the file does not say of the tokenizer; empty unless losses were allowed.
  public var losses: [String] = []

  package init(bytes: [UInt8], merges: [UInt8]? = nil) {
    self.bytes = bytes
    self.merges = merges
  }
}
