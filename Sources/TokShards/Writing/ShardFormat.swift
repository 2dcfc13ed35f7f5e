/// A form in which training programs of the field read ids.
public enum ShardFormat: String, Hashable, Sendable, CaseIterable {
  /// llm.c's: 256 numbers of 32 bits in front, of which three say what follows.
  case llmC = "llm.c"
  /// nanoGPT's: ids and nothing else.
  case bin
  /// One array in NumPy's format 1.0, with two dimensions where rows have a fixed length.
  case npy
  /// Megatron's: ids in NAME.bin, and where each document lies in NAME.idx.
  case megatron
}

/// How ids stand in a file; lowest byte first.
enum IDType: Hashable, Sendable {
  case uint16, uint32, int32

  var width: Int { self == .uint16 ? 2 : 4 }

  /// What the manifest calls it.
  var name: String {
    switch self {
    case .uint16: "uint16"
    case .uint32: "uint32"
    case .int32: "int32"
    }
  }
}

extension ShardFormat {
  /// The narrowest type that the format has for ids below `idCount`.
  func idType(idCount: Int) -> IDType {
    switch self {
    // Megatron's rule leaves some room above the vocabulary.
    case .megatron: idCount < 65500 ? .uint16 : .int32
    case .llmC, .bin, .npy: idCount <= 1 << 16 ? .uint16 : .uint32
    }
  }

  var fileExtension: String { self == .npy ? "npy" : "bin" }

  /// Bytes before the ids.
  var headerSize: Int {
    switch self {
    case .llmC: 1024
    case .npy: 128
    case .bin, .megatron: 0
    }
  }

  /// The most tokens that the header of a shard can say.
  var tokenLimit: Int { self == .llmC ? Int(Int32.max) : Int.max }

  /// What stands before `tokens` ids; always ``headerSize`` bytes.
  ///
  /// - Parameter rowLength: of arrays with two dimensions.
  func header(tokens: Int, idType: IDType, rowLength: Int?) -> [UInt8] {
    switch self {
    case .bin, .megatron: return []
    case .llmC:
      // The magic number and the version tell readers how wide ids are.
      let first: [Int] = idType == .uint16 ? [20_240_520, 1, tokens] : [20_240_801, 7, tokens]
      let bytes = first.flatMap { UInt32(truncatingIfNeeded: $0).littleEndianBytes }
      return bytes + [UInt8](repeating: 0, count: headerSize - bytes.count)
    case .npy:
      let shape = rowLength.map { "\(tokens / $0), \($0)" } ?? "\(tokens),"
      let text =
        "{'descr': '<u\(idType.width)', 'fortran_order': False, 'shape': (\(shape)), }"
      let length = headerSize - 10
      return [0x93] + Array("NUMPY".utf8) + [1, 0] + UInt16(length).littleEndianBytes
        + Array(text.utf8) + [UInt8](repeating: 0x20, count: length - 1 - text.utf8.count) + [0x0A]
    }
  }
}

extension FixedWidthInteger {
  /// The number's bytes, lowest first.
  package var littleEndianBytes: [UInt8] {
    (0..<(bitWidth / 8)).map { UInt8(truncatingIfNeeded: self >> Self($0 * 8)) }
  }
}
