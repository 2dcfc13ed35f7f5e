#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What the module asks of the system, with its errors.
enum SystemCalls {
  /// What the last call that failed says of `path`.
  static func error(_ reason: ShardError.Reason, _ path: String) -> ShardError {
    ShardError(reason, unsafe String(cString: strerror(errno)), place: path)
  }

  /// Reads at most as many bytes as `buffer` has; 0 at the end.
  ///
  /// - Parameter offset: where to read; nil for where the last call ended.
  static func read(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, at offset: Int? = nil,
    _ path: String
  ) throws(ShardError) -> Int {
    while true {
      let count =
        unsafe offset.map { unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t($0)) }
        ?? systemRead(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw error(.unreadable, path) }
    }
  }

  /// Writes all of `buffer`.
  ///
  /// - Parameter offset: where to; nil for where the last call ended.
  static func write(
    _ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, at offset: Int? = nil, _ path: String
  ) throws(ShardError) {
    var start = 0
    while start < buffer.count {
      let count =
        unsafe offset.map {
          unsafe pwrite(
            descriptor, buffer.baseAddress! + start, buffer.count - start, off_t($0 + start))
        } ?? systemWrite(descriptor, buffer.baseAddress! + start, buffer.count - start)
      if count >= 0 {
        start += count
      } else if errno != EINTR {
        throw error(.unwritable, path)
      }
    }
  }

  /// All bytes of a small file.
  static func contents(of path: String) throws(ShardError) -> [UInt8] {
    var contents: [UInt8] = []
    try forEachBlock(of: path) { (block) in contents += block }
    return contents
  }

  /// Gives the bytes of a file to `body`, a megabyte at a time; only the last block may have less.
  static func forEachBlock(
    of path: String, _ body: (ArraySlice<UInt8>) throws(ShardError) -> Void
  ) throws(ShardError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error(.unreadable, path) }
    defer { _ = close(descriptor) }
    var block = [UInt8](repeating: 0, count: 1 << 20)
    var filled = 0
    while true {
      let start = filled
      let count = try unsafe block.withUnsafeMutableBufferPointer { (block) throws(ShardError) in
        try unsafe read(
          descriptor,
          UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: block[start...])), path
        )
      }
      filled += count
      if filled == block.count || count == 0 && filled > 0 {
        try body(block[..<filled])
        filled = 0
      }
      if count == 0 { return }
    }
  }

  /// Gives a file its place; what stood there before is gone.
  static func rename(_ from: String, to path: String) throws(ShardError) {
    guard unsafe systemRename(from, path) == 0 else { throw error(.unwritable, path) }
  }

  static func remove(_ path: String) { _ = unsafe unlink(path) }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Makes a folder, and those above it, unless they are there.
  static func makeFolder(_ path: String) throws(ShardError) {
    if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    if errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      try makeFolder(String(path[..<slash]))
      if unsafe mkdir(path, 0o777) == 0 || errno == EEXIST { return }
    }
    throw error(.unwritable, path)
  }

  /// Makes the names of a folder last, which renaming alone does not.
  static func syncFolder(_ path: String) throws(ShardError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw error(.unwritable, path) }
    defer { _ = close(descriptor) }
    // subtle: some file systems know no syncing of folders and say EINVAL; there it is not needed.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw error(.unwritable, path) }
  }

  /// The names of all files of a folder, in the order of their bytes.
  static func names(in path: String) throws(ShardError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw error(.unreadable, path) }
    defer { _ = unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      // SAFETY: the name ends with a NUL within the entry.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The size of a regular file and when it was changed, as `seconds.nanoseconds`; nil for all else.
  static func status(_ path: String) -> (size: Int, modified: String)? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let changed = status.st_mtimespec
    #else
      let changed = status.st_mtim
    #endif
    let fraction = String(changed.tv_nsec)
    let zeros = String(repeating: "0", count: 9 - fraction.utf8.count)
    return (Int(status.st_size), "\(changed.tv_sec).\(zeros)\(fraction)")
  }

  /// Seconds on a clock that never goes back.
  static var seconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

// Their names are those of the functions above.
private let systemRead = unsafe read as @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int
private let systemWrite = unsafe write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int
private let systemRename =
  unsafe rename as @Sendable (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32
