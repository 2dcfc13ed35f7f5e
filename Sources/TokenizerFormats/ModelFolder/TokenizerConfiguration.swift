package import Tokenization

/// What stands beside a tokenizer in a model's folder: `tokenizer_config.json`, and
/// `special_tokens_map.json` and `chat_template.jinja` where they are.
///
/// Members are read as transformers (5.x) does; those it has many of, one for each class of its
/// tokenizers, are left out.
package struct TokenizerConfiguration: Sendable, Hashable {
  /// A special token by its text, as a member says it: the text alone, or with its flags.
  package struct SpecialToken: Sendable, Hashable {
    package var text: String
    package var stripsLeft = false
    package var stripsRight = false
    package var isSingleWord = false
    package var isNormalized = false

    package init(_ text: String) { self.text = text }
  }

  /// A part that a special token plays, by the name of its member.
  package enum Role: String, Sendable, CaseIterable {
    case beginning = "bos_token"
    case end = "eos_token"
    case unknown = "unk_token"
    case separator = "sep_token"
    case padding = "pad_token"
    case classification = "cls_token"
    case mask = "mask_token"
  }

  /// The class in transformers, as `LlamaTokenizer`.
  package internal(set) var tokenizerClass: String?
  package internal(set) var specialTokens: [Role: SpecialToken] = [:]
  /// Further special tokens, in their order.
  package internal(set) var additionalSpecialTokens: [SpecialToken] = []
  /// `added_tokens_decoder`, by id; nil if the file has none.
  package internal(set) var addedTokens: [AddedToken]?
  package internal(set) var addsBeginning: Bool?
  package internal(set) var addsEnd: Bool?
  package internal(set) var addsPrefixSpace: Bool?
  package internal(set) var lowercases: Bool?
  package internal(set) var stripsAccents: Bool?
  /// `tokenize_chinese_chars`.
  package internal(set) var separatesIdeographs: Bool?
  /// `legacy` of Llama's and T5's tokenizers: whether a space is put behind every special token.
  package internal(set) var isLegacy: Bool?
  package internal(set) var cleansUpSpaces: Bool?
  /// The most tokens that a model takes; nil where the file has none, or the number that stands for
  /// no limit.
  package internal(set) var maximumLength: Int?
  /// The template that has no name, or the name `default`, as text.
  package internal(set) var chatTemplate: String?
  /// Further templates by their names.
  package internal(set) var namedChatTemplates: [String: String] = [:]

  /// The ids of the tokens with a part to play, those that `id` knows.
  package func roles(_ id: (String) -> TokenID?) -> TokenRoles {
    func token(_ role: Role) -> TokenID? {
      guard let token = specialTokens[role] else { return nil }
      return id(token.text)
    }
    return TokenRoles(
      beginning: token(.beginning), end: token(.end), padding: token(.padding),
      unknown: token(.unknown))
  }
}
