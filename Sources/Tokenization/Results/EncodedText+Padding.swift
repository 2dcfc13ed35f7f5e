extension EncodedText {
  /// Fills up to `length` tokens with those of `padding`, on its side; what is longer stays as it is.
  /// What overflowed is filled, too.
  ///
  /// - Complexity: O(*n*) in the tokens.
  public mutating func pad(to length: Int, by padding: Padding) {
    for index in overflow.indices { overflow[index].pad(to: length, by: padding) }
    let missing = length - count
    guard missing > 0 else { return }
    let placed = ranges.count == count
    if padding.direction == .right {
      append(
        [TokenID](repeating: padding.id, count: missing), .padding, typeID: padding.typeID,
        placed: placed)
      return
    }
    ids.insert(contentsOf: repeatElement(padding.id, count: missing), at: 0)
    if placed {
      ranges.insert(contentsOf: repeatElement(0..<0, count: missing), at: 0)
      words.insert(contentsOf: repeatElement(-1, count: missing), at: 0)
    }
    for index in parts.indices {
      let tokens = parts[index].tokens
      parts[index].tokens = (tokens.lowerBound + missing)..<(tokens.upperBound + missing)
    }
    parts.insert(Part(origin: .padding, typeID: padding.typeID, tokens: 0..<missing), at: 0)
  }
}

extension Padding {
  /// To what length texts are filled of which the longest has `longest` tokens.
  ///
  /// - Throws: `length` for more than ``maximumLength`` tokens.
  func length(for longest: Int) throws(EncodingError) -> Int {
    var length =
      switch strategy {
      case .batchLongest: longest
      case .fixed(let length): length
      }
    if let multiple, multiple > 0, length > 0, length % multiple > 0 {
      let (sum, overflows) = length.addingReportingOverflow(multiple - length % multiple)
      length = overflows ? .max : sum
    }
    guard length <= max(Self.maximumLength, longest) else {
      throw EncodingError(
        .length, "padding to \(length) tokens, of at most \(Self.maximumLength)", range: 0..<0)
    }
    return length
  }

  /// A hostile file could ask for any length.
  private static let maximumLength = 1 << 28
}
