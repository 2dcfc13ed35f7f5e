internal import Tokenization
internal import UnicodeText

/// A unigram model that goes on to more tokens.
///
/// The tokens that there are keep their scores, so that what they say of each other stays. The new ones are
/// what a training finds that has them from the beginning to the end: substrings of the new text are the
/// seeds, scores are estimated as shares of all tokens that are expected in it, old and new, and the seeds
/// become fewer by what their loss costs. No score is below the least old one, which says what an unknown
/// character is worth.
struct UnigramExtension: Sendable {
  let model: UnigramDefinition
  /// The scores of the tokens that are found in texts, by their code points.
  private let scores: [[UInt32]: Double]
  /// Tokens that are always found whole: no other reaches over one.
  private let boundaries: [String]
  /// Texts that no new token may have.
  private let reserved: Set<[UInt32]>
  /// What all old tokens keep to, and the new ones do.
  let rules: SentencePieceTrainingOptions

  /// - Parameter maximalLength: the most characters of a new token.
  init(_ model: UnigramDefinition, _ addedTokens: [AddedToken], maximalLength: Int) {
    self.model = model
    let added = addedTokens.map(\.content)
    var scores: [[UInt32]: Double] = [:]
    var boundaries = added
    var reserved = Set(added.map { $0.unicodeScalars.map(\.value) })
    for place in 0..<model.tokens.count {
      let token = String(decoding: model.tokens[place], as: UTF8.self)
      let text = token.unicodeScalars.map(\.value)
      switch model.isFound(place) {
      case .byScore where !reserved.contains(text) && !text.isEmpty:
        // In a training a token that is likelier than certain would count as more than it is.
        scores[text] = model.scores[place] < 0 ? model.scores[place] : 0
      case .always:
        boundaries.append(token)
        reserved.insert(text)
      default: reserved.insert(text)
      }
    }
    (self.scores, self.boundaries, self.reserved) = (scores, boundaries, reserved)
    rules = UnigramRules(scores.keys).options(maximalLength: maximalLength)
  }

  /// The least score of what is found in texts.
  private var leastScore: Double { scores.values.min() ?? -.infinity }

  /// Finds `count` new tokens, best first.
  ///
  /// - Throws: `limit`; `checkpoint`, `unreadable`, `unwritable`.
  func train(
    on counts: WordCounts, count: Int, minimumFrequency: UInt64, _ run: TrainingRun
  ) throws(TrainingError) -> ([UnigramTraining.ScoredToken], TrainingReport.Shortage?) {
    if count == 0 { return ([], nil) }
    if counts.count == 0 { return ([], .exhausted) }
    let words = SentencePieceWords(
      asTheyAre: counts, rules, cutAt: SentencePieceReserved.Matcher(boundaries))
    let characters = try newCharacters(words, minimumFrequency).prefix(count)
    let old = scores.keys.reduce(into: Set<UInt32>()) { $0.formUnion($1) }
    let alphabet = old.union(characters).subtracting([SentencePieceWords.boundary]).sorted()
    let numbers = Dictionary(
      uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0 + 1)) })
    func numbered(_ text: [UInt32]) -> [UInt32]? {
      let result = text.compactMap { numbers[$0] }
      return result.count == text.count ? result : nil
    }
    var options = UnigramTrainingOptions(rules)
    options.sentencePiece.vocabSize = count
    let fixed = scores.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .compactMap { text, score in
        numbered(text).map { UnigramSeeds.FixedToken(characters: $0, score: score) }
      }
    let training = UnigramTraining(
      options: options, fixed: fixed, minimumFrequency: minimumFrequency,
      reserved: Set(reserved.compactMap(numbered)), room: count,
      requiredCharacters: Array(characters))
    let (tokens, shortage) = try training.train(
      on: SuffixForest(SentencePieceCorpus(words), alphabet: alphabet),
      digest: { digest(of: counts, options, minimumFrequency) }, run)
    let least = Float(leastScore)
    return (
      tokens.map { UnigramTraining.ScoredToken(text: $0.text, score: max($0.score, least)) },
      shortage
    )
  }

  /// The characters without a token that the text needs, the most frequent first.
  ///
  /// - Throws: `limit`.
  private func newCharacters(
    _ words: SentencePieceWords, _ minimumFrequency: UInt64
  ) throws(TrainingError) -> [UInt32] {
    let all = try SentencePieceAlphabet(words, rules)
    return zip(all.byFrequency, all.frequencies).compactMap { character, frequency in
      frequency >= minimumFrequency && scores[[character]] == nil
        && !reserved.contains([character]) ? character : nil
    }
  }

  private func digest(
    of counts: WordCounts, _ options: UnigramTrainingOptions, _ minimumFrequency: UInt64
  ) -> UInt64 {
    var digest = TrainingDigest()
    digest.add("\(options) \(minimumFrequency)")
    for (text, score) in scores.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for character in text { digest.add(UInt64(character)) }
      digest.add(score.bitPattern)
    }
    for text in boundaries { digest.add(text) }
    digest.add(counts)
    return digest.value
  }

  /// The model with new tokens, which get the ids behind `lastID`.
  func extended(
    by tokens: [UnigramTraining.ScoredToken], behind lastID: TokenID
  ) -> UnigramDefinition {
    var model = model
    for (place, token) in tokens.enumerated() {
      model.tokens.append(token.text.utf8)
      model.scores.append(Double(token.score))
      model.ids.append(lastID + TokenID(place) + 1)
    }
    let kinds = [UnigramDefinition.Kind](repeating: .normal, count: tokens.count)
    switch model.rules {
    case .huggingface: break
    case .sentencePiece(let old): model.rules = .sentencePiece(kinds: old + kinds)
    case .llamaCPP(let old): model.rules = .llamaCPP(kinds: old + kinds)
    }
    return model
  }
}

extension UnigramDefinition {
  fileprivate enum Finding {
    case byScore, always, never
  }

  /// How a text is searched for the token at `place`.
  fileprivate func isFound(_ place: Int) -> Finding {
    switch rules {
    case .huggingface: ids[place] == unknown ? .never : .byScore
    case .sentencePiece(let kinds): Self.isFound(kinds[place], findsUnused: false)
    case .llamaCPP(let kinds): Self.isFound(kinds[place], findsUnused: true)
    }
  }

  private static func isFound(_ kind: Kind, findsUnused: Bool) -> Finding {
    switch kind {
    case .normal: .byScore
    case .userDefined: .always
    case .unused: findsUnused ? .byScore : .never
    case .unknown, .control, .byte: .never
    }
  }
}
