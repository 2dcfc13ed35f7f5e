#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Seconds on two clocks: what passed for everyone, and what this process computed on all its
/// threads. The second hardly notices other work on the machine.
struct Elapsed {
  var wall: Double
  var processor: Double

  /// How long `body` takes.
  static func during(_ body: () throws -> Void) rethrows -> Elapsed {
    let wall = seconds(CLOCK_MONOTONIC)
    let processor = seconds(CLOCK_PROCESS_CPUTIME_ID)
    try body()
    return Elapsed(
      wall: seconds(CLOCK_MONOTONIC) - wall,
      processor: seconds(CLOCK_PROCESS_CPUTIME_ID) - processor)
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// The memory of this process that is in use now, in MB, or nil where the system does not say.
func residentMegabytes() -> Double? {
  guard let status = try? readFile("/proc/self/status") else { return nil }
  let text = String(decoding: status, as: UTF8.self)
  for line in text.split(separator: "\n") where line.hasPrefix("VmRSS:") {
    return line.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 * 1.024e-3 }
  }
  return nil
}

/// The bytes of a file, in memory of our own: reading them later asks no disk.
func readFile(_ path: String) throws(BenchmarkError) -> [UInt8] {
  guard let file = unsafe fopen(path, "rb") else {
    throw BenchmarkError(message: "\(path): \(unsafe String(cString: strerror(errno)))")
  }
  defer { _ = unsafe fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 20)
  while true {
    let count = unsafe fread(&chunk, 1, chunk.count, file)
    if count == 0 { break }
    bytes.append(contentsOf: chunk[..<count])
  }
  return bytes
}

/// Writes a file, or to standard output where `path` is nil.
func writeFile(_ path: String?, _ bytes: [UInt8]) throws(BenchmarkError) {
  let place = path ?? "standard output"
  // Standard output may be a file that others write to as well, so it is not opened anew.
  guard let file = unsafe path.map({ unsafe fopen($0, "wb") }) ?? fdopen(dup(STDOUT_FILENO), "wb")
  else {
    throw BenchmarkError(message: "\(place): \(unsafe String(cString: strerror(errno)))")
  }
  let count = unsafe fwrite(bytes, 1, bytes.count, file)
  guard unsafe fclose(file) == 0, count == bytes.count else {
    throw BenchmarkError(message: "\(place): \(unsafe String(cString: strerror(errno)))")
  }
}
