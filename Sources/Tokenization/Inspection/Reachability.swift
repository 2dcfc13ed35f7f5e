internal import UnicodeText

/// A token that encoding never gives.
public struct UnreachableToken: Hashable, Sendable {
  public var id: TokenID
  public var reason: Reason

  public enum Reason: Hashable, Sendable {
    /// The model makes other tokens of its text, wherever that stands. This is proven, up to rounding:
    /// where sums of scores differ by a few thousandths, a text of many thousand characters may add up
    /// in 32 bits to the other choice (sentencepiece's Unigram).
    case madeOtherwise
    /// It stands for a byte, and no character without a token has that byte.
    case byteNotNeeded
    /// No text spells it: a control token, which only a template or the caller puts in, or an unknown
    /// token that bytes stand in for.
    case notText
    /// It is looked for in the text, but others are found in its place.
    case hiddenByOthers
    /// Normalizer or splitter take it apart or change it, alone and in all surroundings that were tried.
    case cutOrChanged
  }
}

extension Tokenizer {
  /// The tokens that no text becomes: memory and probability spent for nothing, and, as nothing was
  /// learned of them, ids that a model may answer with nonsense. (Land and Bartolo, "Fishing for
  /// Magikarp", 2024, section 2, call them unreachable.)
  ///
  /// A token is reachable if encoding some text gives it, and what is left out of the list was given by
  /// a text that was tried: the token's own, then its own between letters and signs that few tokens
  /// begin with, and what is a part of a character within whole ones. What is in the list is proven where models allow it. All tokens that BPE makes are
  /// made of their own text alone, since no merge crosses the ends of a token in the making; and where a
  /// sum of scores is made greatest or a count least, a part of the best is the best of that part. So a
  /// model that makes other tokens of a token's text will do so
  /// everywhere. Of the rest, ``UnreachableToken/Reason/cutOrChanged``, it is known only that nothing
  /// which was tried gave it.
  ///
  ///     a b ab bc abc  with the merges b+c, a+b      abc is a bc: `abc` is never made
  ///
  /// Bytes that are not UTF-8 are text here, too.
  ///
  /// - Returns: in the order of the ids. Special tokens are found where text may spell them.
  /// - Complexity: encoding all tokens once, and those that are not found so some hundred
  ///   times.
  public func unreachableTokens() -> [UnreachableToken] {
    var search = ReachabilitySearch(self)
    return search.run()
  }
}

/// Tries texts, and remembers which tokens they gave.
private struct ReachabilitySearch: ~Copyable {
  private let tokenizer: Tokenizer
  private var context = EncodingContext(maximumCacheByteCount: 1 << 18)
  private var isFound: [Bool]
  private var ids: [TokenID] = []
  private let added: [TokenID: AddedToken]

  init(_ tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
    isFound = [Bool](repeating: false, count: tokenizer.idCount)
    added = Dictionary(tokenizer.pipeline.addedTokens.map { ($0.id, $0) }) { $1 }
  }

  mutating func run() -> [UnreachableToken] {
    let all = (0..<TokenID(tokenizer.idCount)).filter { tokenizer.contains($0) }
    for token in added.values { encode(Array(token.content.utf8), .parse) }
    // What stands within words is found behind a character that hardly any token has.
    encodeSpellings(all, behind: Array("\u{E000}".utf8))
    encodeSpellings(all, behind: [])
    if all.allSatisfy({ isFound[Int($0)] }) { return [] }
    encodeTogether(all, behind: nil)
    for id in all where !isFound[Int(id)] {
      if let text = text(of: [id]) { encode(withoutAffixes(text)) }
    }
    encodeBytes()
    var unreachable: [UnreachableToken] = []
    var surroundings = Surroundings(tokenizer, lonely: lonelyLetters(all))
    // Those that begin no word.
    if let first = surroundings.first.first { encodeTogether(all, behind: first) }
    for id in all where !isFound[Int(id)] {
      if let reason = reason(for: id) {
        unreachable.append(UnreachableToken(id: id, reason: reason))
      } else {
        encode(id, in: &surroundings)
        if !isFound[Int(id)] {
          unreachable.append(UnreachableToken(id: id, reason: .cutOrChanged))
        }
      }
    }
    // Some may have come up while another was looked for.
    return unreachable.filter { !isFound[Int($0.id)] }
  }

  /// Encodes tokens that are not found as the vocabulary spells them, behind `first`: a text that gives most
  /// of them and costs no decoding.
  private mutating func encodeSpellings(_ all: [TokenID], behind first: [UInt8]) {
    encodeLines(all) { search, id in
      guard search.tokenizer.vocabulary.isSpelled(id) else { return nil }
      return search.tokenizer.bytes(of: id).map { first + $0 }
    }
  }

  /// Encodes the texts of tokens that are not found, as they are behind `first`.
  private mutating func encodeTogether(_ all: [TokenID], behind first: TokenID?) {
    encodeLines(all) { search, id in
      guard let text = search.text(of: first.map { [$0, id] } ?? [id]) else { return nil }
      if first != nil { return text }
      let bare = search.withoutAffixes(text)
      return search.tokenizer.bytes(of: id) == bare ? nil : bare
    }
  }

