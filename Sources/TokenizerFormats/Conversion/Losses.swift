import SplitPatterns
import Tokenization

/// What one tokenizer says and another one does not, which was written of it: each a phrase of a message.
///
/// Only what can change an id or a text counts. Parts that mean the same in other words are equal: a
/// pattern in two dialects, SentencePiece's rules and the steps that do the same, bytes and the byte
/// alphabet.
extension TokenizerDefinition {
  /// - Throws: `inexpressible` where the model of the other gives other ids to plain words, so that no
  ///   loss could be put up with.
  func losses(in written: TokenizerDefinition) throws(VocabularyError) -> [String] {
    var losses = addedTokenLosses(in: written)
    losses += try modelLosses(in: written)
    losses += stepLosses(in: written)
    return losses
  }

  // MARK: - Added tokens

  private func addedTokenLosses(in written: TokenizerDefinition) -> [String] {
    let there = Dictionary(
      written.pipeline.addedTokens.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var missing: [AddedToken] = []
    var changed: [AddedToken] = []
    for token in pipeline.addedTokens {
      // The unknown token is special by what it is.
      if token.isSpecial, token.id == written.model.unknownToken, token.id == model.unknownToken {
        continue
      }
      guard let other = there[token.id], sameBytes(other.content, token.content) else {
        missing.append(token)
        continue
      }
      if !isAlike(token, other, written) { changed.append(token) }
    }
    // Special ones more hurt no plain text.
    let own = Set(pipeline.addedTokens.map(\.id))
    let more = written.pipeline.addedTokens.filter { !own.contains($0.id) && !$0.isSpecial }
    return Self.phrase("the added token", missing)
      + Self.phrase("the flags of the added token", changed)
      + Self.phrase("that no text is cut at the token", more)
  }

  private func isAlike(
    _ token: AddedToken, _ other: AddedToken, _ written: TokenizerDefinition
  ) -> Bool {
    var other = other
    // Without steps before, the text as it came is the normalised one.
    if pipeline.normalizer.meaning.isEmpty, written.pipeline.normalizer.meaning.isEmpty {
      other.isNormalized = token.isNormalized
    }
    return token == other
  }

  private static func phrase(_ kind: String, _ tokens: [AddedToken]) -> [String] {
    phrase(kind, tokens.map(\.content))
  }

  /// `the added token `a``, or the number of them with the first ones.
  static func phrase(_ kind: String, _ names: [String]) -> [String] {
    guard let first = names.first else { return [] }
    if names.count == 1 { return ["\(kind) `\(first)`"] }
    let shown = names.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    return ["\(kind)s \(shown)" + (names.count > 3 ? " and \(names.count - 3) more" : "")]
  }

  // MARK: - Steps

  private func stepLosses(in written: TokenizerDefinition) -> [String] {
    var losses: [String] = []
    let own = pipeline
    let other = written.pipeline
    let isNormalizedAlike = own.normalizer.meaning == other.normalizer.meaning
    let isCutAlike = own.splitter.meaning == other.splitter.meaning
    if !isNormalizedAlike, !isCutAlike, own.normalizer == nil, own.splitter.isMetaspaceAlone {
      losses.append("that U+2581 is put before a text only if it begins with no space")
    } else {
      if !isNormalizedAlike {
        losses.append(
          own.normalizer.meaning.isEmpty
            ? "that a text is not normalised" : "the normalizer, or parts of it")
      }
      if !isCutAlike {
        losses.append(
          own.splitter.steps.isEmpty ? "that a text is not cut" : "the way to cut a text")
      }
    }
    if !PostProcessor.areAlikeForOneText(own.postProcessor, other.postProcessor) {
      losses.append("the tokens around a text")
    } else if !PostProcessor.areAlike(own.postProcessor, other.postProcessor) {
      losses.append("the tokens around and between two texts")
    }
    if own.decoder.meaning(model) != other.decoder.meaning(model) { losses.append("the decoder") }
    if own.truncation != other.truncation { losses.append("the truncation") }
    if own.padding != other.padding { losses.append("the padding") }
    if own.dropout != other.dropout { losses.append("the rate of dropout") }
    return losses
  }
}

// MARK: - Meanings of steps

extension Normalizer? {
  /// The steps one behind another, SentencePiece's rules as other steps where these do the same.
  fileprivate var meaning: [Normalizer] {
    guard let self else { return [] }
    var steps = self.flattened
    // Before the text as mark or as space that becomes one: the same.
    let mark = "\u{2581}"
    let escaping = Normalizer.replace(.literal(" "), mark)
    for place in steps.indices.dropLast() {
      switch (steps[place], steps[place + 1]) {
      case (escaping, .prepend(mark)): steps.swapAt(place, place + 1)
      case (.prepend(" "), escaping): steps[place] = .prepend(mark)
      default: break
      }
    }
    return steps
  }
}

extension Normalizer {
  fileprivate var flattened: [Normalizer] {
    switch self {
    case .sequence(let parts): return parts.flatMap(\.flattened)
    case .sentencePiece(let options):
      guard options.hasExactSteps, let steps = options.steps() else { return [self] }
      return steps
    case .bert(var options):
      options.stripsAccents = options.stripsAccents ?? options.lowercases
      return [.bert(options)]
    default: return [self]
    }
  }
}

/// A step of splitting, whatever it is spelled like.
enum StepMeaning: Hashable {
  case recognized(RecognizedPattern)
  case tree(PatternNode, SplitBehavior, inverted: Bool)
  indirect case runs(of: [StepMeaning], joined: PatternNode)
  case step(SplitStep)
}

extension Splitter {
  fileprivate var isMetaspaceAlone: Bool {
    if case .metaspace(_, _, splits: false) = steps.first { steps.count == 1 } else { false }
  }

  var meaning: [StepMeaning] {
    steps.flatMap { step -> [StepMeaning] in
      switch step {
      case .pattern(let pattern, let behavior, let inverted):
        // Where a pattern matches everywhere its matches are all there is.
        let keepsMatches = behavior == .isolated || behavior == .removed && inverted
        if keepsMatches, let known = RecognizedPattern(pattern) { return [.recognized(known)] }
        return keepsMatches && pattern.matchesEverywhere
          ? [.tree(pattern.tree, .isolated, inverted: false)]
          : [.tree(pattern.tree, behavior, inverted: inverted)]
      case .matchRuns(let pattern, let joined):
        let cuts = Splitter([.pattern(pattern, .isolated, inverted: false)])
        return [.runs(of: cuts.meaning, joined: joined.tree)]
      case .byteLevel(addsPrefixSpace: false, splits: true):
        return [.recognized(.gpt2), .step(.byteLevel(addsPrefixSpace: false, splits: false))]
      default: return [.step(step)]
      }
    }
  }
}

extension TokenDecoder {
  /// The steps one behind another.
  fileprivate func meaning(_ model: any ModelDefinition) -> [TokenDecoder] {
    switch self {
    case .byteLevel where model.isByteLevel: [.bytes]
    case .sentencePiece(let options) where options.denormalizer == nil: options.steps(model)
    case .sequence(let parts): parts.flatMap { $0.meaning(model) }
    case .strip(_, start: 0, stop: 0): []
    default: [self]
    }
  }
}
