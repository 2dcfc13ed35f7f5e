/// How wide a value is printed and with what beside it; the part that `%` and `format` share.
struct FormatSpecification {
  enum Alignment { case left, right, center, behindSign }

  /// Wider fields and longer fractions are an error.
  static let maximumWidth = 100_000
  static let maximumPrecision = 1_000

  var fill = JinjaText(" ")
  var alignment: Alignment?
  /// `+` or a space before numbers that are not negative.
  var plus = ""
  /// `#`: with the prefix of the base, or always with a point.
  var isAlternate = false
  var width = 0
  /// What stands between groups of digits.
  var grouping = ""
  var precision: Int?
  /// The letter of the kind, 0 if there is none.
  var kind: UInt8 = 0

  /// `number`'s digits, which have no sign, with all around them.
  func number(
    _ digits: String, isNegative: Bool, prefix: String = ""
  ) throws(ChatTemplateError) -> JinjaText {
    let sign = isNegative ? "-" : plus
    var digits = digits
    if !grouping.isEmpty {
      let end = digits.firstIndex { !$0.isHexDigit } ?? digits.endIndex
      let size = kind == UInt8(ascii: "d") || kind == 0 || digits.contains(".") ? 3 : 4
      var groups: [Substring] = []
      var rest = digits[..<end]
      while rest.count > size {
        groups.insert(rest.suffix(size), at: 0)
        rest = rest.dropLast(size)
      }
      groups.insert(rest, at: 0)
      digits = groups.joined(separator: grouping) + digits[end...]
    }
    return aligned(JinjaText(sign + prefix), JinjaText(digits), alignment ?? .right)
  }

  func text(_ text: JinjaText) -> JinjaText {
    guard let precision else { return aligned(JinjaText(), text, alignment ?? .left) }
    let offsets = text.scalarOffsets
    let cut = offsets.count - 1 > precision ? text[0..<offsets[precision]] : text
    return aligned(JinjaText(), cut, alignment ?? .left)
  }

  private func aligned(
    _ sign: JinjaText, _ body: JinjaText, _ alignment: Alignment
  ) -> JinjaText {
    let space = max(width - sign.scalarCount - body.scalarCount, 0)
    var text = JinjaText()
    let left: Int =
      switch alignment {
      case .left: 0
      case .center: space / 2
      case .right, .behindSign: space
      }
    if alignment == .behindSign { text.append(sign) }
    text.append(fill.repeated(left))
    if alignment != .behindSign { text.append(sign) }
    text.append(body)
    text.append(fill.repeated(space - left))
    return text
  }

  /// A whole number in the base of the kind.
  func integer(_ value: Int) throws(ChatTemplateError) -> JinjaText {
    let (radix, prefix): (Int, String) =
      switch kind {
      case UInt8(ascii: "x"): (16, "0x")
      case UInt8(ascii: "X"): (16, "0X")
      case UInt8(ascii: "o"): (8, "0o")
      case UInt8(ascii: "b"): (2, "0b")
      default: (10, "")
      }
    let digits = String(value.magnitude, radix: radix, uppercase: kind == UInt8(ascii: "X"))
    return try number(digits, isNegative: value < 0, prefix: isAlternate ? prefix : "")
  }

  /// A number with a fraction, as the kind `e`, `f` or `g` has it.
  func float(_ value: Double) throws(ChatTemplateError) -> JinjaText {
    let precision = precision ?? 6
    let digits = PythonNumber.text(
      of: value.magnitude, kind, precision: precision, isAlternate: isAlternate)
    return try number(digits, isNegative: value.sign == .minus && !value.isNaN)
  }

  func checked() throws(ChatTemplateError) -> FormatSpecification {
    guard width <= Self.maximumWidth, precision ?? 0 <= Self.maximumPrecision else {
      throw ChatTemplateError(.limit, "a width or a precision beyond what is allowed")
    }
    return self
  }
}
