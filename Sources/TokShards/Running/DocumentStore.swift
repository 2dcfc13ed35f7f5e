internal import Tokenization

/// Documents' ids in a file, to be read in another order.
///
/// The ids stand one behind another; beside them, how many each document has. In memory are twelve bytes
/// a document while they are read.
final class DocumentStore {
  private let ids: PartFile
  private let lengths: PartFile
  private let type: IDType
  private var bytes: IDBytes
  private var lengthBytes: [UInt8] = []
  private(set) var tokenCount: Int
  private(set) var documentCount: Int

  /// - Parameters:
  ///   - documents: how many of what is there stay.
  ///   - tokens: how many ids these have.
  init(
    _ folder: String, idCount: Int, keeping documents: Int, tokens: Int
  ) throws(ShardError) {
    type = ShardFormat.bin.idType(idCount: idCount)
    bytes = IDBytes(type)
    ids = try PartFile("\(folder)/documents.ids", keeping: tokens * type.width)
    lengths = try PartFile("\(folder)/documents.lengths", keeping: documents * 4)
    tokenCount = tokens
    documentCount = documents
  }

  func add(_ document: ArraySlice<TokenID>) throws(ShardError) {
    guard document.count <= Int(UInt32.max), documentCount < Int(UInt32.max) else {
      throw ShardError(
        .limit,
        "shuffling takes \(UInt32.max) documents, of at most as many tokens")
    }
    try unsafe document.withUnsafeBufferPointer { (document) throws(ShardError) in
      var start = 0
      while start < document.count {
        start += unsafe bytes.append(UnsafeBufferPointer(rebasing: document[start...]))
        if bytes.isFull { try flush() }
      }
    }
    lengthBytes += UInt32(document.count).littleEndianBytes
    tokenCount += document.count
    documentCount += 1
    if lengthBytes.count >= 1 << 16 { try flushLengths() }
  }

  private func flush() throws(ShardError) {
    try unsafe bytes.withBytes { (bytes) throws(ShardError) in try unsafe ids.append(bytes) }
    bytes.removeAll()
  }

  private func flushLengths() throws(ShardError) {
    try lengths.append(lengthBytes)
    lengthBytes.removeAll(keepingCapacity: true)
  }

  func sync() throws(ShardError) {
    try flush()
    try flushLengths()
    try ids.sync()
    try lengths.sync()
  }

  func remove() {
    SystemCalls.remove(ids.partPath)
    SystemCalls.remove(lengths.partPath)
  }

  /// Where each document begins, in ids, and behind the last one where that ends.
  func starts() throws(ShardError) -> [Int] {
    var starts = [0]
    starts.reserveCapacity(documentCount + 1)
    try unsafe lengths.forEachBlock { (block) throws(ShardError) in
      for offset in stride(from: 0, to: block.count, by: 4) {
        // SAFETY: blocks are megabytes or end where the file does: whole numbers.
        let length = unsafe block.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        starts.append(starts[starts.count - 1] + Int(UInt32(littleEndian: length)))
      }
    }
    return starts
  }

  /// The ids from `range.lowerBound` on, in the store.
  func read(_ range: Range<Int>) throws(ShardError) -> [TokenID] {
    let width = type.width
    var raw = [UInt8](repeating: 0, count: range.count * width)
    try unsafe raw.withUnsafeMutableBufferPointer { (buffer) throws(ShardError) in
      try unsafe ids.read(UnsafeMutableRawBufferPointer(buffer), at: range.lowerBound * width)
    }
    return raw.ids(of: type)
  }
}

/// An order of documents drawn by chance.
///
/// Fisher and Yates's way, as Richard Durstenfeld wrote it in 1964: from the last place down to the second,
/// each is exchanged with one of the places up to it. The place is the high half of the product of a number
/// of SplitMix64 and how many places there are, which prefers none by more than 2^-32.
enum DocumentOrder {
  /// - Complexity: O(*n*), four bytes a document.
  static func drawn(count: Int, seed: UInt64) -> [UInt32] {
    var order = (0..<count).map { UInt32($0) }
    var generator = SplitMix(state: seed)
    for last in stride(from: count - 1, to: 0, by: -1) {
      let place = Int(generator.next().multipliedFullWidth(by: UInt64(last + 1)).high)
      order.swapAt(place, last)
    }
    return order
  }
}
