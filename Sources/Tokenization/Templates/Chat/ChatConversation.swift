/// What a chat template is given.
public struct ChatConversation: Hashable, Sendable {
  /// Objects, mostly with `role` and `content`.
  public var messages: [ChatValue] = []
  /// Functions that the model may call, as JSON schemas; nil for none.
  public var tools: [ChatValue]?
  /// Texts that the model is to use; nil for none.
  public var documents: [ChatValue]?
  /// The text ends with the beginning of the answer.
  public var addsGenerationPrompt = false
  /// Whatever else the template knows, as `enable_thinking`; their strings are users'.
  public var variables: [String: ChatValue] = [:]

  public init() {}

  /// Takes a list of messages, or an object with `messages` and, where wanted, `tools`, `documents` and
  /// `add_generation_prompt`; its other members are variables.
  ///
  /// - Throws: `wrongType` for what should be a list and is none.
  public init(_ value: ChatValue) throws(ChatTemplateError) {
    guard case .object(let members) = value else {
      messages = try Self.list(value, "the conversation")
      return
    }
    for member in members {
      switch member.key {
      case "messages": messages = try Self.list(member.value, "messages")
      case "tools": if member.value != .null { tools = try Self.list(member.value, "tools") }
      case "documents":
        if member.value != .null { documents = try Self.list(member.value, "documents") }
      case "add_generation_prompt": addsGenerationPrompt = member.value == .boolean(true)
      default: variables[member.key] = member.value
      }
    }
  }

  private static func list(
    _ value: ChatValue, _ name: String
  ) throws(ChatTemplateError) -> [ChatValue] {
    guard case .array(let items) = value else {
      throw ChatTemplateError(.wrongType, "\(name): no list")
    }
    return items
  }
}

extension ChatTemplate {
  /// The text for a conversation; see
  /// ``render(messages:tools:documents:addsGenerationPrompt:variables:date:limits:)``.
  public func render(
    _ conversation: ChatConversation, date: ChatDate? = nil, limits: Limits = Limits()
  ) throws(ChatTemplateError) -> ChatText {
    try render(
      messages: conversation.messages, tools: conversation.tools,
      documents: conversation.documents,
      addsGenerationPrompt: conversation.addsGenerationPrompt,
      variables: conversation.variables, date: date, limits: limits)
  }
}
