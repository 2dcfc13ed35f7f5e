/// Merges and splits by the definition: each event in turn goes through the whole text.
package struct ReferenceMergeEvents: Sendable {
  package enum Event: Hashable, Sendable {
    case merge([[UInt8]])
    case split([[UInt8]])
  }

  package var events: [Event]

  package init(_ events: [Event]) { self.events = events }

  /// What the events make of symbols.
  package func encode(_ symbols: [[UInt8]]) -> [[UInt8]] {
    events.reduce(symbols) { Self.apply($1, to: $0) }
  }

  package static func apply(_ event: Event, to symbols: [[UInt8]]) -> [[UInt8]] {
    var result: [[UInt8]] = []
    var place = 0
    while place < symbols.count {
      switch event {
      case .merge(let parts) where symbols[place...].starts(with: parts):
        result.append(Array(parts.joined()))
        place += parts.count
      case .split(let parts) where symbols[place] == Array(parts.joined()):
        result += parts
        place += 1
      default:
        result.append(symbols[place])
        place += 1
      }
    }
    return result
  }
}
