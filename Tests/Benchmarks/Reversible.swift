internal import Tok

extension Tokenizer {
  /// Whether every text is decoded to itself: byte-level BPE without a normaliser.
  var isReversible: Bool { modelName == "byte-level BPE" && pipeline.normalizer == nil }
}
