// Gives a fuzz entrance each of some files, each beginning of it, and 10,000 changed copies, which are
// the same in every run; then says how many there were, how long the slowest took, and how much memory
// all of it needed at most. A crash ends the program; so does an input that takes longer than ten
// seconds or the memory beyond 4 GB.

import Glibc

@_silgen_name("LLVMFuzzerTestOneInput")
private func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt

private struct Run {
  var inputs = 0
  var slowest = 0.0
  /// Where the input is left if it ends the program.
  let place: String

  init(place: String) { self.place = place }

  mutating func give(_ bytes: [UInt8]) {
    guard let file = fopen(place, "w") else { preconditionFailure("cannot write \(place)") }
    _ = bytes.withUnsafeBufferPointer { fwrite($0.baseAddress, 1, $0.count, file) }
    fclose(file)
    alarm(10)
    let start = seconds()
    _ = bytes.withUnsafeBufferPointer { fuzz($0.baseAddress, $0.count) }
    slowest = max(slowest, seconds() - start)
    alarm(0)
    inputs += 1
  }

  private func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// SplitMix64.
private struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Numbers that claim too much, as text and in the bytes of several formats.
private let largeNumbers: [[UInt8]] = [
  Array("4294967295".utf8), Array("2147483648".utf8), Array("99999999999999999999".utf8),
  Array("-1".utf8), Array("1e999".utf8), [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80],
  [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
  [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
]

/// One to three changes: a bit, a byte, one that is missing, a stretch of another place over or between
/// what stands there, a large number in the same ways, the same opened many times.
private func changed(_ file: [UInt8], _ generator: inout Generator) -> [UInt8] {
  var bytes = file
  for _ in 0..<Int.random(in: 1...3, using: &generator) {
    guard let place = bytes.indices.randomElement(using: &generator) else { return bytes }
    let stretch: [UInt8]
    switch Int.random(in: 0..<8, using: &generator) {
    case 0:
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      continue
    case 1:
      bytes[place] = UInt8.random(in: 0...255, using: &generator)
      continue
    case 2:
      bytes.removeSubrange(
        place..<min(place + Int.random(in: 1...16, using: &generator), bytes.count))
      continue
    case 3, 4:
      let from = bytes.indices.randomElement(using: &generator) ?? 0
      stretch = Array(bytes[from...].prefix(Int.random(in: 1...64, using: &generator)))
    case 5, 6: stretch = largeNumbers.randomElement(using: &generator) ?? []
    default:
      let times = Int.random(in: 2...2_000, using: &generator)
      stretch = Array(repeating: bytes[place], count: times)
    }
    let covered = Bool.random(using: &generator) ? stretch.count : 0
    bytes.replaceSubrange(place..<min(place + covered, bytes.count), with: stretch)
  }
  return bytes
}

private func contents(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { preconditionFailure("cannot read \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while case let byte = getc(file), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
  return bytes
}

@main enum EveryChange {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 3 else { preconditionFailure("EveryChange PLACE FILE...") }
    let files = arguments[2...].map(contents)
    var run = Run(place: arguments[1])
    for file in files {
      for end in 0...file.count { run.give(Array(file[..<end])) }
    }
    let whole = run.inputs
    var generator = Generator(state: 2026)
    for turn in 0..<10_000 { run.give(changed(files[turn % files.count], &generator)) }
    unlink(run.place)
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    print(
      "\(files.count) files, \(whole) beginnings, \(run.inputs - whole) changed copies; slowest "
        + "\(Int(run.slowest * 1000)) ms, \(usage.ru_maxrss / 1024) MB at most")
  }
}
