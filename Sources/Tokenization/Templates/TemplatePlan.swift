/// What a ``PostProcessor`` puts before and behind a single sequence.
struct TemplatePlan: Sendable {
  var before: [TokenID] = []
  var behind: [TokenID] = []

  init(_ processor: PostProcessor?) {
    switch processor {
    case nil, .byteLevel: return
    case .sequence(let parts):
      for part in parts {
        let plan = TemplatePlan(part)
        before = plan.before + before
        behind += plan.behind
      }
    case .template(let template):
      var sawSequence = false
      for part in template.single {
        switch part {
        case .sequence: sawSequence = true
        case .special(let name, _):
          // subtle: `==` would take canonically equivalent names for one.
          let ids =
            template.specialTokens.first { $0.name.utf8.elementsEqual(name.utf8) }?.ids ?? []
          if sawSequence { behind += ids } else { before += ids }
        }
      }
    }
  }
}
