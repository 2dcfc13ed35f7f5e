/// SHA-256 (FIPS 180-4), for the page's own statement of which style and script belong to it.
enum SHA256 {
  /// The digest of `message`, 32 bytes.
  ///
  /// - Complexity: O(*n*).
  static func digest(of message: [UInt8]) -> [UInt8] {
    var padded = message + [0x80]
    padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
    let bitCount = UInt64(message.count) * 8
    padded += (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> UInt64(56 - 8 * $0)) }
    var state = initialState
    for start in stride(from: 0, to: padded.count, by: 64) {
      compress(padded[start..<(start + 64)], into: &state)
    }
    return state.flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) }
    }
  }

  private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
    var words = [UInt32](repeating: 0, count: 64)
    for (index, byte) in block.enumerated() {
      words[index / 4] = words[index / 4] << 8 | UInt32(byte)
    }
    for index in 16..<64 {
      let (two, fifteen) = (words[index - 2], words[index - 15])
      let lower = rotated(fifteen, 7) ^ rotated(fifteen, 18) ^ fifteen >> 3
      let upper = rotated(two, 17) ^ rotated(two, 19) ^ two >> 10
      words[index] = words[index - 16] &+ lower &+ words[index - 7] &+ upper
    }
    var work = state
    for index in 0..<64 {
      let (a, e) = (work[0], work[4])
      let choice = (e & work[5]) ^ (~e & work[6])
      let majority = (a & work[1]) ^ (a & work[2]) ^ (work[1] & work[2])
      let upper = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
      let lower = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
      let first = work[7] &+ upper &+ choice &+ constants[index] &+ words[index]
      work = [
        first &+ lower &+ majority, a, work[1], work[2], work[3] &+ first, e, work[5], work[6],
      ]
    }
    for index in 0..<8 { state[index] &+= work[index] }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  private static let primes: [UInt64] = {
    var primes: [UInt64] = []
    var number: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ number % $0 != 0 }) { primes.append(number) }
      number += 1
    }
    return primes
  }()

  /// The first 32 bits behind the point of the square roots of the first eight primes.
  private static let initialState = primes.prefix(8).map { fraction(of: $0, degree: 2) }
  /// The same of the cube roots of the first 64.
  private static let constants = primes.map { fraction(of: $0, degree: 3) }

  /// The first 32 bits behind the point of a root: the greatest *x* with *x*^degree <= number *
  /// 2^(32 degree), found bit by bit, without rounding.
  private static func fraction(of number: UInt64, degree: Int) -> UInt32 {
    let target = UInt128(number) << UInt128(32 * degree)
    var root: UInt128 = 0
    for bit in (0..<37).reversed() {
      let candidate = root | 1 << UInt128(bit)
      let power = degree == 2 ? candidate * candidate : candidate * candidate * candidate
      if power <= target { root = candidate }
    }
    return UInt32(truncatingIfNeeded: root)
  }
}
