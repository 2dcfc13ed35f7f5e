package import Tokenization
internal import UnicodeText

/// What the text of CLIP's vocabulary says, `bpe_simple_vocab_16e6.txt`, unpacked: the first lines of
/// it are merges, and the tokens follow from them.
///
/// As in openai/CLIP's `simple_tokenizer.py`, ids are given in this order:
///
///     256    bytes, each a character of the byte alphabet: the printable ones, then the others
///     256    the same with `</w>` behind them, which ends a word
///     n      what each merge makes, in order of the lines
///     2      `<|startoftext|>`, `<|endoftext|>`
///
/// Of its 262,144 lines CLIP takes the first 48,894 behind the heading.
package struct CLIPText: Sendable {
  /// The number of merges that CLIP takes.
  package static let mergeCount = 49_152 - 256 - 2
  /// What stands behind the last symbol of a word.
  package static let endOfWord = "</w>"
  package static let beginningText = "<|startoftext|>"
  package static let endText = "<|endoftext|>"
  /// How a text is cut once it is in lower case and its white space is single spaces; what does not
  /// match is left out. In the original upper and lower case are one to it.
  package static let pattern =
    #"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"#

  /// The tokens as the file spells them; a token's index is its id.
  package let texts: ByteStrings
  /// In order of rank.
  package let merges: [BytePairDefinition.Merge]

  package var beginning: TokenID { TokenID(texts.count - 2) }
  package var end: TokenID { TokenID(texts.count - 1) }

  /// Reads the lines. The first is a heading, of which nothing is asked; lines behind the last merge
  /// that is taken are not looked at.
  ///
  /// - Throws: for fewer lines, a line that is not two tokens with a space between them, and one that
  ///   makes a token that is there already. The original throws for none of these.
  /// - Complexity: O(*n*) in `bytes`.
  package init(
    _ bytes: Span<UInt8>, mergeCount: Int = Self.mergeCount
  ) throws(VocabularyError) {
    var texts = Self.byteTexts()
    /// Where the second half of each merge begins within the text it makes.
    var middles: [Int] = []
    var lines = Lines(bytes)
    _ = lines.next()
    var text: [UInt8] = []
    while middles.count < mergeCount {
      guard let line = lines.next() else {
        throw VocabularyError(
          .missing, "\(middles.count) merges, where \(mergeCount) are expected",
          offset: bytes.count)
      }
      text.removeAll(keepingCapacity: true)
      text.append(contentsOf: bytes.extracting(line))
      guard let space = text.firstIndex(of: 0x20), space == text.lastIndex(of: 0x20), space > 0,
        space < text.count - 1
      else {
        throw VocabularyError(
          .malformed,
          "found `\(String(decoding: text, as: UTF8.self))` where two tokens with a space between "
            + "them are expected", path: "line \(lines.number)", offset: line.lowerBound)
      }
      text.remove(at: space)
      texts.append(text)
      middles.append(space)
    }
    texts.append(Self.beginningText.utf8)
    texts.append(Self.endText.utf8)
    self.texts = texts
    merges = try Self.resolve(texts, middles)
  }

  /// The bytes, and the bytes that end a word.
  private static func byteTexts() -> ByteStrings {
    // The byte alphabet is made of the printable bytes and of U+0100 on for the others in order, so
    // that the order of ids is that of the characters.
    let order = (0..<256).sorted { ByteAlphabet.scalars[$0] < ByteAlphabet.scalars[$1] }
    var texts = ByteStrings()
    var character: [UInt8] = []
    for ending in ["", endOfWord] {
      for byte in order {
        character.removeAll()
        ByteAlphabet.appendText(of: [UInt8(byte)].span, to: &character)
        character.append(contentsOf: ending.utf8)
        texts.append(character)
      }
    }
    return texts
  }

  private static func resolve(
    _ texts: ByteStrings, _ middles: [Int]
  ) throws(VocabularyError) -> [BytePairDefinition.Merge] {
    let index = ByteStringIndex(texts)
    // The heading is line 1, and the first 512 tokens have no line.
    let line = { (place: Int) in "line \(place - 512 + 2)" }
    if let again = index.duplicates.first {
      throw VocabularyError(
        .duplicate, "the token `\(String(decoding: texts[again], as: UTF8.self))` is there already",
        path: line(again))
    }
    var merges: [BytePairDefinition.Merge] = []
    merges.reserveCapacity(middles.count)
    for (rank, middle) in middles.enumerated() {
      let place = 512 + rank
      let text = texts[place]
      let left = Array(text[..<middle])
      let right = Array(text[middle...])
      guard let leftPlace = index[left.span], leftPlace < place,
        let rightPlace = index[right.span], rightPlace < place
      else {
        throw VocabularyError(
          .unknownToken,
          "`\(String(decoding: left, as: UTF8.self))` or `\(String(decoding: right, as: UTF8.self))`"
            + " is no token of a line above", path: line(place))
      }
      merges.append(
        BytePairDefinition.Merge(
          left: TokenID(leftPlace), right: TokenID(rightPlace), result: TokenID(place)))
    }
    return merges
  }
}
