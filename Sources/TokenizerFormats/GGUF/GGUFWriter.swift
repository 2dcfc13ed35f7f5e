import SplitPatterns
import Tokenization

extension TokenizerDefinition {
  /// The keys of a GGUF file that say what this does, as far as they can. An id without a token gets one
  /// that no text makes, `[PAD7]`.
  func ggufVocabulary() throws(VocabularyError) -> GGUFVocabulary {
    var file = GGUFVocabulary()
    setRoles(&file)
    switch model {
    case let model as BytePairDefinition: try set(&file, model)
    case let model as CharacterPairDefinition: try set(&file, model)
    case let model as UnigramDefinition: set(&file, model)
    case let model as WordPieceDefinition: set(&file, model)
    case let model as GreedyDefinition: set(&file, model)
    default: throw VocabularyError.noModel(self, in: .gguf)
    }
    return file
  }

  // MARK: - What all models have

  /// The tokens in order of ids, and what each is for.
  private func setTokens(
    _ file: inout GGUFVocabulary, _ text: (Entry) -> [UInt8],
    _ type: (Entry) -> GGUFVocabulary.TokenType
  ) {
    file.texts = ByteStrings()
    file.types = []
    for (id, entry) in entries().enumerated() {
      guard let entry else {
        file.texts.append("[PAD\(id)]".utf8)
        file.types.append(.control)
        continue
      }
      if let added = entry.added {
        file.texts.append(added.content.utf8)
        file.types.append(
          !added.isSpecial ? .userDefined : entry.id == model.unknownToken ? .unknown : .control)
      } else {
        file.texts.append(text(entry))
        file.types.append(type(entry))
      }
    }
  }

  private func setRoles(_ file: inout GGUFVocabulary) {
    let around = PostProcessor.idsAround(pipeline.postProcessor)
    let roles = pipeline.roles
    file.roles.beginning = around.before.first ?? roles.beginning
    file.roles.end = around.behind.last ?? roles.end
    file.roles.unknown = model.unknownToken ?? roles.unknown
    file.roles.padding = roles.padding
    file.addsBeginning = !around.before.isEmpty
    file.addsEnd = !around.behind.isEmpty
    file.roles.mask = pipeline.addedTokens.first { $0.content == "[MASK]" }?.id
  }

  private func setModel(_ file: inout GGUFVocabulary, _ name: String, architecture: String) {
    file.modelName = name
    file.architecture = architecture
    if let model = GGUFVocabulary.Model(name: name) { file.model = model }
  }

  // MARK: - Each model

  private func set(
    _ file: inout GGUFVocabulary, _ model: BytePairDefinition
  ) throws(VocabularyError) {
    setModel(&file, "gpt2", architecture: "gpt2")
    let texts = model.textsInByteAlphabet()
    setTokens(&file, { entry in entry.place.map { texts[$0] } ?? entry.text }, { _ in .normal })
    let places = Dictionary(uniqueKeysWithValues: zip(model.ids, model.ids.indices))
    var merges = ByteStrings()
    for merge in try model.listedMerges() {
      guard let left = places[merge.left], let right = places[merge.right] else { continue }
      merges.append(texts[left] + [0x20] + texts[right])
    }
    file.merges = merges
    file.pre = try wayToCut(model)
  }

  /// The name of the way to cut that is this one; `default` if none is.
  private func wayToCut(_ model: BytePairDefinition) throws(VocabularyError) -> String {
    let meaning = pipeline.splitter.meaning
    var fitting: String?
    for entry in GGUFPreTokenizer.all where entry.rule.usesByteAlphabet {
      let stepCount = entry.rule.patterns.count + (entry.rule.endsWithGPT2 ? 2 : 1)
      guard stepCount == meaning.count, try entry.rule.splitter().meaning == meaning else {
        continue
      }
      fitting = fitting ?? entry.names.first
      if entry.rule.takesWholePretokens == model.takesWholePretokens {
        return entry.names.first ?? "default"
      }
    }
    return fitting ?? "default"
  }

