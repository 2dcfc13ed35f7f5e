/// Appends `text` with U+FFFD in the place of whatever is not UTF-8.
///
/// Follows the practice that the standard recommends (Unicode 16.0, section 3.9, "U+FFFD
/// Substitution of Maximal Subparts"): a sequence that begins well and breaks off makes one
/// U+FFFD, every other byte one of its own. `E2 82 41` gives U+FFFD and `A`, `ED A0 80` three U+FFFD.
/// Rust's `String::from_utf8_lossy` and Python's `errors="replace"` do the same.
///
/// - Complexity: O(*n*); valid stretches are copied at once.
package func appendRepaired(_ text: Span<UInt8>, to output: inout [UInt8]) {
  var rest = text
  while let invalid = firstInvalidByte(in: rest) {
    output.append(contentsOf: rest.extracting(..<invalid))
    output.append(contentsOf: [0xEF, 0xBF, 0xBD])
    rest = rest.extracting((invalid + maximalSubpartLength(in: rest, at: invalid))...)
  }
  output.append(contentsOf: rest)
}

/// The number of bytes from `index` on that could begin a scalar; 1 if the first one cannot.
private func maximalSubpartLength(in text: Span<UInt8>, at index: Int) -> Int {
  let allowed: ClosedRange<UInt8>
  let full: Int
  switch text[index] {
  case 0xC2...0xDF: (allowed, full) = (0x80...0xBF, 2)
  case 0xE0: (allowed, full) = (0xA0...0xBF, 3)
  case 0xED: (allowed, full) = (0x80...0x9F, 3)
  case 0xE1...0xEF: (allowed, full) = (0x80...0xBF, 3)
  case 0xF0: (allowed, full) = (0x90...0xBF, 4)
  case 0xF1...0xF3: (allowed, full) = (0x80...0xBF, 4)
  case 0xF4: (allowed, full) = (0x80...0x8F, 4)
  default: return 1
  }
  guard index + 1 < text.count, allowed.contains(text[index + 1]) else { return 1 }
  var length = 2
  while length < full, index + length < text.count, text[index + length] & 0xC0 == 0x80 {
    length += 1
  }
  return length
}
