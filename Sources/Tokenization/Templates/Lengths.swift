/// How a file asks for long results to be cut. Kept, shown, and applied only when asked for.
public struct Truncation: Hashable, Sendable {
  /// Which of two texts is cut.
  public enum Strategy: String, Hashable, Sendable {
    /// The longer, down to the length of the other; then both, in turns.
    case longestFirst = "LongestFirst"
    case onlyFirst = "OnlyFirst"
    case onlySecond = "OnlySecond"
  }

  /// How many tokens there may be, those of the template included.
  public var maximumLength: Int
  public var strategy: Strategy
  /// How many tokens a part that overflows has in common with the part before it.
  public var stride: Int
  /// Which side is cut.
  public var direction: Side

  public init(maximumLength: Int, strategy: Strategy, stride: Int, direction: Side) {
    self.maximumLength = maximumLength
    self.strategy = strategy
    self.stride = stride
    self.direction = direction
  }
}

/// How a file asks for short results to be filled. Kept, shown, and applied only when asked for.
public struct Padding: Hashable, Sendable {
  public enum Strategy: Hashable, Sendable {
    /// As long as the longest of the texts that are encoded together.
    case batchLongest
    case fixed(Int)
  }

  public var strategy: Strategy
  /// Which side is filled.
  public var direction: Side
  /// Lengths go up to the next multiple of this.
  public var multiple: Int?
  public var id: TokenID
  public var typeID: Int
  public var token: String

  public init(
    strategy: Strategy, direction: Side, multiple: Int?, id: TokenID, typeID: Int, token: String
  ) {
    self.strategy = strategy
    self.direction = direction
    self.multiple = multiple
    self.id = id
    self.typeID = typeID
    self.token = token
  }
}

/// One end of a sequence.
public enum Side: String, Hashable, Sendable {
  case left = "Left"
  case right = "Right"
}
