/// How far a run is.
public struct ShardProgress: Hashable, Sendable {
  public enum Phase: String, Hashable, Sendable {
    /// Documents are read and encoded.
    case encoding
    /// Shuffled documents are written in their new order.
    case writing
  }

  public var phase: Phase
  /// Bytes read of the inputs, compressed as they are; documents written where they are shuffled.
  public var completed: Int
  /// How much that will be in all; nil where that is not known, as of a pipe.
  public var total: Int?
  /// Documents and tokens that were encoded, or written, in all runs together.
  public var documents: Int
  public var tokens: Int

  public init(phase: Phase, completed: Int, total: Int?, documents: Int, tokens: Int) {
    self.phase = phase
    self.completed = completed
    self.total = total
    self.documents = documents
    self.tokens = tokens
  }
}
