/// Cuts text into extended grapheme clusters (Unicode 17.0, annex 29, rules GB1 to GB999).
///
/// What the rules ask about the text before a place is all within the cluster that the place may
/// end, so that a walk over one cluster keeps it:
///
///     e U+0301 | U+1F1E9 U+1F1EA | U+1F1EB       pairs of regional indicators
///     ❤ U+200D 🔥 | क U+094D ष                  a joiner between pictographs, a linker in a conjunct
package struct GraphemeBreaks: Sendable {
  private let table = GraphemeTable()

  package init() {}

  /// Where the cluster that begins at `start` ends. A byte that is not UTF-8 is a character of no
  /// class.
  ///
  /// - Complexity: O(*n*) in the length of the cluster.
  package func end(of start: Int, in text: Span<UInt8>) -> Int {
    var place = start
    var context = Context()
    while place < text.count {
      let scalar = decodeScalar(in: text, at: place)
      let entry = scalar.isValid ? table[scalar.value] : GraphemeTable.Entry(bits: 0)
      if place > start, context.breaks(before: entry) { break }
      context.append(entry)
      place += scalar.length
    }
    return place
  }

  /// What a place must know of the cluster before it.
  private struct Context {
    private enum Progress { case none, begun, joined }

    private var last = GraphemeClass.other
    private var oddIndicators = false
    /// A pictograph with any extenders, and then a joiner.
    private var picture = Progress.none
    /// A consonant with any extenders, and then among them a linker.
    private var conjunct = Progress.none

    func breaks(before next: GraphemeTable.Entry) -> Bool {
      switch (last, next.graphemeClass) {
      case (.carriageReturn, .lineFeed): false
      case (.carriageReturn, _), (.lineFeed, _), (.control, _): true
      case (_, .carriageReturn), (_, .lineFeed), (_, .control): true
      case (.leading, .leading), (.leading, .vowel), (.leading, .openSyllable),
        (.leading, .closedSyllable):
        false
      case (.openSyllable, .vowel), (.openSyllable, .trailing), (.vowel, .vowel),
        (.vowel, .trailing):
        false
      case (.closedSyllable, .trailing), (.trailing, .trailing): false
      case (_, .extend), (_, .joiner), (_, .spacingMark), (.prepend, _): false
      case (.regionalIndicator, .regionalIndicator): !oddIndicators
      default:
        !(conjunct == .joined && next.role == .consonant)
          && !(picture == .joined && next.isPictographic)
      }
    }

    mutating func append(_ entry: GraphemeTable.Entry) {
      last = entry.graphemeClass
      oddIndicators = last == .regionalIndicator && !oddIndicators
      if entry.isPictographic {
        picture = .begun
      } else if picture == .begun, last == .joiner {
        picture = .joined
      } else if picture != .begun || last != .extend {
        picture = .none
      }
      switch entry.role {
      case .consonant: conjunct = .begun
      case .linker: if conjunct == .begun { conjunct = .joined }
      case .extend: break
      case .none: conjunct = .none
      }
    }
  }
}
