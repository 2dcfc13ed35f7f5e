/// How the texts of tokens become one text.
public enum TokenJoin: Hashable, Sendable {
  /// The tokens' bytes, one behind another.
  case bytes
  /// The same where the file spells tokens in the byte alphabet: an added token whose text consists
  /// of its characters stands for those bytes. The flags are kept for files written back.
  case byteLevel(addsPrefixSpace: Bool, trimsRanges: Bool, splits: Bool)
  /// The tokens as they stand in the file, with spaces between them: what huggingface does with a
  /// file that names no decoder.
  case spaced
}
