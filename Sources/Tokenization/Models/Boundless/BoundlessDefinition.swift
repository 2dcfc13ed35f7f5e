package import SplitPatterns

/// What a file says of a model that merges within pretokens and then joins pretokens that are one token
/// each.
package struct BoundlessDefinition: Sendable, Hashable {
  /// Two pretokens, side by side and each of them one token, that become one token together.
  package struct Join: Sendable, Hashable {
    package var left: UInt32
    package var right: UInt32
    /// A token whose text is that of both.
    package var whole: UInt32
    /// How many of the events within pretokens come before it.
    package var eventCount: Int

    package init(_ left: UInt32, _ right: UInt32, _ whole: UInt32, eventCount: Int) {
      self.left = left
      self.right = right
      self.whole = whole
      self.eventCount = eventCount
    }
  }

  /// All tokens, those that joins make too, and what happens within pretokens; over bytes.
  package var words: MergeEventsDefinition
  /// In the order in which they happen, with symbols as in ``words``.
  package var joins: [Join]
  /// What cuts the text that the model is given, several pretokens at a time.
  package var pattern: SplitPattern

  package init(words: MergeEventsDefinition, joins: [Join], pattern: SplitPattern) {
    self.words = words
    self.joins = joins
    self.pattern = pattern
  }
}
