import SplitPatterns
import Tokenization

extension TokenizerDefinition {
  /// A SentencePiece model: BPE over characters, Unigram or words.
  ///
  /// Special tokens become control tokens, other added ones symbols of the user. Listed merges become
  /// scores, the later the lower.
  func sentencePieceModel() throws(VocabularyError) -> [UInt8] {
    var file = SentencePieceFile()
    let format = WritableFormat.sentencePiece
    var scores: [TokenID: Float] = [:]
    switch model {
    case let model as CharacterPairDefinition:
      file.trainer.modelType = .bytePair
      file.trainer.hasByteFallback = model.fallsBackToBytes && model.hasByteTokens
      scores = try model.scores()
    case let model as UnigramDefinition:
      file.trainer.modelType = .unigram
      file.trainer.hasByteFallback = model.byteFallback && model.hasByteTokens
      scores = Dictionary(uniqueKeysWithValues: zip(model.ids, model.scores.map { Float($0) }))
    case let model as WordLevelDefinition:
      file.trainer.modelType = .word
      file.trainer.hasByteFallback = !model.byteTokens.isEmpty
    default: throw VocabularyError.noModel(self, in: format)
    }
    guard let unknown = model.unknownToken ?? pipeline.roles.unknown else {
      throw VocabularyError(
        .inexpressible, "there is no unknown token, which the format \(format.rawValue) asks for")
    }
    for entry in try entriesByID(format) {
      file.texts.append(entry.text)
      file.scores.append(scores[entry.id] ?? 0)
      file.types.append(
        entry.id == unknown ? .unknown : type(of: entry, hasBytes: file.trainer.hasByteFallback))
    }
    setNormalizer(&file)
    setRoles(&file, unknown: unknown)
    return file.write()
  }

  private func type(of entry: Entry, hasBytes: Bool) -> SentencePieceFile.TokenType {
    if let added = entry.added { return added.isSpecial ? .control : .userDefined }
    if hasBytes, byteToken(entry.text) != nil { return .byte }
    guard let place = entry.place else { return .control }
    switch model {
    case let model as CharacterPairDefinition:
      if model.userDefined.contains(place) { return .userDefined }
      if model.unused.contains(place) { return .unused }
      return model.unmatched.contains(place) ? .control : .normal
    case let model as WordLevelDefinition:
      return model.unmatched.contains(place) ? .unused : .normal
    case let model as UnigramDefinition:
      guard case .sentencePiece(let kinds) = model.rules else { return .normal }
      return SentencePieceFile.TokenType(rawValue: kinds[place].number) ?? .normal
    default: return .normal
    }
  }

  private func setNormalizer(_ file: inout SentencePieceFile) {
    let rules = sentencePieceRules
    file.normalizer.name = rules.charsmap == nil ? "identity" : "user_defined"
    file.normalizer.precompiledCharsMap = rules.charsmap?.bytes ?? []
    file.normalizer.addsDummyPrefix = rules.addsDummySpace
    file.normalizer.removesExtraWhitespaces = rules.removesExtraSpaces
    file.normalizer.escapesWhitespaces = rules.escapesSpaces
    file.trainer.treatsWhitespaceAsSuffix = rules.addsSpaceBehind
    guard case .sentencePiece(let decoder) = pipeline.decoder else { return }
    file.trainer.unknownSurface = Array(decoder.unknownSurface.utf8)
    guard let rules = decoder.denormalizer else { return }
    var denormalizer = SentencePieceFile.Normalizer()
    denormalizer.precompiledCharsMap = rules.charsmap?.bytes ?? []
    denormalizer.addsDummyPrefix = rules.addsDummySpace
    denormalizer.removesExtraWhitespaces = rules.removesExtraSpaces
    denormalizer.escapesWhitespaces = rules.escapesSpaces
    file.denormalizer = denormalizer
  }

  private func setRoles(_ file: inout SentencePieceFile, unknown: TokenID) {
    let around = PostProcessor.idsAround(pipeline.postProcessor)
    func set(
      _ id: TokenID?, _ number: WritableKeyPath<SentencePieceFile.Trainer, Int32>,
      _ name: WritableKeyPath<SentencePieceFile.Trainer, [UInt8]>
    ) {
      guard let id, Int(id) < file.texts.count else {
        file.trainer[keyPath: number] = -1
        return
      }
      file.trainer[keyPath: number] = Int32(id)
      file.trainer[keyPath: name] = file.texts[Int(id)]
    }
    set(unknown, \.unknownID, \.unknownText)
    set(pipeline.roles.beginning ?? around.before.first, \.beginningID, \.beginningText)
    set(pipeline.roles.end ?? around.behind.last, \.endID, \.endText)
    set(pipeline.roles.padding, \.paddingID, \.paddingText)
  }

  /// The steps before the model as SentencePiece's rules, as far as they are such.
  var sentencePieceRules: SentencePieceNormalizer {
    if case .sentencePiece(let rules) = pipeline.normalizer { return rules }
    var rules = SentencePieceNormalizer(
      addsDummySpace: false, removesExtraSpaces: false, escapesSpaces: false)
    var steps = pipeline.normalizer.map { [$0] } ?? []
    while let step = steps.first {
      steps.removeFirst()
      switch step {
      case .sequence(let parts): steps = parts + steps
      case .precompiled(let charsmap): rules.charsmap = charsmap
      case .prepend(let text) where text == "\u{2581}" || text == " ": rules.addsDummySpace = true
      case .replace(.literal(" "), "\u{2581}"): rules.escapesSpaces = true
      case .replace(.pattern(let pattern), " ") where pattern.source == " {2,}":
        rules.removesExtraSpaces = true
      default: break
      }
    }
    for step in pipeline.splitter.steps {
      guard case .metaspace(let mark, let scheme, _) = step, mark == "\u{2581}" else { continue }
      rules.escapesSpaces = true
      rules.addsDummySpace = scheme != .never
    }
    return rules
  }
}

extension CharacterPairDefinition {
  /// A score for each token, by which merges happen in the order that they have.
  func scores() throws(VocabularyError) -> [TokenID: Float] {
    if case .byScore(let scores) = merges {
      return Dictionary(uniqueKeysWithValues: zip(ids, scores))
    }
    var scores: [TokenID: Float] = [:]
    for (rank, merge) in try CharacterPairModel(self).possibleMerges(self).enumerated() {
      scores[merge.result] = -Float(rank)
    }
    // Characters come behind all merges, as where a trainer has made the file.
    let reserved = Set(unmatched)
    var next = Float(scores.count)
    for (place, id) in ids.enumerated() where scores[id] == nil {
      let text = tokens.bytes[tokens.range(place)]
      guard !reserved.contains(place), byteToken(Array(text)) == nil else { continue }
      scores[id] = -next
      next += 1
    }
    return scores
  }
}

extension UnigramDefinition.Kind {
  /// The number that files give it.
  var number: UInt8 {
    switch self {
    case .normal: 1
    case .unknown: 2
    case .control: 3
    case .userDefined: 4
    case .unused: 5
    case .byte: 6
    }
  }
}
