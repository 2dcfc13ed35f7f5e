internal import Tokenization

/// Compares what is in a shard with what is said of it.
struct ShardCheck {
  private let shard: ShardManifest.Shard
  private let layout: ShardLayout
  private let folder: ShardFolder

  init(_ shard: ShardManifest.Shard, _ layout: ShardLayout, _ folder: ShardFolder) {
    (self.shard, self.layout, self.folder) = (shard, layout, folder)
  }

  /// What is wrong; the files have the sizes they should have.
  ///
  /// - Parameter isLast: whether it may have less than a full shard.
  /// - Throws: `unreadable`.
  func problems(isLast: Bool) throws(ShardError) -> [ShardVerification.Problem] {
    var messages = try dataProblems().map { (shard.file.name, $0) }
    if let index = shard.index {
      messages += try indexProblems(index).map { (index.name, $0) }
    } else if !isLast, shard.tokens != layout.fullSize {
      messages.append((shard.file.name, "\(shard.tokens) tokens, of \(layout.fullSize)"))
    }
    return messages.map { ShardVerification.Problem(file: $0, message: $1) }
  }

  /// Where a file lies; whole ones of a run that was killed may not have got their names yet.
  private func path(_ file: ShardManifest.File) -> String {
    let path = "\(folder.path)/\(file.name)"
    return SystemCalls.exists(path) ? path : "\(path).part"
  }

  private func dataProblems() throws(ShardError) -> [String] {
    let format = layout.format
    let width = layout.idType.width
    guard shard.file.bytes == format.headerSize + shard.tokens * width else {
      return ["\(shard.file.bytes) bytes cannot be \(shard.tokens) tokens"]
    }
    let header = format.header(
      tokens: shard.tokens, idType: layout.idType, rowLength: layout.rowLength)
    let digest = SHA256Digest()
    var problems: [String] = []
    var offset = 0
    try SystemCalls.forEachBlock(of: path(shard.file)) { (block) in
      unsafe block.withUnsafeBytes { unsafe digest.add($0) }
      var ids = block
      if offset == 0, !header.isEmpty {
        if !block.starts(with: header) { problems.append("the header is not that of such a shard") }
        ids = block.dropFirst(header.count)
      }
      let first = (max(offset, header.count) - header.count) / width
      let limit = layout.idCount
      // One of them is enough to say.
      let values = Array(ids).ids(of: layout.idType)
      if problems.isEmpty, values.max().map({ Int($0) >= limit }) == true,
        let index = values.firstIndex(where: { Int($0) >= limit })
      {
        problems.append(
          "token \(first + index) is \(values[index]), beyond the vocabulary of \(limit) ids")
      }
      offset += block.count
    }
    if digest.finish() != shard.file.digest {
      problems.append("changed: its digest is not the one that was written")
    }
    return problems
  }

  private func indexProblems(_ file: ShardManifest.File) throws(ShardError) -> [String] {
    let bytes = try SystemCalls.contents(of: path(file))
    var problems: [String] = []
    if SHA256Digest.digest(of: bytes) != file.digest {
      problems.append("changed: its digest is not the one that was written")
    }
    let count = (bytes.count - MegatronIndex.headerSize - 8) / 20
    guard count >= 0, bytes.count == MegatronIndex.headerSize + count * 20 + 8,
      bytes.starts(with: MegatronIndex.header(sequences: count, layout.idType))
    else { return problems + ["the header is not that of such an index"] }
    var start = 0
    for sequence in 0..<count {
      let length = Self.number(bytes, MegatronIndex.headerSize + sequence * 4, width: 4)
      let pointer = Self.number(bytes, MegatronIndex.headerSize + count * 4 + sequence * 8)
      let border = Self.number(bytes, MegatronIndex.headerSize + count * 12 + sequence * 8)
      guard pointer == start, border == sequence, layout.rowLength ?? length == length else {
        problems.append("sequence \(sequence) does not begin where the one before it ends")
        break
      }
      start += length * layout.idType.width
    }
    if problems.isEmpty, start != shard.file.bytes {
      problems.append("its sequences have \(start) bytes, of \(shard.file.bytes)")
    }
    return problems
  }

  private static func number(_ bytes: [UInt8], _ offset: Int, width: Int = 8) -> Int {
    (0..<width).reduce(0) { $0 | Int(bytes[offset + $1]) << ($1 * 8) }
  }
}
