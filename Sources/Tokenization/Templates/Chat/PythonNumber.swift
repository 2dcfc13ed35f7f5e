#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Numbers as Python computes, reads and prints them.
enum PythonNumber {
  /// The quotient rounded down, and a remainder with the sign of the divisor, which is not zero.
  static func floorDivide(_ one: Double, _ other: Double) -> (quotient: Double, remainder: Double) {
    var remainder = one.truncatingRemainder(dividingBy: other)
    var quotient = (one - remainder) / other
    if remainder != 0 {
      if (other < 0) != (remainder < 0) {
        remainder += other
        quotient -= 1
      }
    } else {
      remainder = other.sign == .minus ? -0.0 : 0
    }
    guard quotient != 0 else {
      return ((one / other).sign == .minus ? -0.0 : 0, remainder)
    }
    let floor = quotient.rounded(.down)
    return (quotient - floor > 0.5 ? floor + 1 : floor, remainder)
  }

  static func power(_ base: Double, _ exponent: Double) throws(ChatTemplateError) -> Double {
    if base == 0, exponent < 0 {
      throw ChatTemplateError(.wrongValue, "zero has no negative powers")
    }
    let result = pow(base, exponent)
    if result.isNaN, !base.isNaN, !exponent.isNaN {
      throw ChatTemplateError(.unsupported, "a power that is no real number")
    }
    if result.isInfinite, base.isFinite, exponent.isFinite {
      throw ChatTemplateError(.wrongValue, "a power beyond the largest number")
    }
    return result
  }

  // MARK: Printing

  /// The shortest digits that give the number back, as `repr` has them.
  static func text(of number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    let (digits, exponent) = shortestDigits(of: number.magnitude)
    let sign = number.sign == .minus ? "-" : ""
    let count = digits.utf8.count
    if exponent < -4 || exponent >= 16 {
      let fraction = count > 1 ? "." + digits.dropFirst() : ""
      let size = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
      return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(size)"
    }
    if exponent < 0 {
      return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(digits)"
    }
    if count <= exponent + 1 {
      return "\(sign)\(digits)\(String(repeating: "0", count: exponent + 1 - count)).0"
    }
    return "\(sign)\(digits.prefix(exponent + 1)).\(digits.dropFirst(exponent + 1))"
  }

