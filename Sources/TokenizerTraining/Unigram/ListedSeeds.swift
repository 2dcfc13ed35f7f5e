internal import Tokenization
internal import UnicodeText

/// Substrings to begin with that a file names: on each line one, a tab, and how often it stands in a
/// text; what is behind another tab is not looked at.
struct ListedSeeds: Sendable {
  /// Code points, and the frequency; each substring once.
  private(set) var list: [(text: [UInt32], frequency: UInt64)] = []
  /// Of the file's bytes.
  let digest: UInt64

  /// - Throws: `unreadable`; `input` for a line that is not as it should be.
  init(_ path: String) throws(TrainingError) {
    let bytes = try FileAccess.read(path)
    digest = Tokenization.hash(bytes.span)
    var seen: Set<[UInt32]> = []
    for line in bytes.split(separator: 0x0A) {
      let fields = line.split(
        separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count > 1,
        let frequency = UInt64(String(decoding: fields[1], as: UTF8.self)),
        frequency <= Self.highestFrequency
      else {
        throw TrainingError(
          .input, "a line that is not a text, a tab and a number up to \(Self.highestFrequency)",
          place: path, offset: line.startIndex)
      }
      let text = String(decoding: fields[0], as: UTF8.self).unicodeScalars.map(\.value)
      if frequency > 0, seen.insert(text).inserted { list.append((text, frequency)) }
    }
  }

  /// So that no sum of them passes all bounds.
  private static let highestFrequency: UInt64 = 1 << 48

  /// Those that stand in the text and may be tokens, but single characters, which are there anyway.
  ///
  /// - Complexity: O(*m l* log *n*) for *m* of up to *l* characters and *n* nodes.
  func seeds(
    _ forest: SuffixForest, _ order: StringOrder, _ isAllowed: (ArraySlice<UInt32>) -> Bool
  ) -> [UnigramSeeds.Seed] {
    let numbers = Dictionary(
      uniqueKeysWithValues: forest.alphabet.enumerated().map { ($1, UInt32($0 + 1)) })
    return list.compactMap { text, frequency in
      let characters = text.map { numbers[$0] ?? forest.unknown }
      guard characters.count > 1, !characters.contains(forest.unknown), isAllowed(characters[...])
      else { return nil }
      guard let places = order.places(beginningWith: characters, forest) else { return nil }
      return UnigramSeeds.Seed(
        places: places, length: UInt32(characters.count), frequency: frequency)
    }
  }
}

extension StringOrder {
  /// The places of the nodes that begin with `characters`, in the order of all nodes of `forest`; nil where
  /// there are none.
  ///
  /// - Complexity: O(*l* log *n*) for *l* characters and *n* nodes.
  func places(beginningWith characters: [UInt32], _ forest: SuffixForest) -> Range<UInt32>? {
    let start = firstPlace(of: characters, isBehind: false, forest)
    let end = firstPlace(of: characters, isBehind: true, forest)
    return start == end ? nil : UInt32(start)..<UInt32(end)
  }

  /// The first place of the order whose node begins with `characters` or comes behind all that do.
  private func firstPlace(
    of characters: [UInt32], isBehind: Bool, _ forest: SuffixForest
  ) -> Int {
    let nodes = forest.nodes.span
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      var place = Int(items[middle])
      // What is true of nodes that begin with all of them.
      var isBefore = isBehind
      for character in characters {
        let node = nodes[place]
        if node.character != character {
          isBefore = node.character < character
          break
        }
        place = Int(node.parent)
      }
      if isBefore { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
