/// The encoding of a text that grows at its end, as a chat does.
///
///     var chat = try AppendableEncoding(tokenizer)
///     try chat.append(history)
///     let change = try chat.append(message)      // costs what the message costs
///     chat.ids[change.keptCount...]              // what is new
///
/// ``ids`` are always those of the whole text so far, template included. It is a ``StreamingEncoder``
/// that is ended after each part, and goes on from where it was before that: a value, so that a copy
/// can go on in another way.
public struct AppendableEncoding: Sendable {
  /// The ids of the whole text so far.
  public private(set) var ids: [TokenID] = []
  /// Before the rest of the text, of which the ids may change.
  private var encoder: StreamingEncoder
  /// How many ids no longer change.
  private var settledCount = 0

  /// The encoding of the empty text.
  ///
  /// - Throws: a tokenizer that may need all of a text, as ``Tokenizer/streamingEncoder(specialTokens:addsTemplate:)``.
  public init(
    _ tokenizer: Tokenizer, specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(StreamingError) {
    encoder = try tokenizer.streamingEncoder(
      specialTokens: specialTokens, addsTemplate: addsTemplate)
    if addsTemplate { ids = tokenizer.template.before + tokenizer.template.behind }
  }

  /// How the ids changed.
  public struct Change: Hashable, Sendable {
    /// How many ids at the front are as they were.
    public var keptCount: Int
    /// How many behind them are gone.
    public var removedCount: Int
    /// How many stand there instead.
    public var addedCount: Int
  }

  /// Appends `text` to the text.
  ///
  /// - Throws: as ``StreamingEncoder/append(_:into:)``; all is then as it was before.
  /// - Complexity: as encoding `text` and the end of the text before it that may still change: mostly a
  ///   few pretokens.
  @discardableResult
  public mutating func append(_ text: Span<UInt8>) throws(EncodingError) -> Change {
    var next = encoder
    var new: [TokenID] = []
    try next.append(text, into: &new)
    let newlySettledCount = new.count
    var ended = next
    try ended.finish(into: &new)

    let old = ids[settledCount...]
    let same = zip(old, new).prefix { $0 == $1 }.count
    let change = Change(
      keptCount: settledCount + same, removedCount: old.count - same, addedCount: new.count - same)
    ids.removeLast(change.removedCount)
    ids.append(contentsOf: new[same...])
    encoder = next
    settledCount += newlySettledCount
    return change
  }

  /// The same for a string.
  @discardableResult
  public mutating func append(_ text: String) throws(EncodingError) -> Change {
    try append(text.utf8Span.span)
  }
}
