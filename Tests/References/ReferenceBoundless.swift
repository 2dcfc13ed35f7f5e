/// Merges, splits and joins by the definition: each event in turn goes through all pretokens.
package struct ReferenceBoundless: Sendable {
  package enum Event: Hashable, Sendable {
    case within(ReferenceMergeEvents.Event)
    case join([UInt8], [UInt8])
  }

  /// A pretoken, or several that are joined.
  package struct Unit: Hashable, Sendable {
    /// One where it is joined.
    package var symbols: [[UInt8]]
    /// What it is joined of.
    package var pretokens: [[UInt8]]

    package init(_ pretoken: [UInt8]) {
      symbols = pretoken.map { [$0] }
      pretokens = [pretoken]
    }

    package var isJoined: Bool { pretokens.count > 1 }
    /// All of it, where it is one token.
    package var token: [UInt8]? { symbols.count == 1 ? symbols[0] : nil }
  }

  package var events: [Event]

  package init(_ events: [Event]) { self.events = events }

  /// What the events make of pretokens.
  package func encode(_ pretokens: [[UInt8]]) -> [[UInt8]] {
    events.reduce(pretokens.map { Unit($0) }) { Self.apply($1, to: $0) }.flatMap(\.symbols)
  }

  package static func apply(_ event: Event, to units: [Unit]) -> [Unit] {
    switch event {
    case .within(let event):
      return units.map { unit in
        guard !unit.isJoined else { return unit }
        var changed = unit
        changed.symbols = ReferenceMergeEvents.apply(event, to: unit.symbols)
        return changed
      }
    case .join(let left, let right):
      var result: [Unit] = []
      var place = 0
      while place < units.count {
        var unit = units[place]
        place += 1
        if unit.token == left, place < units.count, units[place].token == right {
          unit.symbols = [left + right]
          unit.pretokens += units[place].pretokens
          place += 1
        }
        result.append(unit)
      }
      return result
    }
  }
}
