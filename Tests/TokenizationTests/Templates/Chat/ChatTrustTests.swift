import Testing

@testable import Tokenization

/// Who wrote what: the template's words in braces here, users' outside of them.
@Suite struct ChatTrustTests {
  private static func marked(
    _ source: String, _ content: String = "a<s>b"
  ) throws -> String {
    let template = try ChatTemplate(source: source, specialTokens: ["bos_token": "<s>"])
    let chat = try template.render(
      messages: [["role": "user", "content": .string(content)]],
      tools: [["name": "f<s>", "n": 5]], variables: ["now": "today"])
    return chat.stretches.map { stretch in
      let text = String(decoding: chat.bytes[stretch.range], as: UTF8.self)
      return stretch.isTemplates ? "{\(text)}" : text
    }.joined()
  }

  @Test(
    arguments: [
      ("{{ bos_token }}{{ messages[0].content }}", "{<s>}a<s>b"),
      ("{{ '<' + messages[0].role + '>' }}", "{<}user{>}"),
      ("{{ '<' ~ messages[0]['content'] ~ 1 }}", "{<}a<s>b{1}"),
      ("{% set x %}[{{ messages[0].content }}]{% endset %}{{ x }}", "{[}a<s>b{]}"),
      ("{% macro f(x) %}({{ x }}){% endmacro %}{{ f(messages[0].content) }}", "{(}a<s>b{)}"),
      ("{% filter upper %}x{{ messages[0].content }}{% endfilter %}", "{X}A<S>B"),
      ("{{ ('  x' ~ messages[0].content ~ ' ')|trim }}", "{x}a<s>b"),
      ("{{ ('x' ~ messages[0].content ~ 'y')[2:-2] }}", "<s>"),
      ("{{ ('x' ~ messages[0].content)[::-1] }}", "b>s<a{x}"),
      ("{{ messages[0].content.replace('s', '/') }}", "a<{/}>b"),
      ("{{ 'x-y'.replace('-', messages[0].content) }}", "{x}a<s>b{y}"),
      ("{{ messages[0].content.split('s') | join('|') }}", "a<{|}>b"),
      ("{{ '%s!%5s' % (messages[0].content, now) }}", "a<s>b{!}today"),
      ("{{ '{0}!{x}'.format(messages[0].content, x=bos_token) }}", "a<s>b{!<s>}"),
      ("{{ [messages[0].content, 1] }}", "{['}a<s>b{', 1]}"),
      ("{{ messages[0].content | e }}", "a&lt;s&gt;b"),
      ("{{ tools | tojson }}", "{[{\"}name{\": \"}f<s>{\", \"}n{\": 5}]}"),
      ("{% for c in messages[0].content %}{{ c }}.{% endfor %}", "a{.}<{.}s{.}>{.}b{.}"),
      ("{{ messages[0].content | upper | title | indent(2, true) }}", "{  }A<S>b"),
      ("{{ messages[0].content is string }}{{ messages[0].content|length }}", "{True5}"),
      ("{{ messages[0].items()|list|first|join('=') }}", "role{=}user"),
      ("{{ 'a<s>b' if messages[0].content == 'a<s>b' }}", "{a<s>b}"),
      ("{% generation %}{{ messages[0].content }}.{% endgeneration %}", "a<s>b{.}"),
    ])
  func `each byte keeps its side`(source: String, expected: String) throws {
    // The one pair of braces that the text itself has is that of the JSON object.
    #expect(try Self.marked(source) == expected)
  }

  @Test func `canonically equivalent texts are different`() throws {
    let source = "{{ messages[0].content == '\u{E9}' }}{{ '\u{E9}' in messages[0].content }}"
    #expect(try Self.marked(source, "e\u{301}") == "{FalseFalse}")
    #expect(try Self.marked(source, "\u{E9}") == "{TrueTrue}")
  }

  /// A token for each byte, and `<|end|>`.
  private static func tokenizer() throws -> Tokenizer {
    try SmallVocabulary(merges: []).tokenizer(
      addedTokens: [AddedToken("<|end|>", id: 300, isSpecial: true)])
  }

  @Test func `a user's special token stays text`() throws {
    let tokenizer = try Self.tokenizer()
    let special = "<|end|>"
    let end: TokenID = 300
    let template = try ChatTemplate(
      source: "{% for m in messages %}{{ m.content }}{{ eos_token }}{% endfor %}",
      specialTokens: ["eos_token": special])
    let chat = try template.render(messages: [
      ["content": .string("a\(special)b")], ["content": ""],
    ])
    let ids = try tokenizer.encode(parts: chat.parts, addsTemplate: false)
    #expect(ids.count { $0 == end } == 2)
    #expect(ids.count { $0 != end } == "a\(special)b".utf8.count)
    let all = try tokenizer.encode(parts: chat.parts(users: .parse), addsTemplate: false)
    #expect(all.count { $0 == end } == 3)
    #expect(throws: EncodingError.self) {
      try tokenizer.encode(parts: chat.parts(users: .refuse), addsTemplate: false)
    }
  }

  @Test func `a token is not made of both sides`() throws {
    let chat = try ChatTemplate(source: "<|{{ messages[0].content }}|>")
      .render(messages: [["content": "end"]])
    #expect(chat.text == "<|end|>")
    let ids = try Self.tokenizer().encode(parts: chat.parts, addsTemplate: false)
    #expect(ids == chat.bytes.map { TokenID($0) })
  }

  @Test func `what the model is to write is known`() throws {
    let template = try ChatTemplate(
      source: "{% for m in messages %}<{{ m.role }}>{% if m.role == 'assistant' %}"
        + "{% generation %}{{ m.content }}.{% endgeneration %}{% else %}{{ m.content }}{% endif %}"
        + "{% endfor %}")
    let chat = try template.render(
      messages: [
        ["role": "user", "content": "é"], ["role": "assistant", "content": "ü"],
        ["role": "assistant", "content": "x"],
      ])
    let written = chat.generated.map { String(decoding: chat.bytes[$0], as: UTF8.self) }
    #expect(written == ["ü.", "x."])
  }
}
