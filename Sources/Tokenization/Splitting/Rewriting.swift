internal import UnicodeText

extension GeneralSplitter {
  /// A change that a step makes to the pretokens before it.
  enum Rewriting: Sendable {
    /// A space before what does not begin with one.
    case prefixSpace
    /// The character of the byte alphabet for each byte.
    case byteAlphabet
    /// The mark for each space, and before what the scheme says unless it begins with one.
    case metaspace([UInt8], MetaspaceScheme)
  }
}

extension GeneralSplitter.Rewriting {
  /// Rewrites what `pretokens` has of `text`.
  ///
  /// - Complexity: O(*n*) in the text.
  func apply(to text: Span<UInt8>, wantsEdits: Bool, _ pretokens: inout Pretokens) {
    if case .prefixSpace = self {
      // Nothing to do for most of what patterns cut.
      let isNeeded =
        pretokens.isRewritten
        ? Self.lacksSpace(pretokens.rewritten.span, pretokens.ranges)
        : Self.lacksSpace(text, pretokens.ranges)
      guard isNeeded else { return }
    }
    var output: [UInt8] = []
    swap(&output, &pretokens.spareBytes)
    output.removeAll(keepingCapacity: true)
    var rewriter = TextRewriter(
      output: output, startCount: pretokens.startCount, wantsEdits: wantsEdits)
    var ranges: [Range<Int>] = []
    swap(&ranges, &pretokens.ranges)
    if pretokens.isRewritten {
      rewrite(pretokens.rewritten.span, &ranges, pretokens.startCount, by: &rewriter)
    } else {
      rewrite(text, &ranges, pretokens.startCount, by: &rewriter)
    }
    swap(&ranges, &pretokens.ranges)
    pretokens.startCount = rewriter.outputStartCount
    if let edits = rewriter.edits {
      pretokens.edits = pretokens.edits.map { edits.following($0) } ?? edits
    }
    pretokens.spareBytes = pretokens.rewritten
    pretokens.rewritten = rewriter.finish()
    pretokens.isRewritten = true
  }

  private static func lacksSpace(_ text: Span<UInt8>, _ ranges: [Range<Int>]) -> Bool {
    for range in ranges where text[range.lowerBound] != 0x20 { return true }
    return false
  }

  private func rewrite(
    _ text: Span<UInt8>, _ ranges: inout [Range<Int>], _ startCount: Int,
    by rewriter: inout TextRewriter
  ) {
    let alphabet = ByteAlphabet.scalars
    for index in ranges.indices {
      let range = ranges[index]
      rewriter.keep(upTo: range.lowerBound, of: text)
      let start = rewriter.output.count
      switch self {
      case .prefixSpace:
        if text[range.lowerBound] != 0x20 { rewriter.replace(0, by: [0x20].span) }
        rewriter.keep(upTo: range.upperBound, of: text)
      case .byteAlphabet:
        Self.mapBytes(of: text, range, alphabet, by: &rewriter)
      case .metaspace(let mark, let scheme):
        let wantsMark =
          switch scheme {
          case .always: true
          case .first: range.lowerBound < startCount
          case .never: false
          }
        let pretoken = text.extracting(range)
        if wantsMark, pretoken[0] != 0x20, !pretoken.begins(with: mark.span) {
          rewriter.replace(0, by: mark.span)
        }
        Self.replaceSpaces(of: text, range, by: mark, &rewriter)
      }
      ranges[index] = start..<rewriter.output.count
    }
    rewriter.keep(upTo: text.count, of: text)
  }

  private static func replaceSpaces(
    of text: Span<UInt8>, _ range: Range<Int>, by mark: [UInt8], _ rewriter: inout TextRewriter
  ) {
    for index in range where text[index] == 0x20 {
      rewriter.keep(upTo: index, of: text)
      rewriter.replace(1, by: mark.span)
    }
    rewriter.keep(upTo: range.upperBound, of: text)
  }

  /// A character becomes that of each of its bytes, all of which come from the whole of it.
  private static func mapBytes(
    of text: Span<UInt8>, _ range: Range<Int>, _ alphabet: [UInt16], by rewriter: inout TextRewriter
  ) {
    let pretoken = text.extracting(range)
    var mapped: [UInt8] = []
    var index = 0
    while index < pretoken.count {
      let byte = pretoken[index]
      // Those that stand for themselves are kept when something else comes.
      if byte < 0x80, alphabet[Int(byte)] == UInt16(byte) {
        index += 1
        continue
      }
      let length = decodeScalar(in: pretoken, at: index).length
      rewriter.keep(upTo: range.lowerBound + index, of: text)
      mapped.removeAll(keepingCapacity: true)
      for place in index..<(index + length) {
        // All that stand for others have two bytes.
        let scalar = alphabet[Int(pretoken[place])]
        mapped.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
        mapped.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
      }
      rewriter.replace(length, by: mapped.span)
      index += length
    }
    rewriter.keep(upTo: range.upperBound, of: text)
  }
}

extension Span<UInt8> {
  /// Whether the first bytes are those of `other`.
  func begins(with other: Span<UInt8>) -> Bool {
    count >= other.count && extracting(0..<other.count).isEqual(to: other)
  }
}
