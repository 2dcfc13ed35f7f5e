package import Tokenization

/// What the metadata of a GGUF file says of its tokenizer, as it stands there.
///
/// What llama.cpp makes of it, with what it takes where the file is silent, is in ``settings()``.
package struct GGUFVocabulary: Sendable {
  /// The value of `tokenizer.ggml.model` that decides how a text becomes tokens.
  package enum Model: Hashable, Sendable {
    /// Byte pairs by listed merges over the byte alphabet: `gpt2`.
    case bytePair
    /// Byte pairs by score over escaped text, SentencePiece's: `llama`.
    case scoredBytePair
    /// WordPiece, words marked by U+2581 in front: `bert`.
    case wordPiece
    /// Unigram: `t5`.
    case unigram
    /// The longest token at each place, with escapes in the texts: `rwkv`.
    case longestMatch
    /// Byte pairs by listed merges over escaped text, with byte fallback: `gemma4`.
    case escapedBytePair

    package init?(name: String) {
      switch name {
      case "gpt2": self = .bytePair
      case "llama": self = .scoredBytePair
      case "bert": self = .wordPiece
      case "t5": self = .unigram
      case "rwkv": self = .longestMatch
      case "gemma4": self = .escapedBytePair
      default: return nil
      }
    }
  }

  /// What a token is for; numbered as in the file, which are SentencePiece's numbers.
  package enum TokenType: UInt8, Sendable {
    /// 0, and every number that has no meaning.
    case undefined = 0
    case normal, unknown, control, userDefined, unused, byte
  }

  /// The ids that the file gives to tokens with a part to play, within the vocabulary.
  package struct Roles: Hashable, Sendable {
    package var beginning: TokenID?
    package var end: TokenID?
    package var endOfTurn: TokenID?
    package var unknown: TokenID?
    package var separator: TokenID?
    package var padding: TokenID?
    package var classification: TokenID?
    package var mask: TokenID?

    package init() {}
  }

  package internal(set) var modelName = ""
  package internal(set) var model = Model.bytePair
  /// `tokenizer.ggml.pre`: the name of the way to cut, as `llama-bpe`.
  package internal(set) var pre: String?
  /// The string of each token as it stands in the file; a token's index is its id.
  package internal(set) var texts = ByteStrings()
  /// The score of each token; empty if the file has none.
  package internal(set) var scores: [Float] = []
  /// The type of each token; empty if the file has none.
  package internal(set) var types: [TokenType] = []
  /// Two texts with a space between them, in order of rank; nil if the file has no merges.
  package internal(set) var merges: ByteStrings?
  package internal(set) var roles = Roles()
  package internal(set) var addsBeginning: Bool?
  package internal(set) var addsEnd: Bool?
  package internal(set) var addsSeparator: Bool?
  package internal(set) var addsSpacePrefix: Bool?
  package internal(set) var removesExtraWhitespaces: Bool?
  /// `tokenizer.ggml.normalizer.lowercase`, of WordPiece.
  package internal(set) var lowercases: Bool?
  /// `tokenizer.ggml.normalizer.strip_accents`, of WordPiece.
  package internal(set) var stripsAccents: Bool?
  /// Rules of characters, compiled, as in ``SentencePieceFile/Normalizer/precompiledCharsMap``.
  package internal(set) var precompiledCharsMap: [UInt8] = []
  package internal(set) var chatTemplate: String?
  /// `general.architecture`, as `llama`.
  package internal(set) var architecture: String?
  /// `general.name`; llama.cpp treats special tokens of models called Phi-3 in a way of their own.
  package internal(set) var name: String?
}
