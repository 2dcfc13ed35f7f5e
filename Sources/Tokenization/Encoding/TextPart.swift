/// A part of a text with a trust of its own: what a template writes may be special tokens, what users
/// wrote may not.
///
///     try tokenizer.encode(parts: [
///       TextPart("<|im_start|>user\n", specialTokens: .parse),
///       TextPart(message),
///       TextPart("<|im_end|>\n", specialTokens: .parse),
///     ])
///
/// The parts are encoded as the one text that they make; a special token is one only where it stands
/// within a part that allows it, and never across two.
public struct TextPart: Hashable, Sendable {
  public var text: [UInt8]
  public var specialTokens: SpecialTokens

  public init(_ text: String, specialTokens: SpecialTokens = .asPlainText) {
    self.init(Array(text.utf8), specialTokens: specialTokens)
  }

  /// Bytes of UTF-8; those that are not are encoded as they are.
  public init(_ text: [UInt8], specialTokens: SpecialTokens = .asPlainText) {
    self.text = text
    self.specialTokens = specialTokens
  }
}

extension Tokenizer {
  /// Encodes the text that `parts` make together, each with its own trust.
  ///
  /// - Throws: as ``encode(_:specialTokens:addsTemplate:)``; places are of the whole text.
  public func encode(
    parts: [TextPart], addsTemplate: Bool = true
  ) throws(EncodingError) -> [TokenID] {
    var sink = IDSink(ids: [])
    if addsTemplate { sink.ids.append(contentsOf: template.before) }
    try encode(parts, into: &sink)
    if addsTemplate { sink.ids.append(contentsOf: template.behind) }
    return sink.ids
  }

  /// The ids of the text that `parts` make together, with ranges of the whole text.
  public func tokenize(
    parts: [TextPart], addsTemplate: Bool = true
  ) throws(EncodingError) -> [Token] {
    var sink = PlaceSink()
    let count = try encode(parts, into: &sink)
    return withTemplate(addsTemplate, around: sink.tokens, byteCount: count)
  }

  /// Returns how many bytes the parts have.
  @discardableResult
  private func encode(
    _ parts: [TextPart], into sink: inout some TokenSink
  ) throws(EncodingError) -> Int {
    let (text, trust) = Trust.of(parts)
    try contexts.withContext { (context) throws(EncodingError) in
      _ = try encode(text.span, trust: trust, into: &sink, using: &context)
    }
    return text.count
  }
}

/// Which special tokens are tokens where.
struct Trust {
  struct Part {
    var end: Int
    var specialTokens: SpecialTokens
  }

  /// What holds for the whole text, if there are no parts.
  private let common: SpecialTokens
  private var parts: [Part] = []

  /// The same everywhere.
  init(_ specialTokens: SpecialTokens) { common = specialTokens }

  /// The parts as one text.
  static func of(_ parts: [TextPart]) -> (text: [UInt8], trust: Trust) {
    var text: [UInt8] = []
    var trust = Trust(.asPlainText)
    for part in parts where !part.text.isEmpty {
      text.append(contentsOf: part.text)
      trust.parts.append(Part(end: text.count, specialTokens: part.specialTokens))
    }
    return (text, trust)
  }

  /// The number of parts, at least one.
  var count: Int { max(parts.count, 1) }

  /// Part `index`; the last one reaches to the end of any text.
  subscript(index: Int) -> Part {
    var part = parts.isEmpty ? Part(end: .max, specialTokens: common) : parts[index]
    if index == count - 1 { part.end = .max }
    return part
  }

  var isUniform: Bool { parts.isEmpty }

  /// Whether a matcher of special tokens alone changes nothing.
  var leavesSpecialTokens: Bool {
    isUniform ? common.leavesSpecialTokens : parts.allSatisfy(\.specialTokens.leavesSpecialTokens)
  }

  /// Whether there are texts that it makes an error.
  var mayRefuse: Bool {
    isUniform ? common.mayRefuse : parts.contains(where: \.specialTokens.mayRefuse)
  }

  /// The same for a text of `count` bytes that a stretch of this one became.
  ///
  /// What came from both sides of a border belongs to the part behind it, so that no token reaches
  /// from one into the other.
  func within(_ map: RangeMap, count: Int) -> Trust {
    var moved = self
    for index in parts.indices {
      // The first place whose text ends behind the border: places ascend.
      var low = 0
      var high = count
      while low < high {
        let middle = (low + high) / 2
        if map.original(middle..<(middle + 1)).upperBound <= parts[index].end {
          low = middle + 1
        } else {
          high = middle
        }
      }
      moved.parts[index].end = low
    }
    return moved
  }
}
