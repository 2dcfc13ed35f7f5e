/// What to do with text that spells a special token, as `<|endoftext|>`.
///
/// Whoever writes the text decides what it does: text from users should stay text.
public enum SpecialTokens: Hashable, Sendable {
  /// It is plain text. Added tokens that are not special match, as in huggingface's
  /// `encode_special_tokens`.
  case asPlainText
  /// Nothing but the model's tokens: added tokens that are not special are plain text too.
  case onlyModelTokens
  /// It becomes the special token. For text that you wrote yourself.
  case parse
  /// It is an error, ``EncodingError/Reason/specialToken``, that says where.
  case refuse
  /// These become special tokens, the others stay plain text or are an error.
  case parseOnly(Set<TokenID>, refusingOthers: Bool = false)

  /// What to do with `token` where it stands in the text.
  func decide(_ token: AddedToken) -> AddedTokenMatcher.Decision {
    if !token.isSpecial { return self == .onlyModelTokens ? .leave : .match }
    switch self {
    case .asPlainText, .onlyModelTokens: return .leave
    case .parse: return .match
    case .refuse: return .refuse
    case .parseOnly(let ids, let refusesOthers):
      return ids.contains(token.id) ? .match : refusesOthers ? .refuse : .leave
    }
  }

  /// Whether a matcher of special tokens alone changes nothing.
  var leavesSpecialTokens: Bool { self == .asPlainText || self == .onlyModelTokens }

  /// Whether there are texts that it makes an error.
  var mayRefuse: Bool {
    switch self {
    case .refuse, .parseOnly(_, refusingOthers: true): true
    default: false
    }
  }
}
