import TestSupport
import Tok

/// The vocabularies of the repository, each loaded once for all tests.
enum Vocabularies {
  static let names = [
    "gpt2", "r50k_base", "p50k_base", "cl100k_base", "o200k_base", "bert-base-uncased",
    "bert-base-cased", "xlnet-base-cased", "mistral-7b-v0.1", "clip", "tok-bpe-32k",
    "tok-unigram-32k", "tok-wordpiece-32k",
  ]
  static let folder = Files.root + "/vocabularies"

  private static let gpt2 = Result { try Tokenizer(contentsOf: folder + "/gpt2") }
  private static let r50k = Result { try Tokenizer(contentsOf: folder + "/r50k_base") }
  private static let p50k = Result { try Tokenizer(contentsOf: folder + "/p50k_base") }
  private static let cl100k = Result { try Tokenizer(contentsOf: folder + "/cl100k_base") }
  private static let o200k = Result { try Tokenizer(contentsOf: folder + "/o200k_base") }
  private static let bert = Result { try Tokenizer(contentsOf: folder + "/bert-base-uncased") }
  private static let casedBERT = Result { try Tokenizer(contentsOf: folder + "/bert-base-cased") }
  private static let xlnet = Result { try Tokenizer(contentsOf: folder + "/xlnet-base-cased") }
  private static let mistral = Result { try Tokenizer(contentsOf: folder + "/mistral-7b-v0.1") }
  private static let clip = Result { try Tokenizer(contentsOf: folder + "/clip") }
  private static let bpe = Result { try Tokenizer(contentsOf: folder + "/tok-bpe-32k") }
  private static let unigram = Result { try Tokenizer(contentsOf: folder + "/tok-unigram-32k") }
  private static let wordPiece = Result {
    try Tokenizer(contentsOf: folder + "/tok-wordpiece-32k")
  }
  private static let lessIsBetter = Result { try Tokenizer(contentsOf: folder + "/tok-lib-32k") }

  static func tokenizer(_ name: String) throws -> Tokenizer {
    switch name {
    case "gpt2": try gpt2.get()
    case "r50k_base": try r50k.get()
    case "p50k_base": try p50k.get()
    case "cl100k_base": try cl100k.get()
    case "bert-base-uncased": try bert.get()
    case "bert-base-cased": try casedBERT.get()
    case "xlnet-base-cased": try xlnet.get()
    case "mistral-7b-v0.1": try mistral.get()
    case "clip": try clip.get()
    case "tok-bpe-32k": try bpe.get()
    case "tok-unigram-32k": try unigram.get()
    case "tok-wordpiece-32k": try wordPiece.get()
    case "tok-lib-32k": try lessIsBetter.get()
    default: try o200k.get()
    }
  }
}
