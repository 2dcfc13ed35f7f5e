public import SplitPatterns

/// How the texts of tokens become one text.
///
/// A decoder takes a list of texts, first those of the tokens as the file spells them, and gives
/// another one; what the last gives is put together. Each does what huggingface's decoder of that
/// name does; where that one crashes, is said below.
public indirect enum TokenDecoder: Hashable, Sendable {
  /// The tokens' bytes, one behind another. First in a sequence: the texts are the tokens' bytes, not
  /// what the file spells them with; elsewhere it changes nothing.
  case bytes
  /// The same where the file spells tokens in the byte alphabet: a text whose characters are all of
  /// the alphabet stands for those bytes, and makes one text of all. Bytes that are not UTF-8 become
  /// U+FFFD where another decoder follows. The flags are kept for files written back.
  case byteLevel(addsPrefixSpace: Bool, trimsRanges: Bool, splits: Bool)
  /// The tokens as they stand in the file, with spaces between them: what huggingface does with a
  /// file that names no decoder.
  case spaced
  /// `replacement` becomes a space, and nothing in the first text unless the scheme is `never`.
  /// `splits` is kept for files written back.
  case metaspace(replacement: Unicode.Scalar, scheme: MetaspaceScheme, splits: Bool)
  /// A space before each text but the first, unless it begins with `prefix`, which goes.
  /// `cleansUp` takes spaces before punctuation and English contractions away, as ` n't`.
  case wordPiece(prefix: String, cleansUp: Bool)
  /// `suffix` becomes a space, and nothing in the last text.
  case bpe(suffix: String)
  /// Of equal texts in a row one stays. `pad` goes; with `cleansUp` spaces are cleaned up as in
  /// ``wordPiece(prefix:cleansUp:)`` and `wordDelimiter` becomes a space. Texts left empty go.
  case ctc(pad: String, wordDelimiter: String, cleansUp: Bool)
  /// All texts become one.
  case fuse
  /// Takes up to `start` characters `content` from the beginning of each text and up to `stop` from
  /// its end; in a text of fewer the original crashes.
  case strip(content: Unicode.Scalar, start: Int, stop: Int)
  /// Each match in a text becomes `content`, taken as it stands.
  case replace(ReplacedPattern, content: String)
  /// A text `<0x61>` stands for a byte. Bytes in a row that are UTF-8 together become one text; if
  /// any of them is not, each becomes a text of U+FFFD.
  case byteFallback
  /// What SentencePiece does: U+2581 to a space, bytes to characters, the unknown token to its
  /// surface. It takes the tokens' texts, so that it comes first.
  case sentencePiece(SentencePieceDecoder)
  /// One after another.
  case sequence([TokenDecoder])

  /// Where the encoder put a replacement in front of a text.
  public enum MetaspaceScheme: String, CaseIterable, Hashable, Sendable {
    case first
    case never
    case always
  }

  /// What ``replace(_:content:)`` looks for.
  public enum ReplacedPattern: Hashable, Sendable {
    /// A string as it stands; an empty one is found at the borders of all characters.
    case string(String)
    case regex(SplitPattern)
  }
}

extension TokenDecoder {
  /// The decoders that are carried out, sequences within each other made one.
  var parts: [TokenDecoder] {
    guard case .sequence(let parts) = self else { return [self] }
    return parts.flatMap(\.parts)
  }

  /// Whether the bytes of tokens in the byte alphabet are the result, one behind another.
  var isByteLevel: Bool {
    let parts = parts
    guard parts.count == 1, case .byteLevel = parts[0] else { return false }
    return true
  }
}
