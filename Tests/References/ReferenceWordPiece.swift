/// WordPiece by its definition: for each part of a word every end is tried, the last one first, and
/// the part's text, behind the prefix unless it begins the word, is looked up.
package struct ReferenceWordPiece: Sendable {
  package var ids: [[UInt8]: UInt32]
  package var unknown: UInt32
  package var continuingPrefix: [UInt8]
  package var maximumCharacterCount: Int

  package init(
    ids: [[UInt8]: UInt32], unknown: UInt32, continuingPrefix: [UInt8], maximumCharacterCount: Int
  ) {
    self.ids = ids
    self.unknown = unknown
    self.continuingPrefix = continuingPrefix
    self.maximumCharacterCount = maximumCharacterCount
  }

  /// The ids of one word and where each lies.
  ///
  /// - Complexity: O(*n*²) look-ups.
  package func encode(_ word: [UInt8]) -> [(id: UInt32, range: Range<Int>)] {
    if word.isEmpty { return [] }
    let whole = [(unknown, 0..<word.count)]
    if ReferenceCharacters.ends(of: word).count > maximumCharacterCount { return whole }
    var result: [(UInt32, Range<Int>)] = []
    var start = 0
    while start < word.count {
      var found: (UInt32, Range<Int>)?
      var end = word.count
      while end > start, found == nil {
        let text = (start > 0 ? continuingPrefix : []) + word[start..<end]
        if let id = ids[text] { found = (id, start..<end) }
        end -= 1
      }
      guard let found else { return whole }
      result.append(found)
      start = found.1.upperBound
    }
    return result
  }
}