  private func set(
    _ file: inout GGUFVocabulary, _ model: CharacterPairDefinition
  ) throws(VocabularyError) {
    setModel(&file, "llama", architecture: "llama")
    let hasBytes = model.fallsBackToBytes
    let unmatched = Set(model.unmatched)
    let symbols = Set(model.userDefined)
    setTokens(&file, \.text) { entry in
      if entry.id == model.unknown { return .unknown }
      if hasBytes, byteToken(entry.text) != nil { return .byte }
      guard let place = entry.place else { return .control }
      return symbols.contains(place) ? .userDefined : unmatched.contains(place) ? .control : .normal
    }
    let scores = try model.scores()
    file.scores = entries().map { entry in entry.flatMap { scores[$0.id] } ?? 0 }
    file.addsSpacePrefix = sentencePieceRules.addsDummySpace
  }

  private func set(_ file: inout GGUFVocabulary, _ model: UnigramDefinition) {
    setModel(&file, "t5", architecture: "t5")
    setTokens(&file, \.text) { entry in
      if entry.id == model.unknown { return .unknown }
      guard let place = entry.place else { return .control }
      switch model.rules {
      case .huggingface: return .normal
      case .sentencePiece(let kinds), .llamaCPP(let kinds):
        return GGUFVocabulary.TokenType(rawValue: kinds[place].number) ?? .normal
      }
    }
    let scores = Dictionary(uniqueKeysWithValues: zip(model.ids, model.scores))
    file.scores = entries().map { entry in Float(entry.flatMap { scores[$0.id] } ?? 0) }
    let rules = sentencePieceRules
    file.addsSpacePrefix = rules.addsDummySpace
    file.removesExtraWhitespaces = rules.removesExtraSpaces
    file.precompiledCharsMap = rules.charsmap?.bytes ?? []
  }

  private func set(_ file: inout GGUFVocabulary, _ model: WordPieceDefinition) {
    setModel(&file, "bert", architecture: "bert")
    let prefix = model.continuingPrefix
    let mark = Array("\u{2581}".utf8)
    setTokens(
      &file,
      { entry in
        if entry.text.first == UInt8(ascii: "["), entry.text.last == UInt8(ascii: "]"),
          entry.text.count > 1
        {
          return entry.text
        }
        return !prefix.isEmpty && entry.text.starts(with: prefix) && entry.text.count > prefix.count
          ? Array(entry.text.dropFirst(prefix.count)) : mark + entry.text
      }, { _ in .normal })
    file.roles.classification = file.roles.beginning
    file.roles.separator = file.roles.end
    file.addsSeparator = file.addsEnd
    file.addsEnd = nil
    if case .bert(let options) = pipeline.normalizer {
      file.lowercases = options.lowercases
      file.stripsAccents = options.stripsAccents
    } else {
      (file.lowercases, file.stripsAccents) = (false, false)
    }
  }

  private func set(_ file: inout GGUFVocabulary, _ model: GreedyDefinition) {
    setModel(&file, "rwkv", architecture: "rwkv6")
    setTokens(&file, { Self.escaped($0.text) }, { _ in .normal })
  }

  /// As Python writes bytes, and llama.cpp reads them.
  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for byte in bytes {
      switch byte {
      case 0x09: text += Array(#"\t"#.utf8)
      case 0x0A: text += Array(#"\n"#.utf8)
      case 0x0D: text += Array(#"\r"#.utf8)
      case UInt8(ascii: "\\"): text += Array(#"\\"#.utf8)
      case 0x20..<0x7F: text.append(byte)
      default:
        let digits = String(byte, radix: 16)
        text += Array((digits.utf8.count == 1 ? #"\x0"# : #"\x"#).utf8) + Array(digits.utf8)
      }
    }
    return text
  }
}
