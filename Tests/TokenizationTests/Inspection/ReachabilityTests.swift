import References
import SplitPatterns
import TestSupport
import Testing

@testable import Tokenization

struct ReachabilityTests {
  /// The example of the documentation.
  @Test func `finds a token whose merge never happens`() throws {
    let definition = Self.bytePair(
      ["ab", "bc", "abc"], merges: [("b", "c"), ("a", "b"), ("ab", "c")])
    let tokenizer = try Self.tokenizer(definition)
    let abc = try #require(tokenizer.id(of: "abc"))
    #expect(
      tokenizer.unreachableTokens() == [UnreachableToken(id: abc, reason: .madeOtherwise)])
  }

  @Test func `finds a token that the splitter cuts`() throws {
    let definition = Self.bytePair(
      ["a ", "b a", " a"], merges: [("a", " "), (" ", "a"), ("b", " a")])
    let tokenizer = try Self.tokenizer(
      definition,
      splitter: [
        .pattern(try SplitPattern(#" ?[^ ]+| +"#, dialect: .rust), .isolated, inverted: false)
      ])
    let found = tokenizer.unreachableTokens()
    #expect(found.map(\.id) == [tokenizer.id(of: "a "), tokenizer.id(of: "b a")])
    #expect(found.allSatisfy { $0.reason == .cutOrChanged })
  }

  @Test func `finds added tokens behind others`() throws {
    let tokenizer = try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(
          addedTokens: [
            AddedToken("<x>", id: 300), AddedToken("<x>", id: 301), AddedToken("<y>", id: 302),
          ], splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: false)]),
          decoder: .bytes),
        model: Self.bytePair([], merges: [])))
    let found = tokenizer.unreachableTokens()
    #expect(found.count == 1)
    #expect(found.first?.reason == .hiddenByOthers)
    #expect([300, 301].contains(found.first?.id))
  }

  /// Over three letters and a space no text of up to six bytes may give a token of the list, and any
  /// token that none of them gives must be in it, or be one that only longer texts give.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func `agrees with all short texts about BPE`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var tokens = ["a", "b", "c", " "]
    var merges: [(String, String)] = []
    while merges.count < 7 {
      let pair = (
        tokens.randomElement(using: &generator) ?? "", tokens.randomElement(using: &generator) ?? ""
      )
      let token = pair.0 + pair.1
      guard token.utf8.count <= 4, !tokens.contains(token) else { continue }
      tokens.append(token)
      merges.append(pair)
    }
    merges.shuffle(using: &generator)
    let definition = Self.bytePair(Array(tokens.dropFirst(4)), merges: merges)
    let steps: [SplitStep] =
      seed % 2 == 0
      ? []
      : [.pattern(try SplitPattern(#" ?[^ ]+| +"#, dialect: .rust), .isolated, inverted: false)]
    let tokenizer = try Self.tokenizer(definition, splitter: steps)
    let seen = try Self.idsOfShortTexts(tokenizer, length: 6)
    let found = Set(tokenizer.unreachableTokens().map(\.id))
    for token in tokens {
      let id = try #require(tokenizer.id(of: token))
      // A token of four bytes that can be made is made of itself or with three bytes around it.
      #expect(found.contains(id) == !seen.contains(id), "\(token) of \(merges)")
    }
  }

  @Test(arguments: 0..<12 as Range<UInt64>)
  func `agrees with all short texts about Unigram`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var tokens = ["<unk>", "a", "b", "c"]
    while tokens.count < 12 {
      let count = Int.random(in: 2...4, using: &generator)
      let token = (0..<count).map { _ in
        ["a", "b", "c"].randomElement(using: &generator) ?? ""
      }.joined()
      if !tokens.contains(token) { tokens.append(token) }
    }
    var bytes = ByteStrings()
    for token in tokens { bytes.append(token.utf8) }
    // Eighths are exact, so that rounding decides nothing; no two sums are equal but by chance.
    let scores = tokens.indices.map { _ in -Double(Int.random(in: 8...4_000, using: &generator)) / 8
    }
    let definition = UnigramDefinition(
      tokens: bytes, scores: scores, unknown: 0)
    let tokenizer = try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(splitter: Splitter([]), decoder: .fuse), model: definition))
    let seen = try Self.idsOfShortTexts(tokenizer, length: 6)
    let found = Set(tokenizer.unreachableTokens().map(\.id))
    for id in tokens.indices.dropFirst().map({ TokenID($0) }) {
      #expect(found.contains(id) == !seen.contains(id), "\(tokens[Int(id)]) of \(tokens) \(scores)")
    }
  }

  /// `a` has a token, so that its byte is never needed; what stands for the unknown is not, either.
  @Test func `tells bytes of Unigram from tokens that others hide`() throws {
    var bytes = ByteStrings()
    for token in ["<unk>", "a", "b", "ab"] { bytes.append(token.utf8) }
    var kinds: [UnigramDefinition.Kind] = [.unknown, .normal, .normal, .normal]
    for byte in 0...255 as ClosedRange<UInt8> {
      bytes.append(CharacterPairDefinition.nameOfByte(byte))
      kinds.append(.byte)
    }
    let tokenizer = try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(splitter: Splitter([]), decoder: .fuse),
        model: UnigramDefinition(
          tokens: bytes, scores: [0, -1, -1, -3] + Array(repeating: 0, count: 256), unknown: 0,
          byteFallback: true, rules: .sentencePiece(kinds: kinds))))
    #expect(tokenizer.makeup().bytes == 256)
    var reasons: [TokenID: UnreachableToken.Reason] = [:]
    for token in tokenizer.unreachableTokens() { reasons[token.id] = token.reason }
    #expect(reasons[0] == .notText && reasons[3] == .madeOtherwise)
    #expect(reasons[4 + 0x61] == .byteNotNeeded && reasons[4 + 0x62] == .byteNotNeeded)
    #expect(reasons[4 + 0x63] == nil && reasons[4 + 0xC3] == nil)
  }

  @Test func `knows which continuing tokens WordPiece can reach`() throws {
    // With `ab` a token, `##b` can follow only what no token goes on from; with `d##c` it can.
    let tokens = ["[UNK]", "a", "ab", "##b", "d", "##c", "abcdefghijk", "##,"]
    var bytes = ByteStrings()
    for token in tokens { bytes.append(token.utf8) }
    let tokenizer = try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(
          splitter: Splitter([.bert]),
          decoder: .wordPiece(prefix: "##", cleansUp: false)),
        model: WordPieceDefinition(
          tokens: bytes, ids: tokens.indices.map { TokenID($0) }, unknown: 0,
          continuingPrefix: Array("##".utf8), maximumCharacterCount: 10)))
    let found = tokenizer.unreachableTokens()
    #expect(found.map(\.id) == [6, 7])
  }

  private static func bytePair(
    _ tokens: [String], merges: [(String, String)]
  ) -> BytePairDefinition {
    var bytes = ByteStrings()
    for byte in 0...255 as ClosedRange<UInt8> { bytes.append([byte]) }
    for token in tokens { bytes.append(token.utf8) }
    let id = { (text: String) -> TokenID in
      text.utf8.count == 1
        ? TokenID(text.utf8.first ?? 0) : TokenID(256 + (tokens.firstIndex(of: text) ?? 0))
    }
    return BytePairDefinition(
      tokens: bytes, ids: (0..<TokenID(256 + tokens.count)).map { $0 },
      merges: .listed(
        merges.map {
          BytePairDefinition.Merge(left: id($0), right: id($1), result: id($0 + $1))
        }),
      takesWholePretokens: false)
  }

  private static func tokenizer(
    _ definition: BytePairDefinition, splitter: [SplitStep] = []
  ) throws -> Tokenizer {
    try Tokenizer(
      TokenizerDefinition(
        pipeline: Pipeline(
          splitter: Splitter(splitter + [.byteLevel(addsPrefixSpace: false, splits: false)]),
          decoder: .bytes),
        model: definition))
  }

  /// All ids that come of the texts over `abc` and the space up to a length.
  private static func idsOfShortTexts(_ tokenizer: Tokenizer, length: Int) throws -> Set<TokenID> {
    var seen: Set<TokenID> = []
    var context = EncodingContext()
    var ids: [TokenID] = []
    let letters = Array("abc ".utf8)
    for length in 1...length {
      var text = [UInt8](repeating: 0, count: length)
      for number in 0..<(1 << (2 * length)) {
        for place in 0..<length { text[place] = letters[number >> (2 * place) & 3] }
        ids.removeAll(keepingCapacity: true)
        try tokenizer.encode(text.span, into: &ids, using: &context, addsTemplate: false)
        seen.formUnion(ids)
      }
    }
    return seen
  }
}
