public import UnicodeText

/// What is changed in a text before it is split.
public indirect enum Normalizer: Hashable, Sendable {
  /// A normalisation form of the Unicode standard, with the tables that huggingface's library has.
  case form(NormalizationForm)
  /// One after another.
  case sequence([Normalizer])
}