  /// Encodes what `line` says of each token that is not found, on a line of its own: many at a time, since
  /// each text costs more than its length.
  private mutating func encodeLines(
    _ all: [TokenID], _ line: (borrowing ReachabilitySearch, TokenID) -> [UInt8]?
  ) {
    var lines: [UInt8] = []
    for id in all where !isFound[Int(id)] {
      guard let line = line(self, id) else { continue }
      lines += line
      lines.append(0x0A)
      if lines.count > 1 << 12 {
        encode(lines)
        lines.removeAll(keepingCapacity: true)
      }
    }
    encode(lines)
  }

  /// Encodes a text and marks what came out. A text that cannot be encoded gives nothing.
  private mutating func encode(_ text: [UInt8], _ special: SpecialTokens = .asPlainText) {
    ids.removeAll(keepingCapacity: true)
    try? tokenizer.encode(
      text.span, into: &ids, using: &context, specialTokens: special, addsTemplate: false)
    for id in ids { isFound[Int(id)] = true }
  }

  private func text(of ids: [TokenID]) -> [UInt8]? {
    try? tokenizer.decodeBytes(ids, keepsSpecialTokens: true)
  }

  /// A token's text without what marks its place in a word, where decoding leaves that in.
  private func withoutAffixes(_ text: [UInt8]) -> [UInt8] {
    guard let options = (tokenizer.model as? CharacterPairModel)?.options else { return text }
    var text = text[...]
    if text.starts(with: options.continuingPrefix) {
      text.removeFirst(options.continuingPrefix.count)
    }
    if text.reversed().starts(with: options.endSuffix.reversed()) {
      text.removeLast(options.endSuffix.count)
    }
    return Array(text)
  }

  /// The bytes of a token that is written in the byte alphabet, where decoding repairs them as text.
  private func bytesOfAlphabet(_ id: TokenID) -> [UInt8]? {
    let isWritten = tokenizer.pipeline.splitter.steps.contains { step in
      if case .byteLevel = step { true } else { false }
    }
    guard isWritten, !tokenizer.model.isByteLevel, let name = tokenizer.bytes(of: id) else {
      return nil
    }
    var bytes: [UInt8] = []
    return ByteAlphabet.appendBytes(of: withoutAffixes(name).span, to: &bytes) ? bytes : nil
  }

  /// Bytes alone, and characters that seldom have tokens, among them every byte that characters have:
  /// what falls back to bytes comes up here.
  private mutating func encodeBytes() {
    for byte in 0...255 as ClosedRange<UInt8> { encode([byte]) }
    let rare: [ClosedRange<UInt32>] = [0x80...0x7FF, 0xE000...0xE03F, 0x10FFC0...0x10FFFD]
    let spread = stride(from: 0x800, through: 0x10FFFF, by: 0x3C1).map { UInt32($0) }
    for scalar in rare.joined() + spread {
      if let scalar = Unicode.Scalar(scalar) { encode(Array(String(scalar).utf8)) }
    }
  }

  /// Why a token that is not found can never be; nil where that is not known.
  private mutating func reason(for id: TokenID) -> UnreachableToken.Reason? {
    if added[id] != nil { return .hiddenByOthers }
    let vocabulary = tokenizer.vocabulary
    let isByteName = !tokenizer.model.isByteLevel && tokenizer.isByte(id)
    if isByteName || !vocabulary.isSpelled(id) {
      return tokenizer.isByte(id) ? .byteNotNeeded : .notText
    }
    if let unigram = tokenizer.model as? UnigramModel, unigram.options.unknown == id {
      return .notText
    }
    let kind = type(of: tokenizer.model).kind
    guard tokenizer.model.spellsTokensAlike, kind != .lessIsBetter else { return nil }
    // A merge over the ends of a token may have kept others away until it was split again.
    if let events = tokenizer.model as? MergeEventsModel, events.hasSplits { return nil }
    // Its pattern may cut a token's text otherwise than where that stands in a longer one.
    if kind == .boundless { return nil }
    let range = vocabulary.range(of: id)
    if range.isEmpty { return .notText }
    var made = IDBuffer()
    made.reserve(range.count)
    var ranges = TokenRanges(areWanted: false)
    let done: Void? = try? tokenizer.model.encode(
      vocabulary.bytes.span.extracting(range), vocabulary: vocabulary, to: &made, ranges: &ranges,
      using: &context.scratch)
    guard done != nil else { return nil }
    return made.count == 1 && made[0] == id ? nil : .madeOtherwise
  }

  /// Tries the token's text between others, until it is found.
  private mutating func encode(_ id: TokenID, in surroundings: inout Surroundings) {
    var tried = [withoutAffixes(text(of: [id]) ?? [])]
    if find(id, by: tried[0], in: &surroundings) { return }
    // As it is behind another token: without the mark of a continuing one, with the space of a word.
    for first in surroundings.first {
      if let pair = text(of: [first, id]), let alone = text(of: [first]), pair.starts(with: alone) {
        let text = withoutAffixes(Array(pair[alone.count...]))
        if tried.contains(text) { continue }
        if find(id, by: text, in: &surroundings) { return }
        tried.append(text)
      }
    }
    if let text = bytesOfAlphabet(id), !tried.contains(text) {
      _ = find(id, by: text, in: &surroundings)
    }
  }

