/// A string of the template language: bytes of UTF-8, each with its origin.
///
/// What strings are made of keeps its origin through everything that is done with them: a role that a
/// user wrote is still the user's within `'<|im_start|>' + message.role`. Comparing looks at the bytes
/// alone, never at canonical equivalence. Places are Unicode scalars in the language and bytes here.
struct JinjaText: Sendable {
  struct Origin: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    /// Written by the template, not by a user.
    static let template = Origin(rawValue: 1)
    /// Written within `{% generation %}`.
    static let generation = Origin(rawValue: 2)
  }

  /// Bytes of one origin, from the end of the run before.
  struct Run: Sendable {
    var end: Int
    var origin: Origin
  }

  private(set) var bytes: [UInt8] = []
  /// Ascending, none empty, neighbours of different origins; the last one ends with the bytes.
  private(set) var runs: [Run] = []
  /// Marked as HTML by `safe` or `escape`: what is added to it is escaped first.
  var isMarkup = false

  init() {}

  init(_ text: String, origin: Origin = .template) { self.init(Array(text.utf8), origin: origin) }

  /// The bytes are UTF-8.
  init(_ bytes: [UInt8], origin: Origin = .template) {
    self.bytes = bytes
    if !bytes.isEmpty { runs = [Run(end: bytes.count, origin: origin)] }
  }

  var isEmpty: Bool { bytes.isEmpty }
  var count: Int { bytes.count }

  mutating func append(_ other: JinjaText) {
    if bytes.isEmpty {
      bytes = other.bytes
      runs = other.runs
      return
    }
    append(other, 0..<other.count)
  }

  /// Appends some bytes of `other`.
  mutating func append(_ other: JinjaText, _ range: Range<Int>) {
    let shift = bytes.count - range.lowerBound
    bytes.append(contentsOf: other.bytes[range])
    var index = other.run(at: range.lowerBound)
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(other.runs[index].end, range.upperBound)
      note(other.runs[index].origin, until: end + shift)
      start = end
      index += 1
    }
  }

  mutating func append(_ more: some Collection<UInt8>, origin: Origin = .template) {
    bytes.append(contentsOf: more)
    if !more.isEmpty { note(origin, until: bytes.count) }
  }

  mutating func append(_ text: String, origin: Origin = .template) {
    append(text.utf8, origin: origin)
  }

  private mutating func note(_ origin: Origin, until end: Int) {
    if let last = runs.indices.last, runs[last].origin == origin {
      runs[last].end = end
    } else {
      runs.append(Run(end: end, origin: origin))
    }
  }

  /// The bytes in `range`, which begins and ends between characters.
  subscript(range: Range<Int>) -> JinjaText {
    if range == 0..<count { return self }
    var text = JinjaText()
    text.append(self, range)
    text.isMarkup = isMarkup
    return text
  }

  /// The run that holds the byte `offset`; the number of runs behind the last byte.
  private func run(at offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The origin of the byte `offset`; the template's behind the last one.
  func origin(at offset: Int) -> Origin {
    let index = run(at: offset)
    return index < runs.count ? runs[index].origin : .template
  }

  /// The same with every byte also of `origin`.
  func adding(_ origin: Origin) -> JinjaText {
    var text = JinjaText()
    var start = 0
    for run in runs {
      text.append(bytes[start..<run.end], origin: run.origin.union(origin))
      start = run.end
    }
    text.isMarkup = isMarkup
    return text
  }
}

extension JinjaText: Hashable {
  static func == (one: JinjaText, other: JinjaText) -> Bool { one.bytes == other.bytes }

  func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}

// UTF-8 sorts as its scalars do.
extension JinjaText: Comparable {
  static func < (one: JinjaText, other: JinjaText) -> Bool {
    one.bytes.lexicographicallyPrecedes(other.bytes)
  }
}

// MARK: Scalars

extension JinjaText {
  /// A scalar and the bytes it has.
  struct Scalar {
    var value: Unicode.Scalar
    var range: Range<Int>
  }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// - Complexity: O(*n*).
  var scalarCount: Int { bytes.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) } }

  /// - Complexity: O(*n*).
  var scalars: [Scalar] {
    var scalars: [Scalar] = []
    scalars.reserveCapacity(bytes.count)
    var start = 0
    for value in string.unicodeScalars {
      let end = start + UTF8.width(value)
      scalars.append(Scalar(value: value, range: start..<end))
      start = end
    }
    return scalars
  }

  /// Where each scalar begins, and the end.
  ///
  /// - Complexity: O(*n*).
  var scalarOffsets: [Int] { bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count] }

  /// The number of scalars before the byte `offset`.
  func scalarIndex(of offset: Int) -> Int {
    bytes[..<offset].reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
  }

  /// The text with each scalar replaced by what `transform` makes of it, of the scalar's origin.
  func mapScalars(_ transform: ([Scalar], Int) -> String) -> JinjaText {
    let scalars = scalars
    var text = JinjaText()
    for index in scalars.indices {
      text.append(
        transform(scalars, index), origin: origin(at: scalars[index].range.lowerBound))
    }
    text.isMarkup = isMarkup
    return text
  }
}
