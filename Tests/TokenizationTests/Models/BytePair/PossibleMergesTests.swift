import References
import TestSupport
import Testing
import Tokenization

/// Of all merges that a vocabulary allows, those that can happen give the same ids if they are listed.
@Suite struct PossibleMergesTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `by id and listed`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var byID = SmallVocabulary(merges: [])
    byID.merges = nil
    byID.takesWholePretokens = true
    let letters = Array("abc".utf8)
    for id in 300..<320 as Range<TokenID> {
      let token = (0..<Int.random(in: 2...5, using: &generator)).map { _ in
        letters.randomElement(using: &generator) ?? 0x61
      }
      if byID.tokens.contains(token) { continue }
      byID.tokens.append(token)
      byID.ids.append(id)
    }
    let places = Dictionary(uniqueKeysWithValues: zip(byID.ids, byID.ids.indices))
    var listed = byID
    listed.merges = try BytePairModel(byID.model).possibleMerges { id in
      byID.tokens[places[id] ?? 0][...]
    }
    let reopened = try BytePairModel(listed.model).possibleMerges { id in
      byID.tokens[places[id] ?? 0][...]
    }
    #expect(reopened == listed.merges)
    let one = try byID.tokenizer()
    let two = try listed.tokenizer()
    for _ in 0..<50 {
      let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
        letters.randomElement(using: &generator) ?? 0x61
      }
      #expect(try one.encode(text.span) == two.encode(text.span), "\(text)")
    }
  }
}
