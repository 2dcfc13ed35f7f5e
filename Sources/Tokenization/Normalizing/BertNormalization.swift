internal import UnicodeText

/// What BERT does where it takes accents away: characters are decomposed in between.
///
/// In a text without anything to decompose or to put in order, which is most, all changes are made in
/// one pass.
struct BertNormalization: Sendable {
  private let before: CharacterMap
  private let decomposition = TextNormalizer(.nfd)
  private let after: CharacterMap
  private let all: CharacterMap

  /// The changes before and behind the decomposition.
  init(before: CharacterMap.Changes, after: CharacterMap.Changes) {
    self.before = CharacterMap(before)
    self.after = CharacterMap(after)
    all = CharacterMap(before.union(after))
  }

  /// The last place of `text` where it may be cut whatever stands around it; 0 if there is none.
  ///
  /// What goes before the decomposition lets marks meet across it.
  func lastCut(in text: Span<UInt8>) -> Int {
    decomposition.lastCut(in: text) { before.keeps($0) }
  }

  /// Appends what becomes of `text`; false, and nothing is appended, if it stays as it is.
  ///
  /// - Complexity: O(*n*).
  func append(_ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) -> Bool {
    if decomposition.isInert(text) { return all.append(text, to: &output, edits: &edits) }
    var cleaned: [UInt8] = []
    var first: TextEdits? = edits == nil ? nil : TextEdits()
    if !before.append(text, to: &cleaned, edits: &first) {
      cleaned.append(contentsOf: text)
      first?.keep(text.count)
    }
    var decomposed: [UInt8] = []
    decomposed.reserveCapacity(cleaned.count + cleaned.count / 2)
    var second: TextEdits? = edits == nil ? nil : TextEdits()
    decomposition.append(normalized: cleaned.span, to: &decomposed, edits: &second)
    var third: TextEdits? = edits == nil ? nil : TextEdits()
    if !after.append(decomposed.span, to: &output, edits: &third) {
      output.append(contentsOf: decomposed)
      third?.keep(decomposed.count)
    }
    if let first, let second, let third { edits = third.following(second).following(first) }
    return true
  }
}
