internal import CByteMasks
internal import SplitPatterns
internal import UnicodeText

/// Carries out a ``SentencePieceNormalizer`` (google/sentencepiece 0.2.2, normalizer.cc).
///
/// From left to right the text is cut into chunks: a symbol of the user, as long as possible; else
/// what the longest rule is about; else one character. A chunk becomes itself or the rule's result,
/// and a byte that is not UTF-8 U+FFFD. Spaces at the start of a chunk go if the last one ended
/// with a space, and spaces at the end of the text go with whatever looks like them:
///
///     ␣ａ␣␣b▁␣     becomes     ▁a▁b     with a rule for the wide ａ
struct SentencePieceNormalization: Sendable {
  private let options: SentencePieceNormalizer
  /// Spaces are written as U+2581.
  private let escapesSpaces: Bool
  private let symbols: ByteTrie?
  /// What rules and symbols begin with.
  private let starts: CharsmapStarts

  /// - Parameter leavesSpaces: spaces that would become U+2581 stay what they are, for models that take
  ///   them for it; nothing else differs.
  /// - Throws: `limit` for too many symbols.
  init(
    _ options: SentencePieceNormalizer, leavesSpaces: Bool = false
  ) throws(VocabularyError) {
    self.options = options
    escapesSpaces = options.escapesSpaces && !leavesSpaces
    var strings = ByteStrings()
    var known: Set<[UInt8]> = []
    for symbol in options.userSymbols {
      let bytes = Array(symbol.utf8)
      guard !bytes.isEmpty, known.insert(bytes).inserted else { continue }
      strings.append(bytes)
    }
    symbols = strings.count == 0 ? nil : try ByteTrie(strings)
    starts = CharsmapStarts(options.charsmap, symbols: Array(known))
  }

  var growth: Int { max(3, 3 * (options.charsmap?.longestResult ?? 1)) }

  /// Appends what becomes of `text`; false, and nothing is appended, if it is empty.
  ///
  /// - Complexity: O(*n* *l*) in the length of the longest rule or symbol.
  func append(_ text: Span<UInt8>, to output: inout [UInt8], edits: inout TextEdits?) -> Bool {
    guard text.count > 0 else { return false }
    var progress = Progress()
    _ = append(text, isLast: true, &progress, to: &output, edits: &edits)
    return true
  }

  /// What a part of a text must know of those before it.
  struct Progress: Sendable {
    /// There was something else than spaces that go.
    fileprivate var hasBegun = false
    fileprivate var isAfterSpace = false
    /// How many spaces came last, which go if nothing follows.
    fileprivate var spaceCount = 0
  }

  /// Appends what becomes of the next part of a text, and returns how many bytes of it that was: all
  /// of the last part, of others what nothing behind them changes.
  ///
  /// - Complexity: as ``append(_:to:edits:)``.
  func append(
    _ text: Span<UInt8>, isLast: Bool, _ progress: inout Progress, to output: inout [UInt8],
    edits: inout TextEdits?
  ) -> Int {
    let start = output.count
    var place = 0
    if !progress.hasBegun {
      place = options.removesExtraSpaces ? endOfSpaces(in: text, isLast: isLast) : 0
      edits?.replace(originalCount: place, normalizedCount: 0)
      if place == text.count || !isLast && mayGoOn(text, from: place) { return place }
      progress.hasBegun = true
      progress.isAfterSpace = options.removesExtraSpaces
      if options.addsDummySpace, !options.addsSpaceBehind {
        appendSpace(to: &output, edits: &edits)
      }
    }
    for _ in 0..<progress.spaceCount { appendSpace(to: &output, edits: &edits) }
    progress.spaceCount = 0
    output.reserveCapacity(output.count + text.count + text.count / 4)
    var isAfterSpace = progress.isAfterSpace
    while place < text.count {
      let end = endOfPlainText(in: text, from: place, isAfterSpace: isAfterSpace)
      if end > place {
        // The last character may begin a rule.
        let last = decodeScalar(in: text, endingAt: end)
        let hasDoubt = !isLast && end == text.count && starts[last.value] != .nothing
        let decided = hasDoubt ? end - last.length : end
        guard decided > place else { break }
        output.append(contentsOf: text.extracting(place..<decided))
        edits?.keep(decided - place)
        isAfterSpace = options.removesExtraSpaces && text[decided - 1] == 0x20
        place = decided
        if decided < end { break }
      } else if text[place] == 0x20, starts[0x20] == .nothing {
        append(spaceAfterSpace: isAfterSpace, to: &output, edits: &edits)
        place += 1
        isAfterSpace = options.removesExtraSpaces
      } else {
        if !isLast, mayGoOn(text, from: place) { break }
        let chunk = chunk(in: text, from: place)
        append(chunk, at: place, of: text, isAfterSpace: &isAfterSpace, to: &output, edits: &edits)
        place += chunk.length
        if !options.removesExtraSpaces { isAfterSpace = false }
      }
    }
    progress.isAfterSpace = isAfterSpace
    if options.removesExtraSpaces {
      progress.spaceCount = removeSpaces(fromEndOf: &output, downTo: start, edits: &edits)
    }
    if isLast, options.addsDummySpace, options.addsSpaceBehind {
      appendSpace(to: &output, edits: &edits)
    }
    return place
  }

