import Tokenization
import UnicodeText

/// Writers of the formats that hold tokens and nothing of how texts are prepared.
extension TokenizerDefinition {
  /// GPT-2's two files.
  func wordLists() throws(VocabularyError) -> WrittenTokenizer {
    guard let model = model as? BytePairDefinition else {
      throw VocabularyError.noModel(self, in: .vocabularyJSON)
    }
    let texts = model.textsInByteAlphabet()
    let places = Dictionary(uniqueKeysWithValues: zip(model.ids, model.ids.indices))
    let own = Set(model.ids)
    var entries = model.ids.enumerated().map { place, id in (id: id, text: texts[place]) }
    entries += pipeline.addedTokens.filter { !own.contains($0.id) }
      .map { ($0.id, Array($0.content.utf8)) }
    entries.sort { $0.id < $1.id }
    var file = Array("{".utf8)
    for entry in entries {
      if file.count > 1 { file.append(UInt8(ascii: ",")) }
      file += JSONValue.string(String(decoding: entry.text, as: UTF8.self)).write()
      file += Array(":\(entry.id)".utf8)
    }
    file += Array("}\n".utf8)
    var merges = Array("#version: 0.2\n".utf8)
    for merge in try model.listedMerges() {
      guard let left = places[merge.left], let right = places[merge.right] else { continue }
      merges += texts[left] + [0x20] + texts[right] + [0x0A]
    }
    return WrittenTokenizer(bytes: file, merges: merges)
  }

  /// BERT's vocab.txt: the token of each id on a line, an empty line where there is none.
  func vocabularyText() throws(VocabularyError) -> [UInt8] {
    guard let model = model as? WordPieceDefinition else {
      throw VocabularyError.noModel(self, in: .vocabularyText)
    }
    var texts: [TokenID: [UInt8]] = [:]
    for (place, id) in model.ids.enumerated() { texts[id] = model.tokens[place] }
    for token in pipeline.addedTokens where texts[token.id] == nil {
      texts[token.id] = Array(token.content.utf8)
    }
    var file: [UInt8] = []
    for id in 0...(texts.keys.max() ?? 0) { file += (texts[id] ?? []) + [0x0A] }
    return file
  }
}
