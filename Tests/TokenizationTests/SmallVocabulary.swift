import References
import SplitPatterns
import TestSupport
import Tokenization

/// A vocabulary of a few tokens, as a tokenizer and as its slow twin.
struct SmallVocabulary {
  var tokens: [[UInt8]] = []
  var ids: [TokenID] = []
  /// Nil for merges by id.
  var merges: [BytePairDefinition.Merge]? = []
  var takesWholePretokens = false
  var unknown: TokenID?
  var fusesUnknown = false

  /// Takes the whole text as one pretoken.
  static let onePretoken = Splitter([])

  var model: BytePairDefinition {
    var strings = ByteStrings()
    for token in tokens { strings.append(token) }
    return BytePairDefinition(
      tokens: strings, ids: ids, merges: merges.map { .listed($0) } ?? .byID,
      takesWholePretokens: takesWholePretokens, unknown: unknown, fusesUnknown: fusesUnknown)
  }

  func tokenizer(
    splitter: Splitter = onePretoken, addedTokens: [AddedToken] = [],
    normalizer: Normalizer? = nil, postProcessor: PostProcessor? = nil,
    decoder: TokenDecoder = .bytes
  ) throws -> Tokenizer {
    try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(
          addedTokens: addedTokens, normalizer: normalizer, splitter: splitter,
          postProcessor: postProcessor, decoder: decoder),
        model: model))
  }

  var reference: ReferenceBytePair {
    ReferenceBytePair(
      tokens: zip(tokens, ids).map { ($0, $1) },
      rules: merges.map { merges in
        .listed(
          merges.map {
            ReferenceBytePair.Merge(left: $0.left, right: $0.right, result: $0.result)
          })
      } ?? .byID,
      takesWholePretokens: takesWholePretokens, unknown: unknown, fusesUnknown: fusesUnknown)
  }

  func id(of token: [UInt8]) -> TokenID? { tokens.firstIndex(of: token).map { ids[$0] } }

  mutating func addMerge(_ left: [UInt8], _ right: [UInt8]) {
    guard let first = id(of: left), let second = id(of: right), let whole = id(of: left + right)
    else { return }
    merges?.append(BytePairDefinition.Merge(left: first, right: second, result: whole))
  }
}

// MARK: - Hand-made

extension SmallVocabulary {
  /// All bytes, their values being their ids, and merges written as `left right`, whose results
  /// follow from 256 on.
  init(merges lines: [String]) {
    tokens = (0...255 as ClosedRange<UInt8>).map { [$0] }
    for line in lines {
      let parts = line.split(separator: "+").map { Array($0.utf8) }
      if !tokens.contains(parts[0] + parts[1]) { tokens.append(parts[0] + parts[1]) }
    }
    ids = tokens.indices.map { TokenID($0) }
    for line in lines {
      let parts = line.split(separator: "+").map { Array($0.utf8) }
      addMerge(parts[0], parts[1])
    }
  }

  /// A vocabulary of about 400 tokens for text in several scripts, made by the textbook's training.
  static let trained: SmallVocabulary = {
    let text =
      "The theory is that the tokens of the text don't differ: there, they're tested 1234 times. "
      + "Grüße aus Köln, où l’été était là; привет, как дела, привет всем. 東京都は日本の東京です。"
      + "  for (int i = 0; i < 10; i++) {\n    total += i;\n    return total;\n}\r\n\r\n   12:34 😀😀"
    var vocabulary = SmallVocabulary(merges: [])
    var words = text.utf8.split(
      separator: 0x20, omittingEmptySubsequences: false
    ).map { part in [[0x20]] + part.map { [$0] } }
    for _ in 0..<150 {
      var counts: [[[UInt8]]: Int] = [:]
      for word in words {
        for (left, right) in zip(word, word.dropFirst()) { counts[[left, right], default: 0] += 1 }
      }
      let best = counts.max { one, two in
        one.value != two.value
          ? one.value < two.value : two.key.joined().lexicographicallyPrecedes(one.key.joined())
      }
      guard let best, best.value > 1 else { break }
      let (left, right) = (best.key[0], best.key[1])
      if vocabulary.id(of: left + right) == nil {
        vocabulary.tokens.append(left + right)
        vocabulary.ids.append(TokenID(vocabulary.ids.count))
      }
      vocabulary.addMerge(left, right)
      words = words.map { word in
        var merged: [[UInt8]] = []
        for token in word {
          if token == right, merged.last == left {
            merged[merged.count - 1] = left + right
          } else {
            merged.append(token)
          }
        }
        return merged
      }
    }
    return vocabulary
  }()
}

