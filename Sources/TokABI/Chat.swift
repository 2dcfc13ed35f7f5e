public import CTokTypes
internal import Tok
internal import Tokenization
internal import TokenizerFormats

/// A chat template. It never changes.
public typealias TokChatTemplate = OpaquePointer

/// A conversation that was put into a chat template. It never changes.
public typealias TokChat = OpaquePointer

final class ChatTemplateObject: HandleObject {
  static var kind: HandleKind { .chatTemplate }
  let template: ChatTemplate

  init(_ template: ChatTemplate) { self.template = template }
}

@safe
final class ChatObject: HandleObject {
  static var kind: HandleKind { .chat }
  let text: BytesObject
  let parts: CArray<tok_part>

  init(_ chat: ChatText, users: Special) {
    let text = BytesObject(chat.bytes)
    self.text = text
    unsafe parts = unsafe CArray(
      chat.stretches.map { stretch in
        let start = unsafe UnsafeRawPointer(text.bytes.start + stretch.range.lowerBound)
        let special = stretch.isTemplates ? Special.parse : users
        return unsafe tok_part(
          text: start.assumingMemoryBound(to: CChar.self), length: stretch.range.count,
          special: special.rawValue, reserved: 0)
      })
  }
}

/// Loads a chat template from a model's folder, its tokenizer_config.json, a GGUF file, or a file that is the
/// template itself.
///
/// @param path      UTF-8, NUL-terminated.
/// @param name      one of several templates, as `tool_use`; NULL for the one without a name.
/// @param chat_template  the new template, to be freed with tok_chat_template_free(); NULL on failure.
/// @param error     what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_chat_template_load)
public func loadChatTemplate(
  _ path: UnsafePointer<CChar>?, _ name: UnsafePointer<CChar>?,
  _ chatTemplate: UnsafeMutablePointer<TokChatTemplate?>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(chatTemplate, "chat_template")
    unsafe place.pointee = nil
    guard let path = try unsafe Memory.text(path, "path") else {
      throw .argument("path", "is NULL")
    }
    let name = try unsafe Memory.text(name, "name")
    let template: ChatTemplate
    do throws(VocabularyError) {
      template = try ChatTemplate(contentsOf: path, name: name)
    } catch { throw CallError(error) }
    unsafe place.pointee = try newHandle(ChatTemplateObject(template))
  }
}

/// Reads a chat template from memory.
///
/// @param source          Jinja, UTF-8.
/// @param special_tokens  a JSON object of the model's special tokens by the names that templates have for
///                        them, as {"bos_token": "<s>"}, NUL-terminated; or NULL.
/// @param chat_template   the new template, to be freed with tok_chat_template_free(); NULL on failure.
/// @param error           what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Since 0.1.
@c(tok_chat_template_create)
public func createChatTemplate(
  _ source: UnsafePointer<CChar>?, _ length: Int, _ specialTokens: UnsafePointer<CChar>?,
  _ chatTemplate: UnsafeMutablePointer<TokChatTemplate?>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(chatTemplate, "chat_template")
    unsafe place.pointee = nil
    let bytes = try unsafe Memory.read(UnsafeRawPointer(source), length, "source")
    guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
      throw CallError(.invalidUTF8, "the template is not UTF-8", place: "source")
    }
    let tokens = try unsafe tokens(named: Memory.text(specialTokens, "special_tokens"))
    let template: ChatTemplate
    do throws(ChatTemplateError) {
      template = try ChatTemplate(source: text, specialTokens: tokens)
    } catch { throw CallError(error) }
    unsafe place.pointee = try newHandle(ChatTemplateObject(template))
  }
}

/// Frees a chat template; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_chat_template_free)
public func freeChatTemplate(_ chatTemplate: TokChatTemplate?) -> Status {
  unsafe free(chatTemplate, as: ChatTemplateObject.self)
}