  /// Whether what begins at `start` may be longer than what is there of it.
  private func mayGoOn(_ text: Span<UInt8>, from start: Int) -> Bool {
    text.count - start <= incompleteSuffixCount(of: text)
      || symbols?.mayGoOn(text, from: start) ?? false
      || options.charsmap?.mayGoOn(text, from: start) ?? false
  }

  // MARK: Chunks

  private struct Chunk {
    enum Content {
      case itself
      case replacementCharacter
      case result(Range<Int>)
    }

    /// The number of bytes of the text.
    var length: Int
    var content: Content
  }

  private func chunk(in text: Span<UInt8>, from start: Int) -> Chunk {
    if let symbols, let end = symbols.longestString(in: text, from: start)?.end {
      return Chunk(length: end - start, content: .itself)
    }
    if let rule = options.charsmap?.rule(in: text, from: start, .longest) {
      return Chunk(length: rule.length, content: .result(rule.result))
    }
    let scalar = decodeScalar(in: text, at: start)
    return Chunk(
      length: scalar.length, content: scalar.isValid ? .itself : .replacementCharacter)
  }

  private func append(
    _ chunk: Chunk, at place: Int, of text: Span<UInt8>, isAfterSpace: inout Bool,
    to output: inout [UInt8], edits: inout TextEdits?
  ) {
    let start = output.count
    var isSame = false
    switch chunk.content {
    case .itself:
      let bytes = text.extracting(place..<(place + chunk.length))
      isSame = append(bytes, isAfterSpace: &isAfterSpace, to: &output)
    case .replacementCharacter:
      output.append(contentsOf: [0xEF, 0xBF, 0xBD])
      isAfterSpace = false
    case .result(let range):
      guard let charsmap = options.charsmap else { break }
      let bytes = charsmap.bytes.span.extracting(range)
      _ = append(bytes, isAfterSpace: &isAfterSpace, to: &output)
    }
    if isSame {
      edits?.keep(chunk.length)
    } else {
      edits?.replace(originalCount: chunk.length, normalizedCount: output.count - start)
    }
  }

  /// Returns whether `bytes` were appended as they are.
  private func append(
    _ bytes: Span<UInt8>, isAfterSpace: inout Bool, to output: inout [UInt8]
  ) -> Bool {
    var start = 0
    while isAfterSpace, start < bytes.count, bytes[start] == 0x20 { start += 1 }
    // What is empty leaves it open whether a space came last.
    guard start < bytes.count else { return false }
    var isSame = start == 0
    for place in start..<bytes.count {
      if bytes[place] == 0x20, escapesSpaces {
        output.append(contentsOf: Self.escapedSpace)
        isSame = false
      } else {
        output.append(bytes[place])
      }
    }
    isAfterSpace = bytes[bytes.count - 1] == 0x20
    return isSame
  }

