/// The places of a text in the order of what follows them, by a limited number of characters.
///
/// Prefix doubling with counting sorts (Karp, Miller and Rosenberg, 1972; Manber and Myers, 1990): the
/// order by 2h characters is the order by pairs of what the order by h characters gave. Tokens are short,
/// so that a few rounds do and the text need not be sorted to its end; equal places stay in their order.
struct SuffixArray: Sendable {
  /// The places, in order.
  private(set) var places: [Int32]
  /// How many characters each of ``places`` has in common with the one before it, at most `depth` and
  /// none beyond ``TrainingText/end``.
  private(set) var common: [Int32]

  /// - Parameters:
  ///   - characters: numbers below 2^31, which should be dense.
  ///   - depth: by how many characters at least places are ordered.
  /// - Complexity: O(*n* log *depth*) time.
  init(_ characters: [UInt32], depth: Int) {
    let count = characters.count
    var classes = characters.map { Int32($0) }
    var classCount = Int(classes.max() ?? 0) + 1
    places = Self.sorted((0..<Int32(count)).map { $0 }, by: classes, classCount)
    var length = 1
    var shifted = [Int32](repeating: 0, count: count)
    while length < depth, classCount < count {
      // In the order of what stands `length` further on; what is too near the end for that comes first.
      var next = 0
      for place in max(0, count - length)..<count {
        shifted[next] = Int32(place)
        next += 1
      }
      for place in places where place >= length {
        shifted[next] = place - Int32(length)
        next += 1
      }
      places = Self.sorted(shifted, by: classes, classCount)
      (classes, classCount) = Self.refined(classes, places, length)
      length *= 2
    }
    common = Self.common(characters, places, depth)
  }

  /// `places` ordered by their classes; equal ones stay in order.
  private static func sorted(_ places: [Int32], by classes: [Int32], _ classCount: Int) -> [Int32] {
    var starts = [Int32](repeating: 0, count: classCount + 1)
    for place in places { starts[Int(classes[Int(place)]) + 1] += 1 }
    for index in 0..<classCount { starts[index + 1] += starts[index] }
    var result = [Int32](repeating: 0, count: places.count)
    for place in places {
      let index = Int(classes[Int(place)])
      result[Int(starts[index])] = place
      starts[index] += 1
    }
    return result
  }

  /// The classes by twice as many characters as `length`, in the order of `places`.
  private static func refined(
    _ classes: [Int32], _ places: [Int32], _ length: Int
  ) -> ([Int32], Int) {
    var result = [Int32](repeating: 0, count: classes.count)
    var last: Int32 = 0
    func following(_ place: Int32) -> Int32 {
      let next = Int(place) + length
      return next < classes.count ? classes[next] : -1
    }
    for index in places.indices.dropFirst() {
      let (before, place) = (places[index - 1], places[index])
      if classes[Int(before)] != classes[Int(place)] || following(before) != following(place) {
        last += 1
      }
      result[Int(place)] = last
    }
    return (result, Int(last) + 1)
  }

  private static func common(
    _ characters: [UInt32], _ places: [Int32], _ depth: Int
  ) -> [Int32] {
    var result = [Int32](repeating: 0, count: places.count)
    for index in places.indices.dropFirst() {
      let (before, place) = (Int(places[index - 1]), Int(places[index]))
      let limit = min(depth, characters.count - max(before, place))
      var length = 0
      while length < limit, characters[before + length] == characters[place + length],
        characters[place + length] != TrainingText.end
      {
        length += 1
      }
      result[index] = Int32(length)
    }
    return result
  }
}
