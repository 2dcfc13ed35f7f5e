internal import CDefaultVocabulary
public import Tok
internal import TokenizerFormats

/// The vocabulary that is part of the program.
public enum DefaultVocabulary {
  /// Its name.
  public static let name = "o200k_base"
}

extension Tokenizer {
  /// The tokenizer of ``DefaultVocabulary/name``, used where it lies in the program: no file is read.
  ///
  /// Made once, when it is first asked for.
  public static let `default`: Tokenizer = {
    // SAFETY: the bytes are constants of the program, in line, and as many as said.
    let image = unsafe CompiledImage(
      base: tok_default_vocabulary(), count: tok_default_vocabulary_size(), owner: nil)
    do {
      return try Tokenizer(image, isTrusted: true)
    } catch {
      // Only a program that was built wrong comes here; a test opens the same bytes with checksum.
      preconditionFailure("the embedded vocabulary does not open: \(error)")
    }
  }()
}
