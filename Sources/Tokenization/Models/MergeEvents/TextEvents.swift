/// Events named by texts, as files and trainers have them, while they are turned into symbols.
package struct TextEvents {
  package private(set) var events: [MergeEventsDefinition.Event] = []
  /// The texts of events that are no tokens, in the order in which they are first named.
  package private(set) var passing = ByteStrings()
  /// Joins of pretokens, for models that have them.
  package private(set) var joins: [BoundlessDefinition.Join] = []
  private var symbols: [[UInt8]: UInt32] = [:]

  /// - Complexity: O(*n*) in the bytes of the tokens.
  package init(tokens: ByteStrings) {
    for index in 0..<tokens.count { symbols[tokens[index]] = UInt32(index) }
  }

  /// Adds an event; the whole is what the parts are together.
  package mutating func append(_ kind: MergeEventsDefinition.Event.Kind, _ parts: [[UInt8]]) {
    let parts = (parts: parts.map { symbol(of: $0) }, whole: symbol(of: Array(parts.joined())))
    events.append(MergeEventsDefinition.Event(kind, parts.parts, parts.whole))
  }

  /// Adds a join of two pretokens behind the events so far.
  package mutating func appendJoin(_ left: [UInt8], _ right: [UInt8]) {
    joins.append(
      BoundlessDefinition.Join(
        symbol(of: left), symbol(of: right), symbol(of: left + right), eventCount: events.count))
  }

  private mutating func symbol(of text: [UInt8]) -> UInt32 {
    if let symbol = symbols[text] { return symbol }
    let symbol = UInt32(symbols.count)
    symbols[text] = symbol
    passing.append(text)
    return symbol
  }
}
