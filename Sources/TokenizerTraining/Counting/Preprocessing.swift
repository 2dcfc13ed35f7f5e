internal import SplitPatterns
internal import Tok
public import Tokenization

/// How texts become words, in training as in encoding.
public struct Preprocessing: Hashable, Sendable {
  public var normalizer: Normalizer?
  public var splitter: Splitter
  /// The model works on the text's own bytes: the step `ByteLevel` leaves them as they are.
  public var isByteLevel: Bool
  /// Where there is no step, words begin at runs of U+2581, as in sentencepiece's family.
  public var cutsAtSpaceMarks: Bool
  /// Of words with a space where the model sees U+2581, which are soon counted: the neighbours that they
  /// are not cut between. Nil for all other words.
  var spacedWordJoins: ByteJoins?

  public init(
    normalizer: Normalizer? = nil, splitter: Splitter, isByteLevel: Bool,
    cutsAtSpaceMarks: Bool = false
  ) {
    self.normalizer = normalizer
    self.splitter = splitter
    self.isByteLevel = isByteLevel
    self.cutsAtSpaceMarks = cutsAtSpaceMarks
  }
}

extension Preprocessing {
  /// A number by which a checkpoint knows it again: that of a tokenizer with these steps.
  ///
  /// - Throws: `vocabulary` for a normaliser or splitter that cannot be built.
  var digest: TrainingDigest {
    get throws(TrainingError) {
      var digest = TrainingDigest()
      digest.add("\(isByteLevel) \(cutsAtSpaceMarks) \(String(describing: spacedWordJoins))")
      do throws(VocabularyError) {
        let tokenizer = try Tokenizer(
          TokenizerDefinition(
            pipeline: Pipeline(normalizer: normalizer, splitter: splitter, decoder: .bytes),
            model: BytePairDefinition(
              tokens: ByteStrings(), ids: [], merges: .listed([]), takesWholePretokens: false)))
        digest.add(tokenizer.compiled().span)
      } catch { throw TrainingError(error) }
      return digest
    }
  }
}
