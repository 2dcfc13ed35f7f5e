/// Logarithm, exponential and digamma from additions, multiplications and divisions alone.
///
/// The functions of the system's library differ in the last bit from one machine to the next. These
/// give the same bits wherever doubles are IEEE 754's, so that what is trained does.
enum RealFunctions {
  /// ln 2 in two parts; multiples of the first by exponents are exact.
  private static let ln2High = Double(bitPattern: 0x3FE6_2E42_FEE0_0000)
  private static let ln2Low = Double(bitPattern: 0x3DEA_39EF_3579_3C76)

  /// The natural logarithm, with a relative error below 2^-50; -infinity of 0, NaN below 0.
  ///
  /// x = 2^e m with m from 1/sqrt(2) to sqrt(2), and ln m = 2 artanh((m - 1) / (m + 1)), whose series
  /// falls by 1/34 from term to term.
  static func logarithm(_ x: Double) -> Double {
    guard x > 0 else { return x == 0 ? -.infinity : .nan }
    guard x.isFinite else { return x }
    var exponent = Int(x.exponent)
    var m = x.significand
    if m > 1.414_213_562_373_095_1 {
      m *= 0.5
      exponent += 1
    }
    let s = (m - 1) / (m + 1)
    let square = s * s
    var series = 1.0 / 25
    for divisor in logarithmDivisors { series = series * square + 1 / divisor }
    let fraction = 2 * s * series
    let scale = Double(exponent)
    return scale * ln2High + (fraction + scale * ln2Low)
  }

  /// The exponential, with a relative error below 2^-50 (2^-1074 at least in absolute terms).
  ///
  /// x = k ln 2 + r with |r| at most ln 2 / 2, and the series of e^r up to r^14.
  static func exponential(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x > 709.8 { return .infinity }
    if x < -745.2 { return 0 }
    let k = (x * 1.442_695_040_888_963_4).rounded()
    let r = (x - k * ln2High) - k * ln2Low
    var series = 1.0
    for divisor in exponentialDivisors { series = 1 + series * r / divisor }
    // Two steps, since 2^k alone may be too large or too small where the result is neither.
    let half = Int(k) / 2
    return series * power(half) * power(Int(k) - half)
  }

  /// The derivative of the logarithm of the gamma function, for `x` above 0.
  ///
  /// The recurrence up to 7, then the asymptotic series around x - 1/2, as sentencepiece has it.
  static func digamma(_ x: Double) -> Double {
    var result = 0.0
    var x = x
    while x < 7 {
      result -= 1 / x
      x += 1
    }
    x -= 0.5
    let square = 1 / (x * x)
    let fourth = square * square
    let series =
      square / 24 - fourth * 7 / 960 + fourth * square * 31 / 8064 - fourth * fourth * 127 / 30720
    return result + logarithm(x) + series
  }

  /// 2^`exponent`, which must be that of a normal number.
  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  private static let logarithmDivisors: [Double] = [23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3, 1]
  private static let exponentialDivisors: [Double] = [
    14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1,
  ]
}
