/// The script of every scalar (Unicode 16.0, annex 24), for summaries: a search in all ranges.
///
/// What splitting steps ask of scripts is in ``SplittingTable``, which has the scripts of their
/// originals.
package struct ScriptTable: Sendable {
  /// The names of the scripts: the long ones, without spaces, as `Latin`, `Oldpersian`. `Common` and
  /// `Inherited` are among them.
  package let names: [String]
  /// The first scalars of ranges of one script, ascending.
  private let starts: [UInt32]
  /// The script of each range, by its number among ``names``.
  private let scripts: [Int]

  /// - Complexity: O(*r* log *r*) in the ranges of all scripts, about two thousand.
  package init() {
    var names: [String] = []
    var ranges: [(range: ClosedRange<UInt32>, script: Int)] = []
    for (aliases, set) in ScalarSet.allScripts {
      // Each script has a name of four letters; of the others the longest says most.
      let long = aliases.filter { $0.utf8.count != 4 }.max { $0.utf8.count < $1.utf8.count }
      let name = long ?? aliases.first ?? ""
      ranges += set.ranges.map { ($0, names.count) }
      names.append(name.prefix(1).uppercased() + name.dropFirst())
    }
    ranges.sort { $0.range.lowerBound < $1.range.lowerBound }
    self.names = names
    starts = ranges.map(\.range.lowerBound)
    scripts = ranges.map(\.script)
  }

  /// Whether a script is one of writing, not what several share.
  package func isOfOneScript(_ script: Int) -> Bool {
    !["Common", "Inherited", "Unknown"].contains(names[script])
  }

  /// The number of a scalar's script among ``names``; nil above U+10FFFF.
  ///
  /// - Complexity: O(log *r*).
  package func script(of scalar: UInt32) -> Int? {
    guard scalar <= 0x10FFFF else { return nil }
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= scalar { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : scripts[low - 1]
  }
}
