import Tokenization

/// Digits that huggingface's library reads as exactly `score`, a finite number, or as nearly so as it can.
///
/// It takes the first digits as a whole number *s* of 64 bits, rounds that to a double and divides it by
/// a power of ten, so that shortest digits are often read as a neighbour; see ``JSONReader/readScore()``.
/// Sought is an *s* that is a double already, of 53 to 63 bits, near `score` times a power of ten. For
/// some numbers there is none.
package func scoreDigits(_ score: Double) -> String {
  let shortest = "\(score)"
  if isRead(shortest, as: score) { return shortest }
  let size = abs(score)
  for exponent in 0...330 {
    // Exact up to 10²².
    var power = 1.0
    for _ in 0..<exponent { power *= 10 }
    let product = size * power
    guard product >= 0x1p52 else { continue }
    guard product < 0x1p63 else { break }
    let middle = product.rounded()
    for steps in 0...3 {
      for direction in [-1.0, 1.0] {
        let significand = middle + direction * Double(steps) * max(1, middle.ulp)
        let digits = "\(score < 0 ? "-" : "")\(UInt64(significand))e-\(exponent)"
        if isRead(digits, as: score) { return digits }
      }
    }
  }
  return shortest
}

private func isRead(_ digits: String, as score: Double) -> Bool {
  let bytes = Array(digits.utf8)
  let read = try? JSONReader.read(bytes.span) { (reader) throws(VocabularyError) in
    try reader.readScore()
  }
  return read == score
}