  /// The digits without zeros at the ends, and the power of ten of the first of them.
  private static func shortestDigits(of number: Double) -> (String, exponent: Int) {
    let parts = number.description.split(separator: "e")
    let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = String(halves[0])
    var digits = whole + (halves.count > 1 ? String(halves[1]) : "")
    var exponent = whole.utf8.count - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.utf8.count > 1, digits.hasPrefix("0") {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.utf8.count > 1, digits.hasSuffix("0") { digits.removeLast() }
    return digits == "0" ? ("0", 0) : (digits, exponent)
  }

  /// What C's `printf` makes of a number: `conversion` is one of `e`, `f`, `g`, also in upper case.
  static func text(
    of number: Double, _ conversion: UInt8, precision: Int, isAlternate: Bool = false
  ) -> String {
    guard number.isFinite else {
      let text = number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
      return conversion & 0x20 == 0 ? text.uppercased() : text
    }
    let format = "%\(isAlternate ? "#" : "").\(precision)" + String(Unicode.Scalar(conversion))
    // All digits of the largest number, the fraction, a sign, a point and the end.
    var buffer = [CChar](repeating: 0, count: precision + 330)
    // SAFETY: the format asks for one double, and the buffer is longer than what it can give.
    let count = unsafe withVaList([number]) {
      unsafe vsnprintf(&buffer, buffer.count, format, $0)
    }
    return String(decoding: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Rounded to `places` digits behind the point, or before it where they are negative; halves to
  /// even, of what the number exactly is.
  static func rounded(_ number: Double, places: Int) -> Double {
    guard number.isFinite, places < 324 else { return number }
    if places < -308 { return number.sign == .minus ? -0.0 : 0 }
    if places >= 0 {
      return Double(text(of: number, UInt8(ascii: "f"), precision: places)) ?? number
    }
    let unit = pow(10, Double(-places))
    return (number / unit).rounded(.toNearestOrEven) * unit
  }

  // MARK: Reading

  /// `float(text)`; nil for what is no number.
  static func float(_ text: JinjaText) -> Double? {
    guard let digits = ascii(text) else { return nil }
    switch digits.lowercased() {
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    case "nan", "+nan", "-nan": return .nan
    default: break
    }
    let allowed = Set("0123456789+-.eE".utf8)
    guard digits.utf8.allSatisfy(allowed.contains) else { return nil }
    // Swift's reader wants a digit before the point.
    var normal = digits
    if let point = normal.utf8.firstIndex(of: UInt8(ascii: ".")) {
      let isBare =
        point == normal.startIndex || !("0"..."9").contains(normal[normal.index(before: point)])
      let behind = normal.index(after: point)
      let hasFraction = behind < normal.endIndex && ("0"..."9").contains(normal[behind])
      if isBare, !hasFraction { return nil }
      if !hasFraction { normal.insert("0", at: behind) }
      if isBare { normal.insert("0", at: point) }
    }
    return Double(normal)
  }

  /// `int(text, base)`; nil for what is no whole number in that base, or if there is no such base.
  static func integer(_ text: JinjaText, base: Int) throws(ChatTemplateError) -> Int? {
    guard base == 0 || (2...36).contains(base) else { return nil }
    guard var digits = ascii(text).map({ Array($0.utf8) })?[...], !digits.isEmpty else {
      return nil
    }
    var isNegative = false
    if digits.first == UInt8(ascii: "-") || digits.first == UInt8(ascii: "+") {
      isNegative = digits.removeFirst() == UInt8(ascii: "-")
    }
    var radix = base
    if digits.count > 2, digits.first == UInt8(ascii: "0") {
      let letter = digits[digits.startIndex + 1] | 0x20
      let prefix: Int? =
        letter == UInt8(ascii: "x")
        ? 16
        : letter == UInt8(ascii: "o") ? 8 : letter == UInt8(ascii: "b") ? 2 : nil
      if let prefix, base == 0 || base == prefix {
        radix = prefix
        digits = digits.dropFirst(2)
      }
    }
    if radix == 0 {
      radix = 10
      let isZero = digits.allSatisfy { $0 == UInt8(ascii: "0") }
      if digits.first == UInt8(ascii: "0"), !isZero { return nil }
    }
    let areDigits = digits.allSatisfy {
      Character(Unicode.Scalar($0)).isLetter || (0x30...0x39).contains($0)
    }
    guard !digits.isEmpty, areDigits,
      digits.allSatisfy({ Int(String(Unicode.Scalar($0)), radix: radix) != nil })
    else { return nil }
    let text = (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
    guard let value = Int(text, radix: radix) else {
      throw ChatTemplateError(.limit, "a whole number of more than 64 bits")
    }
    return value
  }

  /// The text without white space around it and underscores between digits, with digits of any
  /// script as those of ASCII; nil where it cannot be a number.
  private static func ascii(_ text: JinjaText) -> String? {
    let scalars = Array(text.stripped().string.unicodeScalars)
    var result = ""
    func isDigit(_ index: Int) -> Bool {
      scalars.indices.contains(index)
        && (scalars[index].properties.numericType == .decimal
          || (scalars[index].isASCII && scalars[index].properties.isAlphabetic))
    }
    for (index, scalar) in scalars.enumerated() {
      if scalar == "_" {
        guard isDigit(index - 1), isDigit(index + 1) else { return nil }
      } else if scalar.isASCII {
        result.unicodeScalars.append(scalar)
      } else if scalar.properties.numericType == .decimal,
        let value = scalar.properties.numericValue
      {
        result += "\(Int(value))"
      } else {
        return nil
      }
    }
    return result
  }
}