// MARK: - Random

extension SmallVocabulary {
  /// The ways in which a vocabulary can be odd.
  enum Kind: CaseIterable {
    /// Merges in the order in which tokens are made.
    case proper
    /// Merges in any order, so that a token may come before its parts.
    case shuffled
    /// Every way in which a token can be made is a merge, in any order.
    case everyDerivation
    /// Some merges stand twice, and some tokens in none.
    case duplicates
    /// tiktoken's rule, ids in the order in which tokens are made.
    case byID
    /// tiktoken's rule, ids in any order, some tokens without parts.
    case byShuffledID
  }

  /// - Parameter lacksBytes: leaves a byte of `alphabet` and all others out, for listed merges.
  static func random(
    _ kind: Kind, alphabet: [UInt8], tokenCount: Int, lacksBytes: Bool = false,
    using generator: inout SeededGenerator
  ) -> SmallVocabulary {
    var vocabulary = SmallVocabulary()
    let isByID = kind == .byID || kind == .byShuffledID
    var singles = alphabet.map { [$0] }
    if lacksBytes, !isByID { singles.removeLast() }
    var tokens = singles
    var derivations: [([UInt8], [UInt8])] = []
    for _ in 0..<tokenCount {
      let left = tokens.randomElement(using: &generator) ?? []
      let right = tokens.randomElement(using: &generator) ?? []
      guard left.count + right.count <= 9, !tokens.contains(left + right) else { continue }
      tokens.append(left + right)
      derivations.append((left, right))
    }
    if kind == .duplicates || kind == .byShuffledID {
      for _ in 0..<3 {
        let odd = (0..<Int.random(in: 2...5, using: &generator)).map { _ in
          singles.randomElement(using: &generator)?[0] ?? 0
        }
        if !tokens.contains(odd) { tokens.append(odd) }
      }
    }
    if kind == .everyDerivation {
      derivations = tokens.flatMap { token in
        token.indices.dropFirst().map { (Array(token[..<$0]), Array(token[$0...])) }
      }
    }
    if kind == .shuffled || kind == .everyDerivation { derivations.shuffle(using: &generator) }
    if kind == .duplicates {
      for _ in 0..<3 {
        if let again = derivations.randomElement(using: &generator) {
          derivations.insert(
            again, at: Int.random(in: 0...derivations.count, using: &generator))
        }
      }
    }
    let hasAllBytes = isByID || Bool.random(using: &generator)
    if isByID || (hasAllBytes && !lacksBytes) {
      tokens += (0...255 as ClosedRange<UInt8>).map { [$0] }.filter { !alphabet.contains($0[0]) }
    }
    if lacksBytes, !isByID, Bool.random(using: &generator) {
      tokens.append([0xFE, 0xFE, 0xFE])
    }
    vocabulary.tokens = tokens
    var ids = tokens.indices.map { TokenID($0 * 2) }
    if kind != .byID { ids.shuffle(using: &generator) }
    vocabulary.ids = ids
    if lacksBytes { vocabulary.unknown = vocabulary.id(of: [0xFE, 0xFE, 0xFE]) }
    vocabulary.fusesUnknown = Bool.random(using: &generator)
    vocabulary.takesWholePretokens = isByID || Bool.random(using: &generator)
    vocabulary.merges = isByID ? nil : []
    if !isByID { for (left, right) in derivations { vocabulary.addMerge(left, right) } }
    return vocabulary
  }
}
