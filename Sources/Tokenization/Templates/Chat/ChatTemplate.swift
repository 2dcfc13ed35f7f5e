/// A chat template: turns messages into the one text that a model was trained on.
///
///     let template = try ChatTemplate(source: "{% for m in messages %}<|{{ m.role }}|>…{% endfor %}")
///     let chat = try template.render(
///       messages: [["role": "user", "content": "Hello"]], addsGenerationPrompt: true)
///     let ids = try tokenizer.encode(parts: chat.parts, addsTemplate: false)
///
/// Templates are written in the language of Jinja (3.1), with what transformers (5.23) adds: `tojson`,
/// `strftime_now`, `raise_exception`, `break` and `continue`, `generation`. Other templates cannot be
/// asked for: `include`, `import` and `extends` are errors where they are reached.
///
/// ### Who wrote what
///
/// Each byte of the text remembers its side. The template's are the words of its own, and the special
/// tokens it is given as variables; users' are all strings and keys in messages, tools and other
/// variables. A string made of both keeps the sides apart, through every filter and method: so a user
/// who writes `<|im_end|>` has written those ten characters and no more. Signs that are made along the
/// way, as the brackets of JSON, numbers, `True` and `None`, are the template's.
public struct ChatTemplate: Sendable {
  /// What a template may do, since it may come from a stranger: past a bound rendering throws
  /// ``ChatTemplateError/Reason/limit``.
  public struct Limits: Hashable, Sendable {
    /// Operations; one for each value that is made, and for sixteen bytes of text.
    public var steps = 10_000_000
    /// Bytes of any one text, and of what is written.
    public var bytes = 1 << 28
    /// Statements and expressions that are open within each other, and values that hold each other.
    /// The default is for stacks of 512 KiB; each more takes one or two KiB of it.
    public var depth = 200

    public init() {}
  }

  /// The template as it was given.
  public let source: String
  /// Variables whose text is the template's, as `bos_token`.
  public let specialTokens: [String: String]
  private let statements: [JinjaStatement]

  /// Reads a template.
  ///
  /// - Parameter specialTokens: the model's special tokens by the names that templates have for them:
  ///   `bos_token`, `eos_token` and so on. In the text they are the template's words.
  /// - Throws: `syntax` with the place; `limit` for constructs that stand too deep in each other.
  /// - Complexity: O(*n*) in the bytes of `source`.
  public init(
    source: String, specialTokens: [String: String] = [:]
  ) throws(ChatTemplateError) {
    self.source = source
    self.specialTokens = specialTokens
    statements = try JinjaParser.statements(of: source)
  }

  /// The text for a conversation.
  ///
  /// - Parameters:
  ///   - messages: objects, mostly with `role` and `content`. Where one has reasoning, as
  ///     `reasoning_content`, `thinking` or `reasoning`, the first two names are both given to the
  ///     template.
  ///   - tools: functions that the model may call, as JSON schemas; null for none.
  ///   - documents: texts that the model is to use; null for none.
  ///   - addsGenerationPrompt: ends with the beginning of the answer.
  ///   - variables: whatever else the template knows, as `enable_thinking`; their strings are users'.
  ///   - date: what `strftime_now` goes by; the time of the call if there is none.
  /// - Throws: what the template does wrong with these messages, and where in it.
  /// - Complexity: what the template makes of it, at most `limits.steps` operations.
  public func render(
    messages: [ChatValue], tools: [ChatValue]? = nil, documents: [ChatValue]? = nil,
    addsGenerationPrompt: Bool = false, variables: [String: ChatValue] = [:],
    date: ChatDate? = nil, limits: Limits = Limits()
  ) throws(ChatTemplateError) -> ChatText {
    var values = specialTokens.mapValues { JinjaValue.text(JinjaText($0)) }
    for (name, value) in variables { values[name] = JinjaValue(value, origin: []) }
    values["messages"] = JinjaValue(.array(messages.map(Self.namingReasoning)), origin: [])
    values["tools"] = JinjaValue(tools.map { .array($0) } ?? .null, origin: [])
    values["documents"] = JinjaValue(documents.map { .array($0) } ?? .null, origin: [])
    values["add_generation_prompt"] = .bool(addsGenerationPrompt)
    for value in values.values where value.depth > limits.depth {
      throw ChatTemplateError(.limit, "more than \(limits.depth) values within each other")
    }
    let interpreter = JinjaInterpreter(
      limits: limits, date: date ?? .now(), variables: values)
    return ChatText(try interpreter.render(statements))
  }

  /// A message with its reasoning under both names that templates ask for.
  private static func namingReasoning(_ message: ChatValue) -> ChatValue {
    guard case .object(var members) = message else { return message }
    let names = ["reasoning_content", "thinking", "reasoning"]
    let found = names.lazy.compactMap { message[$0] }.first { $0 != .null }
    guard let found else { return message }
    if message["thinking"] == nil {
      members.insert(ChatValue.Member(key: "thinking", value: found), at: 0)
    }
    members.append(ChatValue.Member(key: "reasoning_content", value: found))
    return .object(members)
  }
}
