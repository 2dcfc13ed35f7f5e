public import Tokenization
internal import TokenizerFormats

extension ChatTemplate {
  /// Loads a chat template from a model's folder, its `tokenizer_config.json`, a GGUF file, or a file
  /// that is the template itself, with the special tokens that stand beside it.
  ///
  /// Of a folder: `chat_template.jinja` if it is there, otherwise what `tokenizer_config.json` holds,
  /// as in transformers.
  ///
  /// - Parameter name: one of several templates, as `tool_use`: of `tokenizer_config.json`, or the file
  ///   `NAME.jinja` in the folder `additional_chat_templates`. Nil for the one that has no name, or the
  ///   name `default`.
  /// - Throws: `missing` if there is no such template, and what is wrong with the file otherwise; an
  ///   error of the template's own is `malformed`, with its line and column.
  public init(contentsOf path: String, name: String? = nil) throws(VocabularyError) {
    if ModelFolder.isFolder(path) {
      self = try ChatTemplate(folder: path, name: name)
      return
    }
    let file = try FileBytes(path, isReadWhole: false)
    do throws(VocabularyError) {
      if recognizeFormat(file.span) == .gguf {
        try Self.check(name, isIn: [])
        let vocabulary = try GGUFVocabulary(file.span)
        self = try ChatTemplate(
          reading: vocabulary.chatTemplate, vocabulary.specialTokenTexts,
          at: "tokenizer.chat_template")
      } else if Self.isObject(file.span) {
        self = try ChatTemplate(TokenizerConfiguration(configuration: file.span), name)
      } else {
        try Self.check(name, isIn: [])
        self = try ChatTemplate(
          reading: TokenizerConfiguration(chatTemplate: file.span).chatTemplate)
      }
    } catch {
      // The reader of the configuration names its file as it mostly is.
      var error = error
      error.file = path
      throw error
    }
  }

  private init(folder: String, name: String?) throws(VocabularyError) {
    let names = try ModelFolder.names(inFolder: folder)
    func open(_ file: String) throws(VocabularyError) -> FileBytes? {
      names.contains(file) ? try FileBytes(folder + "/" + file) : nil
    }
    let configurationFile = try open("tokenizer_config.json")
    let mapFile = try open("special_tokens_map.json")
    var templateFile = try open("chat_template.jinja")
    var isNamedFile = false
    if let name, !name.contains("/") {
      let more = folder + "/additional_chat_templates"
      if ModelFolder.isFolder(more), try ModelFolder.names(inFolder: more).contains(name + ".jinja")
      {
        templateFile = try FileBytes(more + "/" + name + ".jinja")
        isNamedFile = true
      }
    }
    do throws(VocabularyError) {
      let configuration = try TokenizerConfiguration(
        configuration: configurationFile?.span, specialTokensMap: mapFile?.span,
        chatTemplate: templateFile?.span)
      self = try ChatTemplate(configuration, isNamedFile ? nil : name)
    } catch {
      var error = error
      error.file = error.file.map { folder + "/" + $0 } ?? folder
      throw error
    }
  }

  private init(
    _ configuration: TokenizerConfiguration, _ name: String?
  ) throws(VocabularyError) {
    var tokens: [String: String] = [:]
    for (role, token) in configuration.specialTokens { tokens[role.rawValue] = token.text }
    var source = configuration.chatTemplate
    if let name, name != "default" {
      source = configuration.namedChatTemplates[name]
      try Self.check(name, isIn: configuration.namedChatTemplates.keys.sorted())
    }
    self = try ChatTemplate(reading: source, tokens, at: "chat_template")
  }

  private init(
    reading source: String?, _ specialTokens: [String: String] = [:], at place: String = ""
  ) throws(VocabularyError) {
    guard let source else { throw VocabularyError(.missing, "no chat template", path: place) }
    do throws(ChatTemplateError) {
      try self.init(source: source, specialTokens: specialTokens)
    } catch {
      throw VocabularyError(.malformed, error.description, path: place)
    }
  }

  /// Whether a file is JSON; a template too may begin with a brace, but then with a second sign.
  private static func isObject(_ bytes: Span<UInt8>) -> Bool {
    guard beginsObject(bytes) else { return false }
    for index in bytes.indices.dropLast() where bytes[index] == UInt8(ascii: "{") {
      return !"{%#".utf8.contains(bytes[index + 1])
    }
    return true
  }

  private static func check(_ name: String?, isIn names: [String]) throws(VocabularyError) {
    guard let name, !names.contains(name) else { return }
    let hint = names.isEmpty ? "" : ": there are " + names.joined(separator: ", ")
    throw VocabularyError(.missing, "no chat template named `\(name)`\(hint)")
  }
}

extension GGUFVocabulary {
  /// The special tokens that templates ask for, by the names they have there.
  fileprivate var specialTokenTexts: [String: String] {
    let roles: [(String, TokenID?)] = [
      ("bos_token", roles.beginning), ("eos_token", roles.end), ("unk_token", roles.unknown),
      ("sep_token", roles.separator), ("pad_token", roles.padding),
      ("cls_token", roles.classification), ("mask_token", roles.mask),
    ]
    var texts: [String: String] = [:]
    for (name, id) in roles {
      if let id, Int(id) < self.texts.count {
        texts[name] = String(decoding: self.texts[Int(id)], as: UTF8.self)
      }
    }
    return texts
  }
}
