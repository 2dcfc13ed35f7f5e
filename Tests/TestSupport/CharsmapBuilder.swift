/// Puts rules into the form that SentencePiece models have: a Darts double array and the results.
package enum CharsmapBuilder {
  /// The charsmap of rules from keys to results; no key is empty or stands twice.
  package static func charsmap(_ rules: [(key: [UInt8], result: [UInt8])]) -> [UInt8] {
    var results: [UInt8] = []
    var values: [(key: [UInt8], value: UInt32)] = []
    for rule in rules {
      values.append((rule.key, UInt32(results.count)))
      results += rule.result + [0]
    }
    var builder = Builder()
    builder.place(0, values[...], depth: 0)
    return charsmap(units: builder.units, results: results)
  }

  /// Any units and results, with the length in front.
  package static func charsmap(units: [UInt32], results: [UInt8]) -> [UInt8] {
    bytes(UInt32(units.count * 4)) + units.flatMap(bytes) + results
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
  }

  private struct Builder {
    var units: [UInt32] = [0]
    private var isUsed = [true]

    mutating func place(
      _ node: Int, _ keys: ArraySlice<(key: [UInt8], value: UInt32)>, depth: Int
    ) {
      let ended = keys.first { $0.key.count == depth }
      let labels = Set(keys.compactMap { $0.key.count > depth ? $0.key[depth] : nil }).sorted()
      var offset = 256
      while (labels + (ended == nil ? [] : [0])).contains(where: { use(node ^ offset ^ Int($0)) }) {
        offset += 1
      }
      for label in labels { isUsed[node ^ offset ^ Int(label)] = true }
      units[node] |= UInt32(offset) << 10
      if let ended {
        isUsed[node ^ offset] = true
        units[node] |= 1 << 8
        units[node ^ offset] = ended.value | 1 << 31
      }
      for label in labels {
        let child = node ^ offset ^ Int(label)
        units[child] = UInt32(label)
        place(
          child, keys.filter { $0.key.count > depth && $0.key[depth] == label }[...],
          depth: depth + 1)
      }
    }

    private mutating func use(_ index: Int) -> Bool {
      while units.count <= index {
        units.append(0)
        isUsed.append(false)
      }
      return isUsed[index]
    }
  }
}