/// Puts a conversation into a chat template.
///
/// @param conversation  JSON: a list of messages, or an object with `messages` and, where wanted, `tools`,
///                      `documents`, `add_generation_prompt` and whatever else the template knows.
/// @param options       may be NULL.
/// @param chat          the text and who wrote what of it, to be freed with tok_chat_free(); NULL on
///                      failure. The template may be freed before it.
/// @param error         what went wrong, to be freed with tok_error_free(); may be NULL.
///
/// Returns TOK_OK; TOK_E_TEMPLATE for what the template does wrong with these messages. Since 0.1.
@c(tok_chat_render)
public func renderChat(
  _ chatTemplate: TokChatTemplate?, _ conversation: UnsafePointer<CChar>?, _ length: Int,
  _ options: UnsafePointer<tok_chat_options>?, _ chat: UnsafeMutablePointer<TokChat?>?,
  _ error: UnsafeMutablePointer<TokError?>?
) -> Status {
  unsafe answer(error) { () throws(CallError) in
    let place = try unsafe Memory.place(chat, "chat")
    unsafe place.pointee = nil
    let template = try unsafe object(
      chatTemplate, "chat_template", as: ChatTemplateObject.self
    ).template
    let bytes = try unsafe Memory.read(UnsafeRawPointer(conversation), length, "conversation")
    let options = try unsafe Memory.options(options, tok_chat_options()) ?? tok_chat_options()
    guard let users = unsafe Special(rawValue: options.users) else {
      throw .argument("options.users", "is none of TOK_SPECIAL")
    }
    var date: ChatDate?
    if let text = try unsafe Memory.text(options.date, "options.date") {
      date = ChatDate(text)
      if date == nil { throw .argument("options.date", "is no date") }
    }
    let value: ChatValue
    do throws(VocabularyError) { value = try unsafe ChatValue(json: bytes.span) } catch {
      throw CallError(error)
    }
    let rendered: ChatText
    do throws(ChatTemplateError) {
      var conversation = try ChatConversation(value)
      if unsafe options.generation_prompt != 0 { conversation.addsGenerationPrompt = true }
      rendered = try template.render(conversation, date: date)
    } catch { throw CallError(error) }
    unsafe place.pointee = try newHandle(ChatObject(rendered, users: users))
  }
}

/// The text of a chat, exactly what the model sees, and its length; a NUL stands behind it. It stays until
/// the chat is freed. NULL and 0 for no chat.
///
/// @param length  may be NULL.
///
/// Since 0.1.
@c(tok_chat_text)
public func chatText(
  _ chat: TokChat?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar>? {
  let object = unsafe HandleTable.object(chat, as: ChatObject.self)
  if let length = unsafe length { unsafe length.pointee = object?.text.count ?? 0 }
  guard let start = unsafe object?.text.bytes.start else { return nil }
  return unsafe UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
}

/// The parts of a chat, for tok_encode_parts(): what the template wrote may be special tokens, what users
/// wrote is as `users` of the options says. They stay until the chat is freed. NULL and 0 for no chat.
///
/// @param count  may be NULL.
///
/// Since 0.1.
@c(tok_chat_parts)
public func chatParts(
  _ chat: TokChat?, _ count: UnsafeMutablePointer<Int>?
) -> UnsafePointer<tok_part>? {
  let object = unsafe HandleTable.object(chat, as: ChatObject.self)
  if let count = unsafe count { unsafe count.pointee = object?.parts.count ?? 0 }
  return unsafe object?.parts.start
}

/// Frees a chat; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_chat_free)
public func freeChat(_ chat: TokChat?) -> Status {
  unsafe free(chat, as: ChatObject.self)
}

/// Texts by name, of a JSON object.
private func tokens(named json: String?) throws(CallError) -> [String: String] {
  guard let json else { return [:] }
  let value: ChatValue
  do throws(VocabularyError) { value = try ChatValue(json: json) } catch { throw CallError(error) }
  guard case .object(let members) = value else {
    throw .argument("special_tokens", "is no JSON object")
  }
  var tokens: [String: String] = [:]
  for member in members {
    guard case .string(let text) = member.value else {
      throw .argument("special_tokens", "has a member that is no text")
    }
    tokens[member.key] = text
  }
  return tokens
}
