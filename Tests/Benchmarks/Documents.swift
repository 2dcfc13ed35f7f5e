/// The documents of a corpus, each ended by a NUL; what follows the last is one too unless empty.
struct Documents {
  let bytes: [UInt8]
  private(set) var ranges: [Range<Int>] = []

  /// The bytes of the documents, without the NULs.
  private(set) var byteCount = 0

  /// - Parameter limit: whole documents are taken up to this many bytes, at least one.
  init(_ path: String, limit: Int) throws(BenchmarkError) {
    bytes = try readFile(path)
    var start = 0
    for index in 0...bytes.count {
      guard index == bytes.count || bytes[index] == 0 else { continue }
      if index == bytes.count, start == index { break }
      if !ranges.isEmpty, byteCount + index - start > limit { break }
      ranges.append(start..<index)
      byteCount += index - start
      start = index + 1
    }
    guard byteCount > 0 else { throw BenchmarkError(message: "\(path): no documents") }
  }
}
