internal import Tokenization

extension SplitMix {
  /// A number from 0 up to 1, without 1, in steps of 2^-53.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number from 0 up to `count`, without it.
  mutating func index(below count: Int) -> Int { Int(uniform() * Double(count)) }
}
