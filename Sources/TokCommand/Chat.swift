import ArgumentParser
import Tok
import TokShards

/// `tok chat`
struct Chat: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Puts messages into a model's chat template.",
    discussion: """
      Reads JSON: a list of messages, or an object with `messages` and, where wanted, `tools`, \
      `documents`, `add_generation_prompt` and whatever else the template knows. Formats: text, \
      exactly what the model sees; ids, a line of decimal ids, where special tokens in messages stay \
      text; parts, a JSON object a line for each stretch that the template or a user wrote.

      Example: tok chat -v ./Llama-3.2-1B-Instruct --generation-prompt --to ids messages.json
      """)

  @OptionGroup var vocabulary: VocabularyOptions

  @Option(
    help: ArgumentHelp(
      "Another template: a file with it, tokenizer_config.json, or a folder.", valueName: "file"))
  var template: String?

  @Option(help: ArgumentHelp("One of several templates, as tool_use.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("A JSON list of tools.", valueName: "file"))
  var tools: String?

  @Flag(help: "Ends with the beginning of the answer.")
  var generationPrompt = false

  @Option(
    name: .customLong("token"),
    help: ArgumentHelp("A special token that the template asks for.", valueName: "name=text"))
  var tokens: [String] = []

  @Option(
    help: ArgumentHelp("What strftime_now goes by, instead of now.", valueName: "y-m-dTh:m:s"))
  var date: String?

  @Option(help: "What is written.")
  var to: Format = .text

  @Option(help: "Text of users that spells a special token: plain text, the token, or an error.")
  var special: TextOptions.Special = .text

  @Argument(help: "The messages; - or nothing for standard input.")
  var file: String = "-"

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, ids, parts
  }

  func run() throws {
    var conversation = try readConversation()
    if let tools { conversation.tools = try readJSON(tools).list(tools) }
    let template = try loadTemplate(hasTools: conversation.tools != nil)
    let chat: ChatText
    do {
      chat = try template.render(conversation, date: readDate())
    } catch let error as ChatTemplateError {
      throw Failure(error.description)
    }
    try write(chat)
  }

  private func write(_ chat: ChatText) throws {
    let output = try OutputFile(nil)
    switch to {
    case .text: try output.write(chat.bytes)
    case .parts:
      for stretch in chat.stretches {
        try output.write { bytes in
          bytes.append(
            contentsOf: #"{"from":"\#(stretch.isTemplates ? "template" : "user")","#.utf8)
          bytes.append(contentsOf: #""text":"#.utf8)
          JSONText.append(String(decoding: chat.bytes[stretch.range], as: UTF8.self), to: &bytes)
          bytes.append(contentsOf: "}\n".utf8)
        }
      }
    case .ids:
      do {
        let users = TextOptions.policy(special)
        let ids = try vocabulary.load().encode(parts: chat.parts(users: users), addsTemplate: false)
        try output.write(DecimalLines.bytes(ids, ends: [ids.count]))
      } catch let error as EncodingError {
        throw Failure(error.description)
      }
    }
    try output.finish()
  }

  /// The template that was asked for; of a model with one for tools that one if there are tools.
  private func loadTemplate(hasTools: Bool) throws -> ChatTemplate {
    guard let path = try template ?? VocabularyName.path(of: vocabulary.vocabulary) else {
      throw Failure(
        usage: "the embedded vocabulary has no chat template: name a model's folder with -v, or a "
          + "template with --template")
    }
    do {
      var loaded: ChatTemplate
      if name == nil, hasTools, let found = try? ChatTemplate(contentsOf: path, name: "tool_use") {
        loaded = found
      } else {
        loaded = try ChatTemplate(contentsOf: path, name: name)
      }
      if tokens.isEmpty { return loaded }
      var specialTokens = loaded.specialTokens
      for token in tokens {
        guard let sign = token.firstIndex(of: "=") else {
          throw Failure(usage: "--token takes a name and a text: `bos_token=<s>`")
        }
        specialTokens[String(token[..<sign])] = String(token[token.index(after: sign)...])
      }
      return try ChatTemplate(source: loaded.source, specialTokens: specialTokens)
    } catch let error as VocabularyError {
      throw Failure(error.description)
    }
  }

  private func readConversation() throws -> ChatConversation {
    let value = try readJSON(file)
    do {
      var conversation = try ChatConversation(value)
      if generationPrompt { conversation.addsGenerationPrompt = true }
      return conversation
    } catch {
      throw Failure("\(file): \(error.description)")
    }
  }

  private func readJSON(_ path: String) throws -> ChatValue {
    var reader = DocumentReader(files: [path], separator: .none)
    let document = try reader.next() ?? DocumentBatch()
    do {
      return try ChatValue(json: document.bytes.span)
    } catch {
      throw Failure(error.inFile(document.input).description)
    }
  }

  private func readDate() throws -> ChatDate? {
    guard let date else { return nil }
    guard let date = ChatDate(date) else {
      throw Failure(usage: "--date takes a date, as 2024-07-26 or 2024-07-26T12:30:00")
    }
    return date
  }
}

extension ChatValue {
  fileprivate func list(_ place: String) throws -> [ChatValue] {
    guard case .array(let items) = self else { throw Failure("\(place): no list") }
    return items
  }
}
