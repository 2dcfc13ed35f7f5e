import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct PostProcessorJSONTests {
  private static func sample(_ text: String) -> Sample { ComponentTests.processed(text) }

  private static let classifier = PostProcessor.InsertedToken("c", id: 2)
  private static let separator = PostProcessor.InsertedToken("<s>", id: 5)
  private static let bert = PostProcessor.bert(classifier: classifier, separator: separator)
  private static let ends = #""sep":["<s>",5],"cls":["c",2]"#

  private static func roberta(_ trimsRanges: Bool, _ addsPrefixSpace: Bool) -> PostProcessor {
    .roberta(
      classifier: classifier, separator: separator, trimsRanges: trimsRanges,
      addsPrefixSpace: addsPrefixSpace)
  }

  // As huggingface's tokenizers 0.23.3 reads them: it looks at the members first.
  @Test func `BERT's and RoBERTa's`() throws {
    let flags = #""trim_offsets":true,"add_prefix_space":false"#
    let rows: [(String, PostProcessor)] = [
      (#"{"type":"BertProcessing",\#(Self.ends)}"#, Self.bert),
      (#"{"type":"RobertaProcessing",\#(Self.ends),\#(flags)}"#, Self.roberta(true, false)),
      (#"{"type":"RobertaProcessing",\#(Self.ends)}"#, Self.bert),
      (#"{"type":"RobertaProcessing",\#(Self.ends),"trim_offsets":true}"#, Self.bert),
      (#"{"type":"BertProcessing",\#(Self.ends),\#(flags)}"#, Self.roberta(true, false)),
      (#"{\#(Self.ends)}"#, Self.bert), (#"{"type":"Other",\#(Self.ends)}"#, Self.bert),
      (#"{"type":"Sequence","processors":[],\#(Self.ends)}"#, Self.bert),
      (
        #"{"type":"Sequence","processors":[{\#(Self.ends)}]}"#, .sequence([Self.bert])
      ),
    ]
    for (text, expected) in rows {
      let pipeline = try Self.sample(text).read().pipeline
      #expect(pipeline.postProcessor == expected, "\(text)")
      #expect(pipeline.roles == TokenRoles(beginning: 2, end: 5))
    }
  }

  @Test func `a template without its type`() throws {
    let template = ComponentTests.template()
    let untyped = template.replacing(#""type":"TemplateProcessing","#, with: "")
    let typed = try Self.sample(template).read().pipeline.postProcessor
    #expect(try Self.sample(untyped).read().pipeline.postProcessor == typed)
    let other = template.replacing("TemplateProcessing", with: "Other")
    #expect(try Self.sample(other).read().pipeline.postProcessor == typed)
  }

  @Test(
    arguments: [
      ("{}", .missing, ""), ("[]", .wrongType, ""), (#"{"processors":[]}"#, .missing, ""),
      (#"{"type":"Other"}"#, .unsupported, ""), (#"{"type":"BertProcessing"}"#, .missing, ""),
      (#"{"type":"BertProcessing","cls":["c",2]}"#, .missing, ""),
      (#"{"type":"BertProcessing","sep":["b",1,4],"cls":["c",2]}"#, .malformed, ".sep"),
      (#"{"type":"BertProcessing","sep":["b"],"cls":["c",2]}"#, .malformed, ".sep"),
      (#"{"type":"BertProcessing","sep":["b",1],"cls":{"c":2}}"#, .wrongType, ".cls"),
      (#"{"type":"BertProcessing","sep":[1,"b"],"cls":["c",2]}"#, .wrongType, ".sep[0]"),
      (#"{"type":"BertProcessing","sep":["b",-1],"cls":["c",2]}"#, .wrongType, ".sep[1]"),
      // The original inserts ids that no token has.
      (#"{"type":"BertProcessing","sep":["b",99],"cls":["c",2]}"#, .unknownToken, ""),
    ] as [(String, VocabularyError.Reason, String)])
  func `refuses`(text: String, reason: VocabularyError.Reason, path: String) {
    let error = Self.sample(text).refusal()
    #expect(error?.reason == reason)
    #expect(error?.path == "post_processor" + path)
  }

  @Test func `round trip`() throws {
    let processors: [PostProcessor] = [
      Self.bert, Self.roberta(true, false), Self.roberta(false, true),
      .byteLevel(addsPrefixSpace: false, trimsRanges: true, splits: true),
    ]
    for processor in processors + [.sequence(processors), .sequence([.sequence([])])] {
      let bytes = json(processor).write()
      #expect(try readPostProcessor(JSONValue(parsing: bytes.span)) == processor)
    }
    #expect(
      String(decoding: json(Self.roberta(true, false)).write(), as: UTF8.self)
        == #"{"type":"RobertaProcessing","sep":["<s>",5],"cls":["c",2],"#
        + #""trim_offsets":true,"add_prefix_space":false}"#)
  }
}
