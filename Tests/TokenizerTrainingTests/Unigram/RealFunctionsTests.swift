import Foundation
import TestSupport
import Testing

@testable import TokenizerTraining

@Suite struct RealFunctionsTests {
  /// Numbers of all sizes.
  private static let numbers: [Double] = (0..<4000).map { step in
    let mantissa = 1 + Double(step * 7919 % 1000) / 1000
    return mantissa * Double(sign: .plus, exponent: step % 400 - 200, significand: 1)
  }

  @Test func theLogarithmIsThatOfTheSystemUpToItsBound() {
    for x in Self.numbers {
      let expected = Foundation.log(x)
      #expect(abs(RealFunctions.logarithm(x) - expected) <= abs(expected) * 0x1p-50, "\(x)")
    }
    #expect(RealFunctions.logarithm(1) == 0)
    #expect(RealFunctions.logarithm(0) == -.infinity)
    #expect(RealFunctions.logarithm(-1).isNaN)
    #expect(RealFunctions.logarithm(.infinity) == .infinity)
  }

  @Test func nearOneTheLogarithmIsAsExact() {
    for step in -500...500 {
      let x = 1 + Double(step) * 0x1p-30
      let expected = Foundation.log(x)
      #expect(abs(RealFunctions.logarithm(x) - expected) <= abs(expected) * 0x1p-50, "\(x)")
    }
  }

  @Test func theExponentialIsThatOfTheSystemUpToItsBound() {
    for step in -7450...7097 {
      let x = Double(step) / 10 + 0.013
      let expected = Foundation.exp(x)
      let bound = max(expected * 0x1p-50, 0x1p-1074)
      #expect(abs(RealFunctions.exponential(x) - expected) <= bound, "\(x)")
    }
    #expect(RealFunctions.exponential(0) == 1)
    #expect(RealFunctions.exponential(-.infinity) == 0)
    #expect(RealFunctions.exponential(1000) == .infinity)
    #expect(RealFunctions.exponential(.nan).isNaN)
  }

  /// psi(1) = -gamma, psi(1/2) = -gamma - 2 ln 2, psi(x + 1) = psi(x) + 1/x.
  @Test func digammaHasItsKnownValues() {
    let gamma = 0.577_215_664_901_532_9
    #expect(abs(RealFunctions.digamma(1) + gamma) < 1e-8)
    #expect(abs(RealFunctions.digamma(0.5) + gamma + 2 * Foundation.log(2)) < 1e-8)
    for x in [0.5, 3.25, 6.9, 7, 100, 1e9] {
      #expect(abs(RealFunctions.digamma(x + 1) - RealFunctions.digamma(x) - 1 / x) < 1e-8)
    }
  }
}
