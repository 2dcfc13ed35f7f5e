import Testing

@testable import Tokenization

@Suite struct ChatTemplateTests {
  private static func error(
    _ source: String, limits: ChatTemplate.Limits = .init(), messages: [ChatValue] = []
  ) -> ChatTemplateError? {
    do throws(ChatTemplateError) {
      _ = try ChatTemplate(source: source).render(messages: messages, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("a\n{{ 1", .syntax, 2, 1), ("a\r\n é{% if %}", .syntax, 2, 9),
      ("{% include 'x' %}", .unsupported, 1, 1), ("\n{{ x.y }}", .undefined, 2, 4),
      ("{{ 1 + 'a' }}", .wrongType, 1, 4), ("{{ 1 }}{{ 2 // 0 }}", .wrongValue, 1, 11),
      ("{{ raise_exception('no') }}", .raised, 1, 4), ("{{ [1].append(2) }}", .forbidden, 1, 4),
      ("{{ 9 ** 99 }}", .limit, 1, 4), ("{{ 99999999999999999999 }}", .limit, 1, 4),
      ("{% for x in [1] %}{{ x|nosuch }}{% endfor %}", .syntax, 1, 24),
    ] as [(String, ChatTemplateError.Reason, Int, Int)])
  func `errors say why and where`(
    source: String, reason: ChatTemplateError.Reason, line: Int, column: Int
  ) throws {
    let error = try #require(Self.error(source))
    #expect(error.reason == reason)
    #expect(error.place == ChatTemplateError.Place(line: line, column: column), "\(error)")
  }

  @Test func `the template's own message is the error's`() {
    #expect(Self.error("{{ raise_exception('no ' ~ 1) }}")?.message == "no 1")
  }

  @Test(
    arguments: [
      // Time.
      "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
      "{% set s = 'é' * 100000 %}{% for a in range(9999) %}{{ s[5] }}{% endfor %}",
      "{% set d = dict.fromkeys(range(9999)) %}{% for a in range(9999) %}{{ dict(d)|length }}{% endfor %}",
      // Memory.
      "{{ 'a' * 10 ** 12 }}", "{{ [0] * 10 ** 12 }}", "{{ 'a'|center(10 ** 12) }}",
      "{{ '%999999999d' % 1 }}", "{{ '{:999999999}'.format(1) }}", "{{ range(10 ** 9) }}",
      "{% set n = namespace(s='ab') %}{% for a in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
      // Values that share parts, and are printed, compared, used as a key.
      "{% set n = namespace(s=[1]) %}{% for a in range(99) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s }}",
      "{% set n = namespace(s=[1]) %}{% for a in range(99) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s == n.s }}",
      "{% set n = namespace(s=(1,)) %}{% for a in range(99) %}{% set n.s = (n.s, n.s) %}{% endfor %}{{ {n.s: 1} }}",
      "{% set n = namespace(s=[1]) %}{% for a in range(99) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s|tojson }}",
      // The stack.
      "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
      "{% for x in [1] recursive %}{{ loop([x]) }}{% endfor %}",
      "{% set n = namespace(s=[]) %}{% for a in range(9999) %}{% set n.s = [n.s] %}{% endfor %}",
      "{% set n = namespace(s=[]) %}{% for a in range(9999) %}{% set n.s = n.s|map('list') %}{% endfor %}",
      "{% set n = namespace() %}{% set n.n = n %}{{ n }}",
    ])
  func `a hostile template meets a bound`(source: String) {
    var limits = ChatTemplate.Limits()
    limits.steps = 50_000
    limits.bytes = 1 << 24
    #expect(Self.error(source, limits: limits)?.reason == .limit)
  }

  @Test(arguments: [
    "(", "[", "{1:", "not ", "-", "1+", "1~", "a[", "f(", "1|f(", "1 if ", "{% if 1 %}",
  ])
  func `constructs stand only so deep in each other`(opening: String) {
    let isBlock = opening.hasPrefix("{%")
    let source = (isBlock ? "" : "{{ ") + String(repeating: opening, count: 2000) + "1"
    #expect([.limit, .syntax].contains(Self.error(source)?.reason))
  }

  @Test func `long chains of namespaces end quietly`() {
    let source =
      "{% set n = namespace(p=none) %}{% for i in range(20000) %}{% set n.p = namespace(p=n.p) %}"
      + "{% endfor %}"
    #expect(Self.error(source) == nil)
  }

  @Test func `any bytes are read or refused`() {
    var state: UInt64 = 7
    let words = [
      "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "for", "in", "if", "endif", "endfor", "set",
      "=",
      "'", "\"", "\\", "\n", " ", "a", "1", ".", "[", "]", "(", ")", "{", "}", "|", "is", "not",
      "raw", "endraw", "macro", ",", ":", "~", "*", "é", "\u{301}", "else", "loop", "\u{0}", "_",
    ]
    for _ in 0..<500 {
      var source = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        source += words[Int(state >> 33) % words.count]
      }
      for text in [source, "{{" + source + "}}", "{%" + source + "%}"] {
        if let error = Self.error(text) { #expect(error.place != nil, "\(text)") }
      }
    }
  }

  @Test func `reasoning has both names`() throws {
    let template = try ChatTemplate(
      source: "{{ messages[0].thinking }}{{ messages[0].reasoning_content }}")
    for name in ["reasoning", "thinking", "reasoning_content"] {
      let message: ChatValue = .object([ChatValue.Member(key: name, value: "x")])
      #expect(try template.render(messages: [message]).text == "xx")
    }
  }

  @Test func `of keys that stand twice the last one holds`() throws {
    let message: ChatValue = ["a": 1, "b": 2, "a": 3]
    #expect(message["a"] == 3)
    let chat = try ChatTemplate(source: "{{ messages[0] }}").render(messages: [message])
    #expect(chat.text == "{'a': 3, 'b': 2}")
  }

  // Python 3.11's strftime("%a %j %U %W %V %G %u %s") for a naive date, %s in UTC.
  @Test(
    arguments: [
      (ChatDate(year: 1970, month: 1, day: 1), "Thu 001 00 00 01 1970 4 0"),
      (ChatDate(year: 1999, month: 12, day: 31), "Fri 365 52 52 52 1999 5 946598400"),
      (ChatDate(year: 2000, month: 2, day: 29), "Tue 060 09 09 09 2000 2 951782400"),
      (ChatDate(year: 2005, month: 1, day: 1), "Sat 001 00 00 53 2004 6 1104537600"),
      (ChatDate(year: 2008, month: 12, day: 29), "Mon 364 52 52 01 2009 1 1230508800"),
      (ChatDate(year: 2010, month: 1, day: 3), "Sun 003 01 00 53 2009 7 1262476800"),
      (ChatDate(year: 2016, month: 12, day: 31), "Sat 366 52 52 52 2016 6 1483142400"),
      (ChatDate(year: 2020, month: 12, day: 31), "Thu 366 52 52 53 2020 4 1609372800"),
      (ChatDate(year: 2021, month: 1, day: 1), "Fri 001 00 00 53 2020 5 1609459200"),
      (ChatDate(year: 2024, month: 2, day: 29), "Thu 060 08 09 09 2024 4 1709164800"),
      (ChatDate(year: 2026, month: 11, day: 21), "Sat 325 46 46 47 2026 6 1795219200"),
      (ChatDate(year: 2100, month: 3, day: 1), "Mon 060 09 09 09 2100 1 4107542400"),
      (ChatDate(year: 1900, month: 1, day: 1), "Mon 001 00 01 01 1900 1 -2208988800"),
    ])
  func `dates have their weeks`(date: ChatDate, expected: String) throws {
    let text = try date.formatted(JinjaText("%a %j %U %W %V %G %u %s"))
    #expect(text.string == expected)
  }
}
