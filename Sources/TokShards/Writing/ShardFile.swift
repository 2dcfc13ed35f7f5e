internal import Tokenization

/// The shard that is being written.
///
/// Its header says from the beginning what is right for a full shard, so that the digest can be taken as
/// the bytes go by; a shard that ends sooner gets another one and is read once more.
final class ShardFile {
  /// What all shards of a set have in common.
  struct Layout: Hashable, Sendable {
    var format: ShardFormat
    var idType: IDType
    var rowLength: Int?
    /// Tokens in a full shard.
    var fullSize: Int
  }

  /// How much of it there is.
  struct Extent: Hashable, Sendable {
    var tokens = 0
    /// Documents that begin in it.
    var documents = 0
    /// Documents, or rows, that its index lists.
    var sequences = 0
  }

  private(set) var extent: Extent
  private let layout: Layout
  private let name: String
  private let file: PartFile
  /// How long each sequence is, for the index.
  private let lengths: PartFile?
  private var bytes: IDBytes
  private var lengthBytes: [UInt8] = []
  private var digest: SHA256Digest
  private var wasCut = false

  /// - Parameters:
  ///   - stem: the name without what the format puts behind it.
  ///   - extent: how much of the file stays.
  init(_ folder: String, stem: String, _ layout: Layout, keeping extent: Extent) throws(ShardError)
  {
    self.layout = layout
    self.extent = extent
    name = stem
    bytes = IDBytes(layout.idType)
    let format = layout.format
    let isNew = extent.tokens == 0
    file = try PartFile(
      "\(folder)/\(stem).\(format.fileExtension)",
      keeping: isNew ? 0 : format.headerSize + extent.tokens * layout.idType.width)
    lengths =
      format == .megatron
      ? try PartFile("\(folder)/\(stem).lengths", keeping: extent.sequences * 4) : nil
    if isNew {
      try file.append(
        format.header(
          tokens: layout.fullSize, idType: layout.idType, rowLength: layout.rowLength))
    }
    digest = try file.digest()
  }

  /// Whether as many tokens are there as a full shard has.
  var isFull: Bool { extent.tokens >= layout.fullSize }

  /// Appends ids.
  func append(_ ids: UnsafeBufferPointer<TokenID>) throws(ShardError) {
    var start = 0
    while start < ids.count {
      start += unsafe bytes.append(UnsafeBufferPointer(rebasing: ids[start...]))
      if bytes.isFull { try flush() }
    }
    extent.tokens += ids.count
  }

  /// A document begins here.
  func beginDocument() { extent.documents += 1 }

  /// What was appended since the last sequence ended, `length` ids, is one.
  func endSequence(length: Int) throws(ShardError) {
    extent.sequences += 1
    guard lengths != nil else { return }
    lengthBytes += Int32(length).littleEndianBytes
    if lengthBytes.count >= 1 << 16 { try flushLengths() }
  }

  private func flush() throws(ShardError) {
    try unsafe bytes.withBytes { (bytes) throws(ShardError) in
      unsafe digest.add(bytes)
      try unsafe file.append(bytes)
    }
    bytes.removeAll()
  }

  private func flushLengths() throws(ShardError) {
    try lengths?.append(lengthBytes)
    lengthBytes.removeAll(keepingCapacity: true)
  }

  /// All that was appended is on the disk afterwards.
  func sync() throws(ShardError) {
    try flush()
    try flushLengths()
    try file.sync()
    try lengths?.sync()
  }

  /// Takes the last `count` ids away.
  func removeLast(_ count: Int) throws(ShardError) {
    try flush()
    try file.truncate(to: file.size - count * layout.idType.width)
    extent.tokens -= count
    wasCut = true
  }

  /// Writes what is left; the files are whole then, under their other names.
  func finish() throws(ShardError) -> ShardManifest.Shard {
    try sync()
    let header = layout.format.header(
      tokens: extent.tokens, idType: layout.idType, rowLength: layout.rowLength)
    if wasCut || !header.isEmpty && extent.tokens != layout.fullSize {
      try file.replaceBeginning(with: header)
      digest = try file.digest()
      try file.sync()
    }
    var shard = ShardManifest.Shard(
      file: ShardManifest.File(
        name: "\(name).\(layout.format.fileExtension)", bytes: file.size, digest: digest.finish()),
      tokens: extent.tokens, documents: extent.documents)
    if let lengths { shard.index = try writeIndex(lengths) }
    return shard
  }

  /// Writes NAME.idx beside NAME.bin: where each sequence lies.
  private func writeIndex(_ lengths: PartFile) throws(ShardError) -> ShardManifest.File {
    let folder = file.path.prefix(upTo: file.path.lastIndex(of: "/") ?? file.path.startIndex)
    let index = try PartFile("\(folder)/\(name).idx")
    try MegatronIndex.write(lengths, sequences: extent.sequences, layout.idType, to: index)
    try index.sync()
    return ShardManifest.File(
      name: "\(name).idx", bytes: index.size, digest: try index.digest().finish())
  }

  /// Removes it, with all that was written.
  func remove() {
    SystemCalls.remove(file.partPath)
    if let lengths { SystemCalls.remove(lengths.partPath) }
  }
}
