package import Tokenization

/// Reads GPT-2's two files, vocab.json and merges.txt.
///
/// They hold a model and nothing else. The rest is what huggingface's `ByteLevelBPETokenizer` puts
/// around it: GPT-2's splitter, no space in front, bytes joined; and `<|endoftext|>` as special
/// token where the vocabulary has it.
///
/// - Complexity: O(*n*) in the bytes of both.
package func readWordLists(
  vocabulary: Span<UInt8>, merges: Span<UInt8>
) throws(VocabularyError) -> TokenizerDefinition {
  let texts: TokenTexts
  do throws(VocabularyError) {
    texts = try JSONReader.read(vocabulary) { (reader) throws(VocabularyError) in
      try readVocabulary(&reader)
    }
  } catch { throw error.inFile("vocab.json") }
  let (tokens, unspelled) = texts.tokens()
  let unreachable = Set(unspelled.map { texts.ids[$0] })
  let listed: [BytePairDefinition.Merge]
  do throws(VocabularyError) {
    listed = try readMergeLines(merges, texts)
  } catch { throw error.inFile("merges.txt") }
  let end = "<|endoftext|>"
  let endID = texts.index[Array(end.utf8).span].map { texts.ids[$0] }
  return TokenizerDefinition(
    pipeline: Pipeline(
      addedTokens: endID.map { [AddedToken(end, id: $0)] } ?? [],
      splitter: Splitter([.byteLevel(addsPrefixSpace: false, splits: true)]),
      postProcessor: .byteLevel(addsPrefixSpace: true, trimsRanges: false, splits: true),
      decoder: .byteLevel(addsPrefixSpace: true, trimsRanges: true, splits: true),
      roles: TokenRoles(end: endID)),
    model: BytePairDefinition(
      tokens: tokens, ids: texts.ids, unspelled: unspelled,
      merges: .listed(
        listed.filter { !unreachable.contains($0.left) && !unreachable.contains($0.right) }),
      takesWholePretokens: false))
}

/// Reads lines of two tokens with a space between them. As the original: lines end with LF or CRLF,
/// those that begin with `#version` are left out, every other one must be a merge.
private func readMergeLines(
  _ bytes: Span<UInt8>, _ texts: TokenTexts
) throws(VocabularyError) -> [BytePairDefinition.Merge] {
  var merges: [BytePairDefinition.Merge] = []
  merges.reserveCapacity(texts.count)
  var resolver = MergeResolver(texts)
  var scratch: [UInt8] = []
  var start = 0
  var line = 0
  while start < bytes.count {
    line += 1
    var end = start
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    let next = end + 1
    if end > start, end < bytes.count, bytes[end - 1] == 0x0D { end -= 1 }
    scratch.removeAll(keepingCapacity: true)
    for position in start..<end { scratch.append(bytes[position]) }
    if !scratch.starts(with: versionMark) {
      do throws(VocabularyError) {
        let middle = try resolver.joinHalves(&scratch)
        merges.append(try resolver.merge(scratch.span, middle: middle))
      } catch { throw error.at(start).under("line \(line)") }
    }
    start = next
  }
  return merges
}
