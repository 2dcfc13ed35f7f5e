/// How a file asks for long results to be cut. Kept, shown, and applied only when asked for.
public struct Truncation: Hashable, Sendable {
  public enum Strategy: String, Hashable, Sendable {
    case longestFirst = "LongestFirst"
    case onlyFirst = "OnlyFirst"
    case onlySecond = "OnlySecond"
  }

  public var maximumLength: Int
  public var strategy: Strategy
  public var stride: Int
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
    case batchLongest
    case fixed(Int)
  }

  public var strategy: Strategy
  public var direction: Side
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
