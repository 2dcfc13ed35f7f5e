/// The words of ``SentencePieceWords``, all in memory at once.
struct SentencePieceCorpus {
  /// All words, one behind another.
  private(set) var characters: [UInt32] = []
  /// Where each ends in ``characters``.
  private(set) var ends: [Int] = []
  private(set) var counts: [UInt64] = []

  init(_ words: SentencePieceWords) throws(TrainingError) {
    characters.reserveCapacity(words.byteCount)
    ends.reserveCapacity(words.count)
    counts.reserveCapacity(words.count)
    try words.visit { (word, count) throws(TrainingError) in
      for place in word.indices { characters.append(word[place]) }
      ends.append(characters.count)
      counts.append(count)
    }
  }

  var count: Int { ends.count }

  /// Where word `index` lies in ``characters``.
  func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
