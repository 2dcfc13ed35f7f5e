import Testing
import Tokenization
import TokenizerFormats

@Suite struct ScoreDigitsTests {
  private static func read(_ digits: String) throws -> Double {
    let file = #"{"model":{"type":"Unigram","unk_id":0,"vocab":[["a",\#(digits)]]}}"#
    let model = try readTokenizerJSON(Array(file.utf8).span).model
    return (model as? UnigramDefinition)?.scores.first ?? .nan
  }

  @Test(arguments: [
    0, -1, -0.5, -3.25, -10.125, -2.0122928619384766, -11.513046264648438, -1e-30, -1e30, 0.1, -0.3,
  ])
  func `come back as they are`(score: Double) throws {
    #expect(try Self.read(scoreDigits(score)) == score)
  }
}
