internal import Tokenization

/// Memory that holds a compiled tokenizer, at an address that is a multiple of 64.
///
/// The form is made to be mapped and used where it lies:
///
///     offset  bytes
///     0       8      `tok` 00 0D 0A 1A 0A: no text tool passes it unharmed
///     8       4      version
///     12      4      number of sections, n
///     16      8      length of the file
///     24      8      checksum of all that follows
///     32      24 n   sections: kind (4), size of an element (4), offset (8), length in bytes (8)
///     …              the sections, each at a multiple of 64
///
/// All numbers are little-endian.
@safe
package struct CompiledImage: @unchecked Sendable {
  // SAFETY: `count` bytes at `base` are readable and unchanging as long as `owner` lives.
  package let base: UnsafeRawPointer
  package let count: Int
  package let owner: AnyObject?

  /// Memory that `owner` keeps alive, or that lives as long as the program.
  @unsafe
  package init(base: UnsafeRawPointer, count: Int, owner: AnyObject?) {
    unsafe self.base = unsafe base
    self.count = count
    self.owner = owner
  }

  package init(_ file: FileBytes) {
    unsafe base = unsafe file.base
    count = file.count
    owner = file
  }

  /// A copy of `bytes`.
  package init(_ bytes: Span<UInt8>) {
    let copy = AlignedCopy(bytes)
    unsafe base = unsafe UnsafeRawPointer(copy.base)
    count = copy.count
    owner = copy
  }

  static let magic: [UInt8] = [0x74, 0x6F, 0x6B, 0x00, 0x0D, 0x0A, 0x1A, 0x0A]
  static let version: UInt32 = 1
  static let headerSize = 32
  static let alignment = 64

  /// Whether `bytes` begin like a compiled form.
  package static func isImage(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= magic.count && bytes.extracting(first: magic.count).isEqual(to: magic.span)
  }

  /// What a section holds.
  enum Section: Hashable {
    case pipeline
    case tokenBytes, tokenEnds, tokenPresent, tokenSpelled, tokenIndex
    case modelKind
    /// A table of the model, in the model's own order.
    case modelTable(Int)

    /// How files say it.
    var number: UInt32 {
      switch self {
      case .pipeline: 1
      case .tokenBytes: 2
      case .tokenEnds: 3
      case .tokenPresent: 4
      case .tokenSpelled: 5
      case .tokenIndex: 6
      case .modelTable(let index): 7 + UInt32(index)
      case .modelKind: 1000
      }
    }
  }

  /// An unsigned number in the header; the caller has checked that it lies within.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, at offset: Int
  ) -> Number {
    precondition(offset >= 0 && offset + MemoryLayout<Number>.size <= count, "outside the image")
    // SAFETY: checked in the line above.
    return Number(littleEndian: unsafe base.loadUnaligned(fromByteOffset: offset, as: type))
  }

  /// The values of a section in place.
  func array<Element: BitwiseCopyable & Sendable>(
    _ type: Element.Type, offset: Int, count: Int
  ) -> FlatArray<Element> {
    let size = count * MemoryLayout<Element>.stride
    precondition(offset % MemoryLayout<Element>.alignment == 0, "a section out of line")
    precondition(offset >= 0 && size >= 0 && offset + size <= self.count, "outside the image")
    // SAFETY: the section lies within the memory, in line, and `owner` keeps it.
    return unsafe FlatArray(
      base: (base + offset).assumingMemoryBound(to: type), count: count, owner: owner)
  }
}

/// Bytes in memory of their own, in line for all tables.
@safe
private final class AlignedCopy {
  let base: UnsafeMutableRawPointer
  let count: Int

  init(_ bytes: Span<UInt8>) {
    count = bytes.count
    unsafe base = .allocate(byteCount: max(count, 1), alignment: CompiledImage.alignment)
    // SAFETY: `count` bytes were allocated, and so many are copied.
    unsafe bytes.withUnsafeBytes { source in
      guard let start = source.baseAddress else { return }
      unsafe base.copyMemory(from: start, byteCount: source.count)
    }
  }

  deinit { unsafe base.deallocate() }
}
