internal import Tok
internal import Tokenization
internal import TokenizerFormats

/// A lexicon that learning goes on from: its units are never forgotten and keep their ids.
struct BaseLexicon: Sendable {
  let definition: TokenizerDefinition
  let model: LessIsBetterDefinition
  /// The texts of the units, best first; tokens of bytes behind them are none.
  let units: [[UInt8]]
  let ids: [[UInt8]: TokenID]
  /// The first id that is free.
  let nextID: TokenID

  /// - Throws: `vocabulary` for other models.
  init(_ source: TokenizerSource) throws(TrainingError) {
    do throws(VocabularyError) {
      definition = try source.definition()
    } catch { throw TrainingError(error) }
    guard let model = definition.model as? LessIsBetterDefinition else {
      throw TrainingError(
        .vocabulary,
        "a lexicon was expected, not a model of the kind \(type(of: definition.model).kind.name)")
    }
    self.model = model
    var units = (0..<model.tokens.count).map { model.tokens[$0] }
    ids = Dictionary(zip(units, model.ids)) { first, _ in first }
    nextID = ((model.ids + definition.pipeline.addedTokens.map(\.id)).max() ?? 0) + 1
    if units.contains(where: { $0.count == 1 && $0[0] >= 0x80 }) {
      // Bytes that are no units stand behind the lexicon, ascending.
      while let last = units.last, last.count == 1 {
        units.removeLast()
        if let before = units.last, before.count == 1, before[0] > last[0] { break }
      }
    }
    self.units = units
  }

  /// A number for all of it.
  var digest: UInt64 {
    var digest = TrainingDigest()
    digest.add("\(model.reading) \(model.subunitDepth) \(nextID)")
    digest.add(model.tokens.bytes.span)
    for (end, id) in zip(model.tokens.ends, model.ids) {
      digest.add(UInt64(end))
      digest.add(UInt64(id))
    }
    return digest.value
  }
}
