#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Files that must not outlive the program: at most two at a time, the output and its lengths.
enum TemporaryFiles {
  // SAFETY: written by the one thread that opens and closes files; read there, and by a signal's
  // handler, which sees the old or the new pointer. The names are never freed.
  private nonisolated(unsafe) static var first: UnsafeMutablePointer<CChar>?
  private nonisolated(unsafe) static var second: UnsafeMutablePointer<CChar>?

  /// From now on the file goes when the program does.
  static func add(_ path: String) {
    let name = unsafe strdup(path)
    if unsafe first == nil { unsafe first = name } else { unsafe second = name }
  }

  /// The file has its own name now and stays.
  static func keep(_ path: String) {
    if unsafe isSame(first, path) { unsafe first = nil }
    if unsafe isSame(second, path) { unsafe second = nil }
  }

  /// Removes all there are.
  static func removeAll() {
    if let name = unsafe first { _ = unsafe unlink(name) }
    if let name = unsafe second { _ = unsafe unlink(name) }
  }

  /// Removes all there are before the program ends by a signal.
  static func removeWhenInterrupted() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // Who ignores a signal, as `nohup` does, means it.
      let before = unsafe signal(number, SIG_IGN)
      if unsafe isIgnored(before) { continue }
      _ = unsafe signal(number) { number in
        TemporaryFiles.removeAll()
        _ = unsafe signal(number, SIG_DFL)
        _ = raise(number)
      }
    }
  }

  #if canImport(Darwin)
    private typealias Handler = @convention(c) (Int32) -> Void
  #else
    private typealias Handler = __sighandler_t
  #endif

  private static func isIgnored(_ handler: Handler?) -> Bool {
    unsafe unsafeBitCast(handler, to: Int.self) == unsafe unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func isSame(_ name: UnsafeMutablePointer<CChar>?, _ path: String) -> Bool {
    guard let name = unsafe name else { return false }
    return unsafe String(cString: name) == path
  }
}