  /// Whether `text` between others gives the token.
  private mutating func find(
    _ id: TokenID, by text: [UInt8], in surroundings: inout Surroundings
  ) -> Bool {
    if text.isEmpty { return false }
    let ends = CharacterEnds(of: text)
    let left = ends.left.isEmpty ? surroundings.left : ends.left
    // To tokens that begin no word, what stands before them matters most.
    for right in ends.right.isEmpty ? surroundings.right : ends.right {
      for (index, left) in left.enumerated() {
        encode(left + text + right)
        if !isFound[Int(id)] { continue }
        // What has helped one token helps the next one, most often.
        if ends.left.isEmpty { surroundings.left.swapAt(0, index) }
        return true
      }
    }
    return false
  }

  /// Tokens of one letter with which no other token begins.
  private mutating func lonelyLetters(_ all: [TokenID]) -> [TokenID] {
    let classes = ScalarClassTable.shared
    var counts: [UInt32: Int] = [:]
    var letters: [(id: TokenID, scalar: UInt32)] = []
    for id in all where tokenizer.vocabulary.isSpelled(id) {
      guard let text = text(of: [id]), !text.isEmpty else { continue }
      let scalar = decodeScalar(in: text.span, at: 0)
      guard scalar.isValid else { continue }
      counts[scalar.value, default: 0] += 1
      let isLetter: Bool =
        switch classes.scalarClass(of: scalar.value) {
        case .ll, .lo: true
        default: false
        }
      if isLetter, scalar.length == text.count, isFound[Int(id)] {
        letters.append((id, scalar.value))
      }
    }
    return letters.lazy.filter { counts[$0.scalar] == 1 }.prefix(6).map(\.id)
  }
}

/// What is put beside a token's text: with what it merges least.
private struct Surroundings {
  /// Tokens that a token's text is looked for behind.
  var first: [TokenID]
  var left: [[UInt8]]
  var right: [[UInt8]]

  init(_ tokenizer: Tokenizer, lonely: [TokenID]) {
    // A letter, a numeral and a character of private use; the first two are hardly in any vocabulary.
    let rare = ["\u{A66E}", "\u{104A0}", "\u{E000}"].map { Array($0.utf8) }
    let letters = lonely.compactMap { try? tokenizer.decodeBytes([$0]) }
    first = Array(lonely.prefix(1)) + ["a", "e"].compactMap { tokenizer.id(of: $0) }.prefix(1)
    left = [[]] + letters + rare + [[0x20]]
    // The endings that patterns of English know behind an apostrophe, in both cases.
    right = [[]] + rare + ["s", "S", "re", "RE"].map { Array($0.utf8) }
  }
}

/// Bytes that make whole characters of a token which begins or ends within one.
private struct CharacterEnds {
  /// What may stand before it; empty if it begins with a character.
  var left: [[UInt8]] = []
  /// What may stand behind it; empty if it ends with one.
  var right: [[UInt8]] = []

  init(of token: [UInt8]) {
    let continuing = token.prefix { $0 & 0xC0 == 0x80 }.count
    if 1...3 ~= continuing { left = Self.beginnings(before: continuing) }
    if let start = token.lastIndex(where: { $0 & 0xC0 != 0x80 }), token[start] >= 0xC2 {
      let length = token[start] < 0xE0 ? 2 : token[start] < 0xF0 ? 3 : 4
      let missing = length - (token.count - start)
      if missing > 0 { right = Self.endings(missing) }
    }
    // A part of one character on both sides: fewer of each.
    if !left.isEmpty, !right.isEmpty {
      left = Self.every(left.count / 16 + 1, of: left)
      right = Self.every(right.count / 16 + 1, of: right)
    }
  }

  private static let continuations = Array(0x80...0xBF as ClosedRange<UInt8>)

  /// Lead bytes that want as many bytes as follow, or one more, which is among them then.
  private static func beginnings(before count: Int) -> [[UInt8]] {
    let leads: [[UInt8]] = [Array(0xC2...0xDF), Array(0xE0...0xEF), Array(0xF0...0xF4)]
    var beginnings = leads[count - 1].map { [$0] }
    guard count < 3 else { return beginnings }
    for lead in leads[count] {
      for second in every(5, of: continuations) { beginnings.append([lead, second]) }
    }
    return beginnings
  }

  private static func endings(_ count: Int) -> [[UInt8]] {
    switch count {
    case 1: continuations.map { [$0] }
    case 2: continuations.flatMap { [[$0, 0x80], [$0, 0xA9], [$0, 0xBF]] }
    default: every(4, of: continuations).flatMap { [[$0, 0x80, 0x80], [$0, 0xA0, 0xA9]] }
    }
  }

  private static func every<Element>(_ step: Int, of elements: [Element]) -> [Element] {
    stride(from: 0, to: elements.count, by: step).map { elements[$0] }
  }
}
