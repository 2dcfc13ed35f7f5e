internal import SplitPatterns
package import Tokenization

/// A way to cut that `tokenizer.ggml.pre` names, with what llama.cpp ties to the name.
///
/// Names and rules are those of llama.cpp's `llama-vocab.cpp`. Where it has a pattern rewritten for
/// its own matcher beside the one of the model's tokenizer.json, the latter stands here: the
/// rewritten ones of `gpt-4o` and `tekken` take letters outside ASCII for upper and lower case both.
package struct GGUFPreTokenizer: Hashable, Sendable {
  package internal(set) var name: String
  /// Each cuts what the one before it left: at its matches, keeping both them and what lies between.
  package internal(set) var patterns: [String]
  /// The last cut is GPT-2's, of which llama.cpp writes the pattern without its last part.
  package internal(set) var endsWithGPT2 = false
  /// Texts are spelled in the byte alphabet; otherwise spaces are U+2581 and bytes fall back.
  package internal(set) var usesByteAlphabet = true
  package internal(set) var takesWholePretokens = false
  package internal(set) var addsBeginning = false
  /// Also where the file says otherwise.
  package internal(set) var alwaysAddsBeginning = false
  package internal(set) var addsSeparator = false
  /// There is no beginning token unless the file names one.
  package internal(set) var hasNoBeginning = false

  /// The way to cut called `name`; a file without a name has the one called `default`.
  package init(named name: String?) throws(VocabularyError) {
    let name = name.flatMap { $0.isEmpty ? nil : $0 } ?? "default"
    guard let known = Self.all.first(where: { $0.names.contains(name) }) else {
      throw VocabularyError(
        .unsupported, "the pre-tokenizer `\(name)` is not known", path: "tokenizer.ggml.pre")
    }
    self = known.rule
    self.name = name
  }

  init(_ patterns: [String], endsWithGPT2: Bool = false) {
    name = ""
    self.patterns = patterns
    self.endsWithGPT2 = endsWithGPT2
  }

  /// The steps, for models over the byte alphabet.
  package func splitter() throws(VocabularyError) -> Splitter {
    var steps: [SplitStep] = []
    for pattern in patterns {
      // GPT-2's scanner knows single digits in front by this step, which means the same.
      if pattern == #"\p{N}"#, endsWithGPT2 {
        steps.append(.digits(individually: true))
      } else {
        steps.append(
          .pattern(try readSplitPattern(pattern, .oniguruma), .isolated, inverted: false))
      }
    }
    if usesByteAlphabet {
      steps.append(.byteLevel(addsPrefixSpace: false, splits: endsWithGPT2))
    }
    return Splitter(steps)
  }
}
