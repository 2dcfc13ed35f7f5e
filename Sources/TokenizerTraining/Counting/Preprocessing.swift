internal import SplitPatterns
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
