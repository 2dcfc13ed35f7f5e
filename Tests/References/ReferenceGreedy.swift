/// The longest token at each place by its definition: every length is looked up, the longest first.
package struct ReferenceGreedy: Sendable {
  package var ids: [[UInt8]: UInt32]
  /// Stands for a character that no token begins with; without it such a character is left out.
  package var unknown: UInt32?

  package init(ids: [[UInt8]: UInt32], unknown: UInt32?) {
    self.ids = ids
    self.unknown = unknown
  }

  /// - Complexity: O(*n*²) look-ups.
  package func encode(_ text: [UInt8]) -> [(id: UInt32, range: Range<Int>)] {
    var result: [(UInt32, Range<Int>)] = []
    var start = 0
    while start < text.count {
      let end = (start + 1...text.count).last { ids[Array(text[start..<$0])] != nil }
      if let end, let id = ids[Array(text[start..<end])] {
        result.append((id, start..<end))
        start = end
      } else {
        let end = ReferenceCharacters.end(in: text, at: start)
        if let unknown { result.append((unknown, start..<end)) }
        start = end
      }
    }
    return result
  }
}
