/// What a ``PostProcessor`` makes of one text or of two.
///
/// The processors of a sequence hand a list of encodings to each other, at first one for each text. A
/// template makes a list of its parts, so that a template behind another sees two encodings, or more,
/// where one text went in. What comes out depends on nothing but the number of texts and whether
/// special tokens are wanted: these four forms are worked out here.
struct TemplatePlan: Sendable {
  /// What is put before and behind a single text.
  let before: [TokenID]
  let behind: [TokenID]
  /// A single text without special tokens, and with them.
  private let single: [TemplateForm]
  /// Two texts, likewise; nil where the original crashes.
  private let pair: [TemplateForm?]

  /// - Throws: `unsupported` where a single text would be left out, doubled, or crash the original.
  init(_ processor: PostProcessor?) throws(VocabularyError) {
    var single: [TemplateForm] = []
    var pair: [TemplateForm?] = []
    var around: (before: [TokenID], behind: [TokenID])?
    for addsSpecialTokens in [false, true] {
      let form = Self.form(processor, textCount: 1, addsSpecialTokens)
      around = form?.around
      guard let form, around != nil else {
        throw VocabularyError(
          .unsupported, "the post-processors do not give a single text once",
          path: "post_processor")
      }
      single.append(form)
      pair.append(Self.form(processor, textCount: 2, addsSpecialTokens))
    }
    self.single = single
    self.pair = pair
    before = around?.before ?? []
    behind = around?.behind ?? []
  }

  /// What becomes of one text, or of two; nil where the original crashes, which happens only to pairs.
  func form(isPair: Bool, addsSpecialTokens: Bool) -> TemplateForm? {
    isPair ? pair[addsSpecialTokens ? 1 : 0] : single[addsSpecialTokens ? 1 : 0]
  }

  private static func form(
    _ processor: PostProcessor?, textCount: Int, _ addsSpecialTokens: Bool
  ) -> TemplateForm? {
    var encodings = (0..<textCount).map { text in
      [TemplateForm.Part(content: .text(text, []), typeID: text)]
    }
    guard processor?.process(&encodings, addsSpecialTokens) ?? true else { return nil }
    return TemplateForm(parts: encodings.flatMap { $0 })
  }
}

// MARK: - What each processor does to a list of encodings

extension PostProcessor {
  /// False where the original crashes.
  fileprivate func process(
    _ encodings: inout [[TemplateForm.Part]], _ addsSpecialTokens: Bool
  ) -> Bool {
    switch self {
    case .byteLevel(let addsPrefixSpace, let trimsRanges, _):
      if trimsRanges { Self.trim(&encodings, addsPrefixSpace) }
    case .template(let template):
      return template.process(&encodings, addsSpecialTokens)
    case .bert(let classifier, let separator):
      guard addsSpecialTokens else { break }
      for index in encodings.indices {
        if index == 0 { encodings[index].insert(classifier.part(typeID: 0), at: 0) }
        encodings[index].append(separator.part(typeID: index == 0 ? 0 : 1))
      }
    case .roberta(let classifier, let separator, let trimsRanges, let addsPrefixSpace):
      if trimsRanges { Self.trim(&encodings, addsPrefixSpace) }
      for index in encodings.indices {
        encodings[index].setTypeID(0)
        guard addsSpecialTokens else { continue }
        encodings[index].insert((index == 0 ? classifier : separator).part(typeID: 0), at: 0)
        encodings[index].append(separator.part(typeID: 0))
      }
    case .sequence(let parts):
      for part in parts {
        guard part.process(&encodings, addsSpecialTokens) else { return false }
      }
    }
    return true
  }

  private static func trim(_ encodings: inout [[TemplateForm.Part]], _ addsPrefixSpace: Bool) {
    for index in encodings.indices {
      var isAtStart = true
      for place in encodings[index].indices {
        switch encodings[index][place].content {
        case .inserted(let ids): isAtStart = isAtStart && ids.isEmpty
        case .text(let text, let trimmings):
          let trimming = RangeTrimming(addsPrefixSpace: addsPrefixSpace, isAtStart: isAtStart)
          encodings[index][place].content = .text(text, trimmings + [trimming])
        }
      }
    }
  }
}

extension Template {
  fileprivate func process(
    _ encodings: inout [[TemplateForm.Part]], _ addsSpecialTokens: Bool
  ) -> Bool {
    guard encodings.count == 1 || encodings.count == 2 else { return false }
    var result: [[TemplateForm.Part]] = []
    for part in encodings.count == 2 ? pair : single {
      switch part {
      case .special(let name, let typeID):
        guard addsSpecialTokens else { continue }
        result.append([TemplateForm.Part(content: .inserted(ids(of: name)), typeID: typeID)])
      case .sequence(let sequence, let typeID):
        let index = sequence == .a ? 0 : 1
        guard index < encodings.count else { return false }
        var encoding = encodings[index]
        encoding.setTypeID(typeID)
        result.append(encoding)
      }
    }
    encodings = result
    return true
  }

  fileprivate func ids(of name: String) -> [TokenID] {
    // subtle: `==` would take canonically equivalent names for one.
    specialTokens.first { $0.name.utf8.elementsEqual(name.utf8) }?.ids ?? []
  }
}

extension PostProcessor.InsertedToken {
  fileprivate func part(typeID: Int) -> TemplateForm.Part {
    TemplateForm.Part(content: .inserted([id]), typeID: typeID)
  }
}

extension [TemplateForm.Part] {
  fileprivate mutating func setTypeID(_ typeID: Int) {
    for index in indices { self[index].typeID = typeID }
  }
}
