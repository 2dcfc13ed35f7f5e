import Tokenization

/// Reads an object of token texts and ids. Ids come in any order and may leave holes, in the
/// original too.
///
/// - Complexity: O(*n*) in the bytes read.
func readVocabulary(_ reader: inout JSONReader) throws(VocabularyError) -> TokenTexts {
  var bytes: [UInt8] = []
  var ends: [UInt32] = []
  var ids: [TokenID] = []
  // A guess that saves copies: an entry takes some 20 bytes of the file, 6 of them text.
  bytes.reserveCapacity(reader.count / 4)
  ends.reserveCapacity(reader.count / 32)
  ids.reserveCapacity(reader.count / 32)
  try reader.enterObject()
  while let key = try reader.nextKey() {
    reader.append(key, to: &bytes)
    guard bytes.count <= UInt32.max else {
      throw reader.error(.limit, "\(bytes.count) bytes of tokens, of at most \(UInt32.max)")
    }
    ends.append(UInt32(truncatingIfNeeded: bytes.count))
    do { ids.append(try reader.readID()) } catch { throw error.under(reader.text(key)) }
  }
  return try TokenTexts(ByteStrings(bytes: bytes, ends: ends), ids: ids)
}

/// Reads `merges` in either spelling: strings `a b`, or pairs of strings.
///
/// As the original: a string has one space, one that begins with `#version` is left out, both
/// spellings do not mix, and every merge names two tokens whose texts together are a third.
///
/// - Parameter prefixLength: how many bytes of each right text the merged text has not.
/// - Complexity: O(*n*) in the bytes read.
func readMerges(
  _ reader: inout JSONReader, _ texts: TokenTexts, prefixLength: Int
) throws(VocabularyError) -> [BytePairDefinition.Merge] {
  var merges: [BytePairDefinition.Merge] = []
  merges.reserveCapacity(texts.count)
  var resolver = MergeResolver(texts, prefixLength: prefixLength)
  var scratch: [UInt8] = []
  var place = 0
  var arePairs: Bool?
  try reader.enterArray()
  while try reader.nextElement() {
    let offset = reader.offset
    do throws(VocabularyError) {
      reader.skipSpace()
      let isPair = reader.next == UInt8(ascii: "[")
      if let arePairs, arePairs != isPair {
        throw reader.wrongType(arePairs ? "a pair like the others" : "a string like the others")
      }
      arePairs = isPair
      scratch.removeAll(keepingCapacity: true)
      let middle: Int
      if isPair {
        middle = try readPair(&reader, into: &scratch)
      } else {
        reader.append(try reader.readString(), to: &scratch)
        if scratch.starts(with: versionMark) {
          place += 1
          continue
        }
        middle = try resolver.joinHalves(&scratch)
      }
      merges.append(try resolver.merge(scratch.span, middle: middle))
    } catch {
      throw error.at(offset).under("[\(place)]")
    }
    place += 1
  }
  return merges
}

/// The beginning of lines in merges.txt that are no merges.
let versionMark = Array("#version".utf8)

/// Appends both strings of a pair and returns where the second begins.
private func readPair(
  _ reader: inout JSONReader, into bytes: inout [UInt8]
) throws(VocabularyError) -> Int {
  try reader.enterArray()
  var middle = 0
  var count = 0
  while try reader.nextElement() {
    count += 1
    reader.append(try reader.readString(), to: &bytes)
    if count == 1 { middle = bytes.count }
  }
  guard count == 2 else {
    throw VocabularyError(.malformed, "found \(count) strings where a pair is expected")
  }
  return middle
}

/// Turns the texts of merges into ids.
struct MergeResolver {
  private let texts: TokenTexts
  /// How many bytes of the right text go away: those of a `continuing_subword_prefix`. The original
  /// never looks whether they are its.
  private let prefixLength: Int
  /// Merges mostly make tokens in the order of the vocabulary: where the next result may stand.
  private var guess = 0

  init(_ texts: TokenTexts, prefixLength: Int = 0) {
    self.texts = texts
    self.prefixLength = prefixLength
  }

  /// Takes the one space out of `text` and returns where it was.
  func joinHalves(_ text: inout [UInt8]) throws(VocabularyError) -> Int {
    guard let middle = text.firstIndex(of: 0x20),
      middle == text.lastIndex(of: 0x20)
    else {
      let count = text.count { $0 == 0x20 } + 1
      throw VocabularyError(
        .malformed,
        "found `\(String(decoding: text, as: UTF8.self))`, \(count == 1 ? "one part" : "\(count) parts"), where two tokens with one space between them are expected"
      )
    }
    text.remove(at: middle)
    return middle
  }

  /// The merge of the two texts that are `both`, cut at `middle`.
  mutating func merge(
    _ both: Span<UInt8>, middle: Int
  ) throws(VocabularyError) -> BytePairDefinition.Merge {
    let left = try index(of: both.extracting(..<middle))
    let right = try index(of: both.extracting(middle...))
    let result: Int
    if prefixLength > 0 {
      result = try index(ofMerged: both, middle: middle)
    } else if guess < texts.count, texts.index.isString(guess, equalTo: both) {
      result = guess
    } else {
      result = try index(of: both)
    }
    guess = result + 1
    return BytePairDefinition.Merge(
      left: texts.ids[left], right: texts.ids[right], result: texts.ids[result])
  }

  /// The index of both texts together, the right one without its prefix.
  private func index(ofMerged both: Span<UInt8>, middle: Int) throws(VocabularyError) -> Int {
    guard both.count - middle >= prefixLength else {
      throw VocabularyError(
        .malformed,
        "the right part is shorter than the \(prefixLength) bytes of `continuing_subword_prefix`")
    }
    var merged: [UInt8] = []
    for position in both.indices where position < middle || position >= middle + prefixLength {
      merged.append(both[position])
    }
    return try index(of: merged.span)
  }

  private func index(of text: Span<UInt8>) throws(VocabularyError) -> Int {
    if let index = texts.index[text] { return index }
    var bytes: [UInt8] = []
    for position in text.indices { bytes.append(text[position]) }
    throw VocabularyError(
      .unknownToken, "`\(String(decoding: bytes, as: UTF8.self))` is not in the vocabulary")
  }
}
