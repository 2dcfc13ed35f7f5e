/// The index of Megatron's format: what NAME.idx holds.
///
/// All numbers lowest byte first: `MMIDIDX`, two zeros, the version 1 (64 bits), the code of the ids' type
/// (8), how many sequences there are (64), how many borders of documents (64); then the length of each
/// sequence (32), the byte of NAME.bin where it begins (64), and the borders (64): a document is a
/// sequence, so that these count from 0 on.
enum MegatronIndex {
  static let magic = Array("MMIDIDX".utf8) + [0, 0]
  static let headerSize = 9 + 8 + 1 + 8 + 8

  static func code(of type: IDType) -> UInt8 { type == .uint16 ? 8 : 4 }

  static func header(sequences: Int, _ type: IDType) -> [UInt8] {
    magic + UInt64(1).littleEndianBytes + [code(of: type)] + UInt64(sequences).littleEndianBytes
      + UInt64(sequences + 1).littleEndianBytes
  }

  /// - Parameter lengths: how long each sequence is, 32 bits each.
  /// - Complexity: O(*n*) in the sequences, with a few megabytes of memory.
  static func write(
    _ lengths: PartFile, sequences: Int, _ type: IDType, to index: PartFile
  ) throws(ShardError) {
    try index.append(header(sequences: sequences, type))
    try unsafe lengths.forEachBlock { (block) throws(ShardError) in try unsafe index.append(block) }
    var start = 0
    try unsafe lengths.forEachBlock { (block) throws(ShardError) in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(block.count * 2)
      for offset in stride(from: 0, to: block.count, by: 4) {
        bytes += Int64(start).littleEndianBytes
        // SAFETY: a block is a megabyte or ends where the file does: whole numbers.
        let length = unsafe block.loadUnaligned(fromByteOffset: offset, as: Int32.self)
        start += Int(Int32(littleEndian: length)) * type.width
      }
      try index.append(bytes)
    }
    for first in stride(from: 0, through: sequences, by: 1 << 16) {
      var bytes: [UInt8] = []
      for number in first..<min(first + 1 << 16, sequences + 1) {
        bytes += Int64(number).littleEndianBytes
      }
      try index.append(bytes)
    }
  }
}
