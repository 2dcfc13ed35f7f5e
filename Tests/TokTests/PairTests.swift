import Testing
import Tok

// Rows of tokenizers 0.23.3, `Tokenizer.encode("a b", "c a")` of the files below.
@Suite struct PairTests {
  private static func tokenizer(_ processor: String) throws -> Tokenizer {
    let model =
      #"{"type":"WordLevel","vocab":{"[UNK]":0,"[CLS]":1,"[SEP]":2,"a":3,"b":4,"c":5},"unk_token":"[UNK]"}"#
    let file =
      #"{"version":"1.0","added_tokens":[],"normalizer":null,"decoder":null,"model":\#(model),"#
      + #""pre_tokenizer":{"type":"WhitespaceSplit"},"post_processor":\#(processor)}"#
    return try Tokenizer(bytes: Array(file.utf8).span)
  }

  private static let bert = #"{"type":"BertProcessing","sep":["[SEP]",2],"cls":["[CLS]",1]}"#
  private static let roberta =
    #"{"type":"RobertaProcessing","sep":["[SEP]",2],"cls":["[CLS]",1],"trim_offsets":true,"add_prefix_space":true}"#

  @Test(
    arguments: [
      ("null", true, [3, 4, 5, 3], [0, 0, 1, 1], [0, 0, 1, 1]),
      (bert, true, [1, 3, 4, 2, 5, 3, 2], [0, 0, 0, 0, 1, 1, 1], [nil, 0, 0, nil, 1, 1, nil]),
      (bert, false, [3, 4, 5, 3], [0, 0, 1, 1], [0, 0, 1, 1]),
      (
        roberta, true, [1, 3, 4, 2, 2, 5, 3, 2], [0, 0, 0, 0, 0, 0, 0, 0],
        [nil, 0, 0, nil, nil, 1, 1, nil]
      ),
      (roberta, false, [3, 4, 5, 3], [0, 0, 0, 0], [0, 0, 1, 1]),
    ] as [(String, Bool, [TokenID], [Int], [Int?])])
  func `two texts`(
    processor: String, addsTemplate: Bool, ids: [TokenID], typeIDs: [Int], texts: [Int?]
  ) throws {
    let options = EncodingOptions(addsTemplate: addsTemplate)
    let pair = try Self.tokenizer(processor).encodeText("a b", and: "c a", options: options)
    #expect(pair.ids == ids)
    #expect(pair.typeIDs == typeIDs)
    #expect(pair.textIndices == texts)
    #expect(
      pair.wordIndices
        == texts.indices.map { index in
          texts[index].map { _ in index > 0 && texts[index - 1] == texts[index] ? 1 : 0 }
        })
    let ofTexts = zip(pair.ranges, pair.textIndices).filter { $1 != nil }.map(\.0)
    #expect(ofTexts == [0..<1, 2..<3, 0..<1, 2..<3])
  }
}
