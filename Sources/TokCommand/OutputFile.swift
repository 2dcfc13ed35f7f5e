/// Where results go: standard output, or a file that appears only when it is whole.
///
/// A file is written under another name beside its place, synced, and renamed; if the command fails
/// or is interrupted, the other name is removed and what was there before is untouched.
final class OutputFile {
  private let path: String?
  /// The file whose place is taken.
  private let target: String
  private var temporary: String?
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 20

  /// - Parameter path: nil for standard output.
  init(_ path: String?) throws {
    self.path = path == "-" ? nil : path
    guard let path = self.path else {
      descriptor = 1
      target = ""
      return
    }
    if System.isSpecialFile(path) {
      // A device or a pipe is written to: a file must not take its place.
      target = path
      descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw Failure("\(path): \(System.lastError())") }
      return
    }
    // What a link names is replaced, not the link.
    target = System.resolved(path)
    let name = "\(target).\(getpid()).part"
    descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Failure("\(path): \(System.lastError())") }
    temporary = name
    Interruption.remove(name)
    System.copyPermissions(from: target, to: descriptor)
  }

  deinit {
    guard let temporary else { return }
    _ = close(descriptor)
    _ = unsafe unlink(temporary)
  }

  /// Whether the bytes go to a terminal.
  var isTerminal: Bool { System.isTerminal(descriptor) }

  func write(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Appends to the buffer in place.
  func write(_ body: (inout [UInt8]) -> Void) throws {
    body(&buffer)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Hands on what is collected.
  func flush() throws {
    var start = 0
    while start < buffer.count {
      let count = unsafe buffer.withUnsafeBytes { bytes in
        unsafe Self.write(descriptor, bytes.baseAddress! + start, bytes.count - start)
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { throw ClosedPipe() }
        throw Failure("\(path ?? "standard output"): \(System.lastError())")
      }
      start += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private static func write(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.write(descriptor, base, count)
    #elseif canImport(Glibc)
      unsafe Glibc.write(descriptor, base, count)
    #else
      unsafe Musl.write(descriptor, base, count)
    #endif
  }

  /// Writes what is left and puts the file in its place.
  func finish() throws {
    try flush()
    guard let path, let temporary else { return }
    guard fsync(descriptor) == 0, close(descriptor) == 0, System.rename(temporary, target) else {
      let reason = System.lastError()
      _ = unsafe unlink(temporary)
      self.temporary = nil
      throw Failure("\(path): \(reason)")
    }
    self.temporary = nil
    Interruption.forget()
  }
}

/// Removes unfinished files when the command is told to stop.
enum Interruption {
  // SAFETY: written before the handlers are set and after they are reset, read only by them.
  nonisolated(unsafe) private static var names: [UnsafeMutablePointer<CChar>?] = unsafe [nil, nil]
  nonisolated(unsafe) private static var count = 0

  /// Removes the file `name` on an interrupt or a termination.
  static func remove(_ name: String) {
    guard unsafe count < 2 else { return }
    unsafe names[count] = strdup(name)
    unsafe count += 1
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      Self.handle(signal) { Interruption.end($0) }
    }
  }

  /// Removes the files and ends the command; a handler of signals may call it.
  static func end(_ signal: Int32) -> Never {
    for index in 0..<(unsafe count) {
      if let name = unsafe names[index] { _ = unsafe unlink(name) }
    }
    _exit(128 + signal)
  }

  /// The files are in their places.
  static func forget() {
    for signal in [SIGINT, SIGTERM, SIGHUP] { Self.handle(signal, SIG_DFL) }
    unsafe count = 0
  }

  private static func handle(_ number: Int32, _ handler: (@convention(c) (Int32) -> Void)?) {
    _ = signal(number, handler)
  }
}
