import TestSupport
import Testing
import Tok

/// Rows of Jinja 3.1.6 set up as transformers 5.23 does: `Tests/Conformance/chat_templates.jsonl`, which
/// `chat_templates.py` there makes.
@Suite struct ChatTemplateRowsTests {
  private static let date = ChatDate(year: 2024, month: 7, day: 5, hour: 9, minute: 4, second: 3)

  private static func rows() throws -> [ChatValue] {
    let bytes = try Files.read(Files.root + "/Tests/Conformance/chat_templates.jsonl")
    return try bytes.split(separator: 0x0A).map { try ChatValue(json: Array($0).span) }
  }

  /// What the row's template makes, or the error.
  private static func render(_ row: ChatValue) -> Result<ChatText, ChatTemplateError> {
    let source = if case .string(let source)? = row["template"] { source } else { "{%" }
    var variables: [String: ChatValue] = [:]
    if case .object(let members)? = row["arguments"] {
      for member in members { variables[member.key] = member.value }
    }
    do throws(ChatTemplateError) {
      return .success(
        try ChatTemplate(source: source)
          .render(messages: [], variables: variables, date: date))
    } catch {
      return .failure(error)
    }
  }

  @Test func `templates make what the original makes, and fail where it fails`() throws {
    let rows = try Self.rows()
    #expect(rows.count > 1000)
    for row in rows {
      let template = row["template"] ?? .null
      switch (row["text"], Self.render(row)) {
      case (.string(let text)?, .success(let chat)):
        #expect(Array(text.utf8) == chat.bytes, "\(template)")
      case (.string(let text)?, .failure(let error)):
        Issue.record("\(template): \(error) instead of \(text)")
      case (_, .success(let chat)):
        Issue.record("\(template): \(chat.text) instead of \(row["error"] ?? .null)")
      case (_, .failure(let error)):
        #expect(error.place != nil, "\(template): \(error)")
      }
    }
  }

  @Test func `stretches cover the text, and neighbours are of different sides`() throws {
    for row in try Self.rows() {
      guard case .success(let chat) = Self.render(row) else { continue }
      #expect(chat.stretches.map(\.range.count).reduce(0, +) == chat.bytes.count)
      var end = 0
      for (index, stretch) in chat.stretches.enumerated() {
        #expect(stretch.range.lowerBound == end && !stretch.range.isEmpty)
        if index > 0 {
          #expect(stretch.isTemplates != chat.stretches[index - 1].isTemplates)
        }
        end = stretch.range.upperBound
      }
    }
  }

  @Test func `every truncation of a template is read or refused`() throws {
    let source =
      "{%- macro f(a, b=[1, {'k': 2.5}]) %}{{ a|join('x') ~ b[0:1] }}{% endmacro -%}{# c #}"
      + "{% for m in messages if m is defined %}{% raw %}{{{% endraw %}{{ f(m.x, b=-1) }}{% endfor %}"
    for count in 0...source.utf8.count {
      let part = String(decoding: Array(source.utf8.prefix(count)), as: UTF8.self)
      do throws(ChatTemplateError) {
        _ = try ChatTemplate(source: part)
      } catch {
        #expect(error.place != nil && error.reason == .syntax, "\(part)")
      }
    }
  }
}
