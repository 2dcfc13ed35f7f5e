/// Documents that were read together.
struct DocumentChunk: Sendable {
  /// All bytes, those of separators too.
  var bytes: [UInt8] = []
  /// In the order in which they stand.
  var documents: [Document] = []
}

/// A document and where it comes from.
struct Document: Sendable {
  /// The place in the bytes of its chunk.
  var range: Range<Int>
  /// The name of its file.
  var file: String
  /// Its number in that file; the first is 1.
  var number: Int
}

/// Reads documents from files, some megabytes at a time. A document longer than that makes its chunk
/// as long as it is.
struct DocumentReader {
  private var paths: ArraySlice<String>
  private let separator: UInt8?
  private let chunkSize: Int
  private var source: ByteSource?
  /// What was read behind the last document.
  private var rest: [UInt8] = []
  private var number = 0
  /// The bytes read so far.
  private(set) var byteCount = 0

  /// - Parameters:
  ///   - paths: the files, `-` being standard input.
  ///   - separator: the byte that ends a document; nil if each file is one.
  init(_ paths: [String], separator: UInt8?, chunkSize: Int = 4 << 20) {
    self.paths = paths[...]
    self.separator = separator
    self.chunkSize = chunkSize
  }

  /// The next documents, at least one; nil behind the last.
  mutating func next() throws(Failure) -> DocumentChunk? {
    var chunk = DocumentChunk(bytes: rest)
    rest = []
    // Where the document begins that is not complete, and how far it was searched for its end.
    var start = 0
    var searched = chunk.bytes.count
    while true {
      guard let source = try openSource() else {
        return chunk.documents.isEmpty ? nil : chunk
      }
      let wanted = max(chunkSize - chunk.bytes.count, chunkSize / 4)
      let got = try source.read(upTo: wanted, into: &chunk.bytes)
      byteCount += got
      if got == 0 {
        if separator == nil || start < chunk.bytes.count {
          add(start..<chunk.bytes.count, of: source, to: &chunk)
        }
        start = chunk.bytes.count
        searched = start
        self.source = nil
      } else if let separator {
        while let end = System.firstPlace(
          of: separator, in: chunk.bytes, searched..<chunk.bytes.count)
        {
          add(start..<end, of: source, to: &chunk)
          start = end + 1
          searched = start
        }
        searched = chunk.bytes.count
      } else {
        continue
      }
      if chunk.documents.isEmpty { continue }
      // Who writes slowly wants to see each document when it is there.
      if chunk.bytes.count >= chunkSize || got > 0 && source.isDrained {
        rest = Array(chunk.bytes[start...])
        return chunk
      }
    }
  }

  private mutating func openSource() throws(Failure) -> ByteSource? {
    if let source { return source }
    guard let path = paths.popFirst() else { return nil }
    let opened = try ByteSource(path)
    source = opened
    number = 0
    return opened
  }

  private mutating func add(
    _ range: Range<Int>, of source: ByteSource, to chunk: inout DocumentChunk
  ) {
    number += 1
    chunk.documents.append(Document(range: range, file: source.name, number: number))
  }
}
