internal import Tokenization

/// Ids as they stand in files, a megabyte of them at most.
@safe
struct IDBytes: ~Copyable {
  // SAFETY: allocated in `init`, given back in `deinit`; `count` bytes of it are written.
  private let buffer: UnsafeMutableRawBufferPointer
  private let width: Int
  private var count = 0

  init(_ type: IDType) {
    unsafe buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 8)
    width = type.width
  }

  deinit { unsafe buffer.deallocate() }

  var isFull: Bool { unsafe count == buffer.count }

  /// Takes as many ids as there is room for, and says how many.
  ///
  /// - Complexity: O(*n*); the loops become vectors.
  mutating func append(_ ids: UnsafeBufferPointer<TokenID>) -> Int {
    let taken = unsafe min(ids.count, (buffer.count - count) / width)
    guard taken > 0, let source = ids.baseAddress else { return 0 }
    // SAFETY: `taken` ids have room behind `count`, which is a multiple of their width.
    let target = unsafe buffer.baseAddress! + count
    if width == 2 {
      let narrow = unsafe target.bindMemory(to: UInt16.self, capacity: taken)
      for index in 0..<taken {
        unsafe narrow[index] = UInt16(truncatingIfNeeded: source[index]).littleEndian
      }
    } else {
      let wide = unsafe target.bindMemory(to: UInt32.self, capacity: taken)
      for index in 0..<taken { unsafe wide[index] = source[index].littleEndian }
    }
    count += taken * width
    return taken
  }

  /// Gives the bytes to `body`.
  func withBytes(
    _ body: (UnsafeRawBufferPointer) throws(ShardError) -> Void
  ) throws(ShardError) {
    try unsafe body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
  }

  mutating func removeAll() { count = 0 }
}

extension [UInt8] {
  /// The ids that stand here; what is left behind the last whole one is not looked at.
  ///
  /// - Complexity: O(*n*)
  func ids(of type: IDType) -> [TokenID] {
    let count = self.count / type.width
    return unsafe withUnsafeBytes { bytes in
      unsafe [TokenID](unsafeUninitializedCapacity: count) { ids, filled in
        // SAFETY: there are `count` numbers of this width.
        if type.width == 2 {
          for index in 0..<count {
            let id = unsafe bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
            unsafe ids.initializeElement(at: index, to: TokenID(UInt16(littleEndian: id)))
          }
        } else {
          for index in 0..<count {
            let id = unsafe bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self)
            unsafe ids.initializeElement(at: index, to: TokenID(UInt32(littleEndian: id)))
          }
        }
        filled = count
      }
    }
  }
}
