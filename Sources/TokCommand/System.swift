// The calls of the system that the command makes, under one import for all platforms.
#if canImport(Darwin)
  @_exported import Darwin
#elseif canImport(Glibc)
  @_exported import Glibc
#elseif canImport(Musl)
  @_exported import Musl
#endif

enum System {
  /// What the last call that failed says.
  static func lastError() -> String { unsafe String(cString: strerror(errno)) }

  /// Whether a descriptor is a terminal.
  static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

  /// Whether the environment allows colours: `NO_COLOR` is empty or not set (no-color.org), and the
  /// terminal is not one that shows codes as signs.
  static var wantsColor: Bool {
    let (refusal, terminal) = (environment("NO_COLOR"), environment("TERM"))
    return refusal.isEmpty && terminal != "dumb"
  }

  private static func environment(_ name: String) -> String {
    unsafe getenv(name).map { unsafe String(cString: $0) } ?? ""
  }

  /// Whether there is a file or folder of this name.
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether there is a file of this name that is no folder.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Whether `path` names a device, a pipe or a socket.
  static func isSpecialFile(_ path: String) -> Bool {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }

  /// A descriptor for reading, or a negative number.
  static func openForReading(_ path: String) -> Int32 { unsafe open(path, O_RDONLY | O_CLOEXEC) }

  /// How many bytes a regular file has; nil for what is none.
  static func regularFileSize(_ path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// `path` without symbolic links, or as it is if there is nothing.
  static func resolved(_ path: String) -> String {
    guard let resolved = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Gives the open file the permissions of the one at `path`, if there is one.
  static func copyPermissions(from path: String, to descriptor: Int32) {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return }
    _ = fchmod(descriptor, status.st_mode & 0o7777)
  }

  /// Whether a read would give something, or the end, without waiting.
  static func isReadable(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// Gives a file another name, in the place of whatever has it.
  static func rename(_ from: String, _ to: String) -> Bool {
    #if canImport(Darwin)
      unsafe Darwin.rename(from, to) == 0
    #elseif canImport(Glibc)
      unsafe Glibc.rename(from, to) == 0
    #else
      unsafe Musl.rename(from, to) == 0
    #endif
  }

  /// How many processors there are.
  static var processorCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Seconds on a clock that never goes back.
  static var seconds: Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The most memory that the process had, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    #if canImport(Darwin)
      _ = unsafe getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #else
      // 0 is RUSAGE_SELF, whose type differs between the C libraries.
      _ = unsafe getrusage(0, &usage)
      return usage.ru_maxrss * 1024
    #endif
  }

  /// Ends the program.
  static func stop(_ status: Int32) -> Never { exit(status) }

  /// Writes a line to standard error.
  static func complain(_ message: String) {
    var bytes = Array(message.utf8)
    bytes.append(0x0A)
    _ = unsafe write(2, bytes, bytes.count)
  }
}
