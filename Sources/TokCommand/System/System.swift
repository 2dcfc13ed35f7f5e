#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The calls to the system that a command needs; only this folder imports them.
enum System {
  static let standardInput: Int32 = 0
  static let standardOutput: Int32 = 1
  static let standardError: Int32 = 2

  static func exit(_ status: Int32) -> Never {
    #if canImport(Darwin)
      Darwin.exit(status)
    #elseif canImport(Glibc)
      Glibc.exit(status)
    #else
      Musl.exit(status)
    #endif
  }

  /// A write to a closed pipe is an error like others, not the end.
  static func ignoreClosedPipes() { _ = unsafe signal(SIGPIPE, SIG_IGN) }

  /// What went wrong in the last call.
  static var lastError: String { unsafe String(cString: strerror(errno)) }

  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  static func variable(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  static var processID: Int32 { getpid() }

  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Seconds since some moment.
  static var seconds: Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Writes a message; nobody can be told if that fails.
  static func writeError(_ text: String) {
    try? write(Array(text.utf8).span, to: standardError)
  }
}

// MARK: - Reading

extension System {
  /// Opens a file for reading.
  static func open(_ path: String) throws(SystemError) -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.open(path, O_RDONLY | O_CLOEXEC)
    #elseif canImport(Glibc)
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    #else
      let descriptor = Musl.open(path, O_RDONLY | O_CLOEXEC)
    #endif
    guard descriptor >= 0 else { throw SystemError() }
    return descriptor
  }

  static func close(_ descriptor: Int32) {
    #if canImport(Darwin)
      _ = Darwin.close(descriptor)
    #elseif canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Musl.close(descriptor)
    #endif
  }

  /// Appends at most `count` bytes to `bytes`; what it returns is how many, 0 at the end.
  static func read(
    _ descriptor: Int32, upTo count: Int, into bytes: inout [UInt8], by block: inout [UInt8]
  ) throws(SystemError) -> Int {
    let wanted = min(count, block.count)
    while true {
      #if canImport(Darwin)
        let got = unsafe Darwin.read(descriptor, &block, wanted)
      #elseif canImport(Glibc)
        let got = unsafe Glibc.read(descriptor, &block, wanted)
      #else
        let got = unsafe Musl.read(descriptor, &block, wanted)
      #endif
      if got >= 0 {
        bytes.append(contentsOf: block[..<got])
        return got
      }
      guard errno == EINTR else { throw SystemError() }
    }
  }

  /// Whether a read would give something, or the end, without waiting.
  static func isReadable(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// The size of a regular file, or nil for anything else.
  static func size(of descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    return Int(status.st_size)
  }

  /// The place of the first `byte` in `bytes[range]`.
  static func firstPlace(of byte: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "\(range)")
    // SAFETY: the range was checked; the result points into it.
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      guard !range.isEmpty, let base = buffer.baseAddress,
        let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }
}

/// Why a call of the system failed.
struct SystemError: Error {
  let code: Int32

  init() { code = errno }

  var isClosedPipe: Bool { code == EPIPE }

  var message: String { unsafe String(cString: strerror(code)) }
}

// MARK: - Writing

extension System {
  /// Writes all of `bytes`.
  static func write(_ bytes: Span<UInt8>, to descriptor: Int32) throws(SystemError) {
    var start = 0
    while start < bytes.count {
      let rest = bytes.extracting(start...)
      // SAFETY: as many bytes are read as the buffer has.
      let written = unsafe rest.withUnsafeBufferPointer { buffer in
        #if canImport(Darwin)
          unsafe Darwin.write(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Glibc)
          unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
        #else
          unsafe Musl.write(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if written >= 0 { start += written } else if errno != EINTR { throw SystemError() }
    }
  }

  /// Writes all of `bytes` over what stands at `place`, which must be little enough for one call.
  static func overwrite(
    _ bytes: [UInt8], at place: Int, of descriptor: Int32
  ) throws(SystemError) {
    guard unsafe pwrite(descriptor, bytes, bytes.count, off_t(place)) == bytes.count else {
      throw SystemError()
    }
  }

  /// Where the next byte will be written, if what is written can be changed afterwards.
  static func rewritablePlace(of descriptor: Int32) -> Int? {
    let flags = fcntl(descriptor, F_GETFL)
    guard size(of: descriptor) != nil, flags >= 0, flags & O_APPEND == 0 else { return nil }
    let place = lseek(descriptor, 0, SEEK_CUR)
    return place >= 0 ? Int(place) : nil
  }

  /// Whether `path` names something that a file cannot take the place of: a device, a pipe.
  static func isSpecialFile(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  /// `path` without symbolic links, or as it is if there is nothing.
  static func resolved(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Opens something that exists for writing.
  static func openForWriting(_ path: String) throws(SystemError) -> Int32 {
    try open(path, flags: O_WRONLY | O_CLOEXEC)
  }

  /// Makes a file that must not exist; nil if it does.
  static func create(_ path: String) throws(SystemError) -> Int32? {
    do {
      return try open(path, flags: O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC)
    } catch {
      if error.code == EEXIST { return nil }
      throw error
    }
  }

  private static func open(_ path: String, flags: Int32) throws(SystemError) -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.open(path, flags, 0o666)
    #elseif canImport(Glibc)
      let descriptor = Glibc.open(path, flags, 0o666)
    #else
      let descriptor = Musl.open(path, flags, 0o666)
    #endif
    guard descriptor >= 0 else { throw SystemError() }
    return descriptor
  }

  /// Gives the open file the permissions of the one at `path`, if there is one.
  static func copyPermissions(from path: String, to descriptor: Int32) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return }
    _ = fchmod(descriptor, status.st_mode & 0o7777)
  }

  /// Waits until the file is on the disk.
  static func synchronize(_ descriptor: Int32) throws(SystemError) {
    // Some file systems cannot, and say so.
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw SystemError()
    }
  }

  /// Gives a file another name, in place of what has it.
  static func rename(_ path: String, to target: String) throws(SystemError) {
    #if canImport(Darwin)
      let result = Darwin.rename(path, target)
    #elseif canImport(Glibc)
      let result = Glibc.rename(path, target)
    #else
      let result = Musl.rename(path, target)
    #endif
    guard result == 0 else { throw SystemError() }
  }
}
