extension PostProcessor {
  /// Whether both put the same tokens around one text and around two, with the same type ids. How they
  /// trim ranges makes no difference.
  package static func areAlike(_ one: PostProcessor?, _ other: PostProcessor?) -> Bool {
    areAlikeForOneText(one, other) && form(one, isPair: true) == form(other, isPair: true)
  }

  /// The same for one text only.
  package static func areAlikeForOneText(_ one: PostProcessor?, _ other: PostProcessor?) -> Bool {
    form(one, isPair: false) == form(other, isPair: false)
  }

  /// What is put before and behind one text.
  package static func idsAround(_ processor: PostProcessor?) -> (
    before: [TokenID], behind: [TokenID]
  ) {
    form(processor, isPair: false)?.around ?? ([], [])
  }

  private static func form(_ processor: PostProcessor?, isPair: Bool) -> TemplateForm? {
    guard var form = try? TemplatePlan(processor).form(isPair: isPair, addsSpecialTokens: true)
    else {
      return nil
    }
    for place in form.parts.indices {
      if case .text(let text, _) = form.parts[place].content {
        form.parts[place].content = .text(text, [])
      }
    }
    return form
  }
}
