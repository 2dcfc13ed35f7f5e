public import Tokenization
internal import TokenizerFormats

extension Tokenizer {
  /// All that is to be said of the tokenizer, as a JSON object: its pipeline in the words of
  /// tokenizer.json, what its vocabulary is made of, and which tokens no text becomes.
  ///
  /// - Parameter name: what the member `vocabulary` says.
  /// - Complexity: that of ``Tokenization/Tokenizer/unreachableTokens()``.
  public func inspection(named name: String) -> [UInt8] {
    let special = pipeline.addedTokens.lazy.filter(\.isSpecial).count
    return JSONValue([
      "vocabulary": .string(name),
      "model": .string(modelName),
      "tokens": JSONValue(tokenCount),
      "ids": JSONValue(idCount),
      "added": JSONValue(pipeline.addedTokens.count),
      "special": JSONValue(special),
      "pipeline": pipelineJSON(pipeline),
      "makeup": makeup().json,
      "unreachable": .array(
        unreachableTokens().map {
          JSONValue(["id": JSONValue(Int($0.id)), "reason": .string("\($0.reason)")])
        }),
    ]).write()
  }
}

extension VocabularyMakeup {
  fileprivate var json: JSONValue {
    JSONValue([
      "lengths": .array(lengths.map { JSONValue($0) }),
      "scripts": .array(
        scripts.map {
          JSONValue(["name": .string($0.name), "tokens": JSONValue($0.tokens)])
        }),
      "without_letters": JSONValue(withoutLetters),
      "white_space": JSONValue(whiteSpace),
      "word_beginnings": JSONValue(wordBeginnings),
      "word_continuations": JSONValue(wordContinuations),
      "parts_of_characters": JSONValue(partsOfCharacters),
      "bytes": JSONValue(bytes),
      "holes": JSONValue(holes),
    ])
  }
}
