/// An expression of a template, and where it begins.
struct JinjaExpression: Sendable {
  indirect enum Kind: Sendable {
    case text([UInt8])
    case integer(Int)
    case float(Double)
    case bool(Bool)
    case none
    case name(String)
    case list([JinjaExpression])
    case tuple([JinjaExpression])
    case dictionary([(key: JinjaExpression, value: JinjaExpression)])
    case attribute(JinjaExpression, String)
    case element(JinjaExpression, JinjaExpression)
    case slice(JinjaExpression, JinjaSlice)
    case call(JinjaExpression, JinjaCallArguments)
    /// Without a value it works on the text of a block.
    case filter(JinjaExpression?, String, JinjaCallArguments)
    case test(JinjaExpression, String, JinjaCallArguments)
    case not(JinjaExpression)
    case negative(JinjaExpression)
    case positive(JinjaExpression)
    case arithmetic(JinjaToken.Sign, JinjaExpression, JinjaExpression)
    case concatenation([JinjaExpression])
    case comparison(JinjaExpression, [(JinjaComparison, JinjaExpression)])
    case and(JinjaExpression, JinjaExpression)
    case or(JinjaExpression, JinjaExpression)
    case conditional(
      test: JinjaExpression, then: JinjaExpression, otherwise: JinjaExpression?)
  }

  var kind: Kind
  var place: ChatTemplateError.Place
  /// How deep expressions stand within each other, at least 1.
  var depth: Int
}

enum JinjaComparison {
  case equal, unequal, less, lessOrEqual, greater, greaterOrEqual, isIn, isNotIn
}

struct JinjaSlice: Sendable {
  var start: JinjaExpression?
  var stop: JinjaExpression?
  var step: JinjaExpression?
}

struct JinjaCallArguments: Sendable {
  var positional: [JinjaExpression] = []
  var named: [(name: String, value: JinjaExpression)] = []
  /// `*`
  var morePositional: JinjaExpression?
  /// `**`
  var moreNamed: JinjaExpression?
}

/// What a value can be given to.
struct JinjaTarget: Sendable {
  indirect enum Kind: Sendable {
    case name(String)
    case attribute(namespace: String, String)
    case tuple([JinjaTarget])
  }

  var kind: Kind
  var place: ChatTemplateError.Place
}

struct JinjaStatement: Sendable {
  indirect enum Kind: Sendable {
    case data([UInt8])
    case output(JinjaExpression)
    case condition([(test: JinjaExpression, body: [JinjaStatement])], otherwise: [JinjaStatement])
    case loop(JinjaLoopStatement)
    case assign(JinjaTarget, JinjaExpression)
    /// The text of a block, through filters if there are some.
    case assignBlock(JinjaTarget, filter: JinjaExpression?, [JinjaStatement])
    case macro(JinjaMacro)
    case call(JinjaExpression, block: JinjaMacro)
    case filter(JinjaExpression, [JinjaStatement])
    case with([(JinjaTarget, JinjaExpression)], [JinjaStatement])
    /// A scope of its own; one that sees nothing but what stands at the top of the template where
    /// `isIsolated`.
    case scope([JinjaStatement], isIsolated: Bool)
    case generation([JinjaStatement])
    case escape(JinjaExpression, [JinjaStatement])
    case breakLoop
    case continueLoop
    /// A construct that is an error where it is reached.
    case unsupported(String)
  }

  var kind: Kind
  var place: ChatTemplateError.Place
}

struct JinjaLoopStatement: Sendable {
  var target: JinjaTarget
  var values: JinjaExpression
  var condition: JinjaExpression?
  var isRecursive: Bool
  var body: [JinjaStatement]
  var otherwise: [JinjaStatement]
}

struct JinjaMacro: Sendable {
  var name: String
  var parameters: [(name: String, value: JinjaExpression?)]
  var body: [JinjaStatement]
  /// Which of the special names the body has, and the parameters have not.
  var usesCaller = false
  var usesNamedRest = false
  var usesPositionalRest = false
}
