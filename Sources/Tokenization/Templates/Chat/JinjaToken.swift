/// A word of a template.
struct JinjaToken: Sendable {
  enum Kind: Equatable {
    /// Text that stands for itself, never empty.
    case data([UInt8])
    case variableBegin
    case variableEnd
    case blockBegin
    case blockEnd
    case name(String)
    case string([UInt8])
    case integer(Int)
    case float(Double)
    case sign(Sign)
    case end
  }

  enum Sign: String, CaseIterable {
    case power = "**"
    case floorDivide = "//"
    case equal = "=="
    case unequal = "!="
    case greaterOrEqual = ">="
    case lessOrEqual = "<="
    case add = "+"
    case subtract = "-"
    case divide = "/"
    case multiply = "*"
    case remainder = "%"
    case tilde = "~"
    case openBracket = "["
    case closeBracket = "]"
    case openParenthesis = "("
    case closeParenthesis = ")"
    case openBrace = "{"
    case closeBrace = "}"
    case greater = ">"
    case less = "<"
    case assign = "="
    case dot = "."
    case colon = ":"
    case pipe = "|"
    case comma = ","
    case semicolon = ";"

    /// What closes what this opens.
    var closing: Sign? {
      switch self {
      case .openBracket: .closeBracket
      case .openParenthesis: .closeParenthesis
      case .openBrace: .closeBrace
      default: nil
      }
    }

    var isClosing: Bool {
      self == .closeBracket || self == .closeParenthesis || self == .closeBrace
    }
  }

  var kind: Kind
  var place: ChatTemplateError.Place

  /// As messages have it.
  var description: String {
    switch kind {
    case .data: "text of the template"
    case .variableBegin: "`{{`"
    case .variableEnd: "`}}`"
    case .blockBegin: "`{%`"
    case .blockEnd: "`%}`"
    case .name(let name): "`\(name)`"
    case .string: "a string"
    case .integer(let value): "`\(value)`"
    case .float(let value): "`\(value)`"
    case .sign(let sign): "`\(sign.rawValue)`"
    case .end: "the end of the template"
    }
  }
}
