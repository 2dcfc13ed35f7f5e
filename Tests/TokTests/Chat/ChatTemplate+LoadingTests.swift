import TestSupport
import Testing
import Tok

@Suite struct ChatTemplateLoadingTests {
  private static func write(_ text: String, to path: String) throws {
    try Files.write(Array(text.utf8), to: path)
  }

  private static func text(_ path: String, name: String? = nil) throws -> String {
    try ChatTemplate(contentsOf: path, name: name).render(messages: [["content": "x"]]).text
  }

  private static let configuration =
    #"{"bos_token": {"content": "<s>", "lstrip": false}, "eos_token": "</s>", "eos_token": "<e>","#
    + #""chat_template": [{"name": "default", "template": "{{ bos_token }}{{ messages[0].content }}"},"#
    + #"{"name": "tool_use", "template": "tools{{ eos_token }}"}]}"#

  @Test func `a folder has templates with names, and special tokens`() throws {
    try Files.withFolder { folder in
      try Self.write(Self.configuration, to: folder + "/tokenizer_config.json")
      #expect(try Self.text(folder) == "<s>x")
      #expect(try Self.text(folder, name: "default") == "<s>x")
      #expect(try Self.text(folder, name: "tool_use") == "tools<e>")
      #expect(try Self.text(folder + "/tokenizer_config.json", name: "tool_use") == "tools<e>")
      #expect(throws: VocabularyError.self) { try Self.text(folder, name: "nope") }
      try Self.write("own {{ bos_token }}", to: folder + "/chat_template.jinja")
      #expect(try Self.text(folder) == "own <s>")
      #expect(try Self.text(folder, name: "tool_use") == "tools<e>")
      #expect(try Self.text(folder + "/chat_template.jinja") == "own ")
      try Files.makeFolder(folder + "/additional_chat_templates")
      try Self.write("rag {{ eos_token }}", to: folder + "/additional_chat_templates/rag.jinja")
      #expect(try Self.text(folder, name: "rag") == "rag <e>")
    }
  }

  @Test func `what is wrong has its file, line and column`() throws {
    try Files.withFolder { folder in
      #expect(throws: VocabularyError.self) { try ChatTemplate(contentsOf: folder) }
      try Self.write(#"{"chat_template": "a\n{% if %}"}"#, to: folder + "/tokenizer_config.json")
      do throws(VocabularyError) {
        _ = try ChatTemplate(contentsOf: folder)
        Issue.record("no error")
      } catch {
        #expect(error.reason == .malformed)
        #expect(error.description.contains("chat_template: line 2, column 7"), "\(error)")
        #expect(error.file?.hasPrefix(folder) == true)
      }
    }
  }

  @Test func `values are read from JSON`() throws {
    let value = try ChatValue(json: #" {"a": [1, -2.5, 1e2, true, null, "é\n"], "b": {}} "#)
    #expect(value == ["a": [1, -2.5, .number(100), true, nil, "é\n"], "b": [:]])
    for text in ["", "[1", "{\"a\": 99999999999999999999}", "{\"a\": 1, \"a\": 2}"] {
      #expect(throws: VocabularyError.self) { try ChatValue(json: text) }
    }
  }
}
