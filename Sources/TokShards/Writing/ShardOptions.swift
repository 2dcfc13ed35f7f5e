public import Tokenization

/// What shards are to hold, and how. All of it changes their bytes.
public struct ShardOptions: Hashable, Sendable {
  public var format: ShardFormat
  /// What the names of all shards begin with.
  public var name = "tokens"
  /// How many tokens a shard has: exactly so many, but for the last one; of Megatron's format at most so
  /// many, unless a single document has more.
  public var shardSize = 100_000_000
  /// Put before each document.
  public var beginOfDocument: TokenID?
  /// Put behind each document.
  public var endOfDocument: TokenID?
  /// Documents are written in an order drawn by chance with this seed; nil for the order of the inputs.
  public var shuffleSeed: UInt64?
  /// Rows of a fixed length; nil for documents one behind another.
  public var packing: Packing?
  /// What the documents of an input are.
  public var separator = DocumentReader.Separator.none
  /// What text that spells a special token becomes.
  public var specialTokens = SpecialTokens.asPlainText
  /// Whether the vocabulary's template is put around each document.
  public var addsTemplate = true

  public init(format: ShardFormat) { self.format = format }
}

/// Rows of exactly so many ids.
public struct Packing: Hashable, Sendable {
  /// What becomes of room that no document fills.
  public enum Rest: Hashable, Sendable {
    /// It is filled with this id.
    case padded(TokenID)
    /// A row that is not full is left out.
    case dropped
  }

  /// Ids in a row.
  public var length: Int
  public var rest: Rest
  /// Documents that fit into a row are not cut: each goes where the least room is left behind it.
  /// Otherwise they stand one behind another, and rows end wherever they do.
  public var keepsDocumentsWhole = false

  public init(length: Int, rest: Rest) {
    self.length = length
    self.rest = rest
  }
}

extension ShardOptions {
  /// Sees to it that all of this can be done with ids below `idCount`.
  ///
  /// - Throws: `option`.
  func check(idCount: Int) throws(ShardError) {
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
      throw ShardError(.option, "`\(name)` is no beginning of a file's name")
    }
    guard shardSize > 0, shardSize <= format.tokenLimit else {
      throw ShardError(
        .option, "\(shardSize) tokens in a shard, where the format takes 1 to \(format.tokenLimit)")
    }
    var ids = [beginOfDocument, endOfDocument]
    if let packing {
      guard packing.length > 0, packing.length <= shardSize, packing.length <= Int(Int32.max) else {
        throw ShardError(
          .option, "rows of \(packing.length) ids do not fit into shards of \(shardSize)")
      }
      if case .padded(let id) = packing.rest { ids.append(id) }
      if packing.keepsDocumentsWhole, packing.rest == .dropped {
        throw ShardError(.option, "where documents are kept whole, rows need an id that fills them")
      }
    }
    for case let id? in ids where Int(id) >= idCount {
      throw ShardError(
        .option, "the id \(id) is beyond the vocabulary, whose largest is \(idCount - 1)")
    }
  }

  /// Tokens in a full shard: whole rows.
  var fullSize: Int {
    guard let packing else { return shardSize }
    return shardSize / packing.length * packing.length
  }
}
