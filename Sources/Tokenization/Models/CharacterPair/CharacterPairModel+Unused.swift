/// Unused tokens of SentencePiece: merging goes through them, and in the end each is taken apart.
///
/// What an unused token is taken apart into is not how it was merged: sentencepiece remembers for each
/// unused token the last pair of neighbours anywhere in the text that could have made it, whether or not
/// it did, and takes all of them apart that way. So the text is merged as one, in the same order. An
/// unused character is unknown. (`bpe_model.cc` of sentencepiece; observed of version 0.2.3.)
///
/// With `ab`, `bc` and the unused `abc`, of which `ab` merges first: `abc` alone is `ab c`, for `ab` and
/// `c` were the last pair that could make it. Where `bc` merges first somewhere later in the order of
/// merges, each `abc` of the text is `a bc`.
extension CharacterPairModel {
  private func isUnused(_ symbol: UInt32) -> Bool {
    let word = Int(symbol >> 5)
    return word < unused.count && unused[word] >> (symbol & 31) & 1 == 1
  }

  /// Remembers that the symbols at `left` and `right` could make `symbol`, if it is unused.
  func noteOrigin(
    of symbol: UInt32, _ left: Int, _ right: Int, _ scratch: inout CharacterPairScratch
  ) {
    guard isUnused(symbol) else { return }
    scratch.origins[symbol] = CharacterPairScratch.Origin(
      left: scratch.symbols[left], right: scratch.symbols[right],
      leftCount: scratch.places[left].count)
  }

  /// Puts what unused tokens were made of in their place, until no such token is left.
  ///
  /// - Complexity: O(*n*) in the characters.
  func takeUnusedApart(_ scratch: inout CharacterPairScratch) {
    var symbols: [UInt32] = []
    var places: [Range<Int>] = []
    var pending: [(symbol: UInt32, place: Range<Int>)] = []
    for index in scratch.symbols.indices {
      pending.append((scratch.symbols[index], scratch.places[index]))
      while let (symbol, place) = pending.popLast() {
        guard isUnused(symbol), let origin = scratch.origins[symbol] else {
          symbols.append(isUnused(symbol) ? PairTable.barrier : symbol)
          places.append(place)
          continue
        }
        let middle = place.lowerBound + origin.leftCount
        pending.append((origin.right, middle..<place.upperBound))
        pending.append((origin.left, place.lowerBound..<middle))
      }
    }
    scratch.symbols = symbols
    scratch.places = places
  }
}