  /// The end of characters that become themselves; spaces only where they are not escaped, and one of
  /// several where others are removed.
  private func endOfPlainText(
    in text: Span<UInt8>, from start: Int, isAfterSpace: Bool
  ) -> Int {
    var place = start
    var isAfterSpace = isAfterSpace
    while place < text.count {
      if let changing = starts.changingASCII, text[place] < 0x80 {
        let end = endOfPlainASCII(
          in: text, from: place, but: changing, isAfterSpace: isAfterSpace)
        if end > place {
          // A letter may be the beginning of a rule that goes on with what is no ASCII.
          if end < text.count, starts[UInt32(text[end &- 1])] == .longer,
            starts.mayGoOn(with: text[end])
          {
            return end &- 1
          }
          isAfterSpace = options.removesExtraSpaces && text[end &- 1] == 0x20
          place = end
          continue
        }
      }
      let byte = text[place]
      if byte == 0x20, escapesSpaces || isAfterSpace { return place }
      let scalar = decodeScalar(in: text, at: place)
      let next = place &+ scalar.length
      guard scalar.isValid else { return place }
      switch starts[scalar.value] {
      case .nothing: break
      case .longer: if next < text.count, starts.mayGoOn(with: text[next]) { return place }
      case .something: return place
      }
      isAfterSpace = options.removesExtraSpaces && byte == 0x20
      place = next
    }
    return place
  }

  /// The same for printed ASCII characters alone, which stay, but for some, as long as others follow.
  private func endOfPlainASCII(
    in text: Span<UInt8>, from start: Int, but changing: (UInt8, UInt8, UInt8, UInt8),
    isAfterSpace: Bool
  ) -> Int {
    var place = start
    var lastSpace: UInt64 = isAfterSpace ? 1 : 0
    while place < text.count {
      var (spaces, others): (UInt64, UInt64) = (0, 0)
      let visible = text.extracting(place..<text.count)
      unsafe visible.withUnsafeBufferPointer { bytes in
        // SAFETY: so many bytes lie there.
        unsafe tok_printed_masks_of_bytes(
          bytes.baseAddress, bytes.count, changing.0, changing.1, changing.2, changing.3, &spaces,
          &others)
      }
      var stops = others
      if escapesSpaces {
        stops |= spaces
      } else if options.removesExtraSpaces {
        stops |= spaces & (spaces &<< 1 | lastSpace)
        lastSpace = spaces >> 63
      }
      if stops != 0 { return place &+ stops.trailingZeroBitCount }
      place &+= 64
    }
    return place
  }

  // MARK: Spaces

  private static let escapedSpace: [UInt8] = [0xE2, 0x96, 0x81]

  private var space: [UInt8] { escapesSpaces ? Self.escapedSpace : [0x20] }

  /// Where chunks begin that become something else than one space, or may do so.
  private func endOfSpaces(in text: Span<UInt8>, isLast: Bool) -> Int {
    var place = 0
    while place < text.count {
      if !isLast, mayGoOn(text, from: place) { return place }
      let chunk = chunk(in: text, from: place)
      switch chunk.content {
      case .itself:
        guard chunk.length == 1, text[place] == 0x20 else { return place }
      case .replacementCharacter: return place
      case .result(let range):
        guard range.count == 1, options.charsmap?.bytes[range.lowerBound] == 0x20 else {
          return place
        }
      }
      place += chunk.length
    }
    return place
  }

  private func append(
    spaceAfterSpace isAfterSpace: Bool, to output: inout [UInt8], edits: inout TextEdits?
  ) {
    if isAfterSpace {
      edits?.replace(originalCount: 1, normalizedCount: 0)
    } else if escapesSpaces {
      SpaceMark.append(to: &output)
      edits?.replace(originalCount: 1, normalizedCount: 3)
    } else {
      output.append(0x20)
      edits?.keep(1)
    }
  }

  private func appendSpace(to output: inout [UInt8], edits: inout TextEdits?) {
    output.append(contentsOf: space)
    edits?.replace(originalCount: 0, normalizedCount: space.count)
  }

  /// Returns how many there were.
  private func removeSpaces(
    fromEndOf output: inout [UInt8], downTo start: Int, edits: inout TextEdits?
  ) -> Int {
    var count = 0
    var end = output.count
    while let length = lengthOfSpace(endingAt: end, of: output), end - length >= start {
      end -= length
      count += 1
    }
    edits?.removeLast(output.count - end)
    output.removeSubrange(end...)
    return count
  }

  /// The number of bytes of a space as it is written, or as it would be; nil for something else.
  private func lengthOfSpace(endingAt end: Int, of output: [UInt8]) -> Int? {
    if !escapesSpaces, end > 0, output[end - 1] == 0x20 { return 1 }
    guard options.escapesSpaces, end >= SpaceMark.byteCount else { return nil }
    return SpaceMark.stands(in: output.span, at: end - SpaceMark.byteCount)
      ? SpaceMark.byteCount : nil
  }
}
