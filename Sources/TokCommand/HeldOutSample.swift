import Tok
import TokShards

/// A text on which a trained tokenizer is measured.
struct HeldOutSample {
  /// What messages call it.
  var title: String
  var bytes: [UInt8]

  private static let greatestShare = 1_000_000

  /// The file `path`; without one, the last hundredth of the last file of `text`, at most 1 MB, from the
  /// beginning of a line on.
  ///
  /// Nil where there is neither: the training text is a stream, compressed, word counts or JSON.
  init?(_ path: String?, else text: TrainingTextOptions) throws {
    if let path {
      guard let end = System.regularFileSize(path) else {
        throw Failure("\(path): no file, or not a regular one")
      }
      bytes = try Self.read(path, 0..<end)
      title = path
      return
    }
    guard !text.counts, text.jsonl == nil,
      let last = text.names.last(where: { System.regularFileSize($0) != nil }),
      let size = System.regularFileSize(last), !DocumentReader.isCompressed(last)
    else { return nil }
    let share = min(max(size / 100, 1), Self.greatestShare)
    bytes = try Self.read(last, max(size - share, 0)..<size)
    // The first line is a part of one.
    if share < size, let newline = bytes.firstIndex(of: 0x0A), newline + 1 < bytes.count {
      bytes.removeFirst(newline + 1)
    }
    title = "the end of \(last), a part of the training text"
  }

  /// How many tokens the lines become.
  func tokenCount(_ tokenizer: Tokenizer, threads: Int) throws -> Int {
    var lines: [Range<Int>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A || index == bytes.count - 1 {
      lines.append(start..<index + 1)
      start = index + 1
    }
    do {
      let encoded = try tokenizer.encode(
        documents: lines, in: bytes.span, addsTemplate: false, threads: threads)
      return (0..<encoded.count).reduce(0) { $0 + encoded.range($1).count }
    } catch {
      throw Failure("\(title): \(error.error)")
    }
  }

  private static func read(_ path: String, _ range: Range<Int>) throws -> [UInt8] {
    let descriptor = System.openForReading(path)
    guard descriptor >= 0 else { throw Failure("\(path): \(System.lastError())") }
    defer { _ = close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done,
          off_t(range.lowerBound + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure("\(path): \(System.lastError())") }
      // It was made shorter meanwhile.
      if count == 0 { break }
      done += count
    }
    bytes.removeLast(bytes.count - done)
    return bytes
  }
}
