import Tok
import TokShards
import TokView

/// Writes what encoding gives in one format.
protocol TokenWriter {
  /// Ranges are asked for, a document at a time, with its text.
  var needsRanges: Bool { get }
  mutating func write(_ batch: EncodedBatch, to file: OutputFile) throws
  mutating func write(_ tokens: [Token], of text: Span<UInt8>, to file: OutputFile) throws
  mutating func finish(_ file: OutputFile) throws
}

extension TokenWriter {
  var needsRanges: Bool { false }
  mutating func write(_ batch: EncodedBatch, to file: OutputFile) throws {}
  mutating func write(_ tokens: [Token], of text: Span<UInt8>, to file: OutputFile) throws {}
  mutating func finish(_ file: OutputFile) throws {}
}

/// A line of decimal ids for each document.
struct IDLineWriter: TokenWriter {
  mutating func write(_ batch: EncodedBatch, to file: OutputFile) throws {
    try file.write(DecimalLines.bytes(batch.ids, ends: batch.ends))
  }
}

/// Little-endian numbers, nothing between documents.
struct NumberWriter: TokenWriter {
  let width: Int

  mutating func write(_ batch: EncodedBatch, to file: OutputFile) throws {
    try file.write { bytes in
      bytes.reserveCapacity(bytes.count + batch.ids.count * width)
      for id in batch.ids {
        bytes.append(UInt8(truncatingIfNeeded: id))
        bytes.append(UInt8(truncatingIfNeeded: id >> 8))
        if width == 4 {
          bytes.append(UInt8(truncatingIfNeeded: id >> 16))
          bytes.append(UInt8(truncatingIfNeeded: id >> 24))
        }
      }
    }
  }
}

/// One array in NumPy's format 1.0. Its length stands in front, so that all ids are kept until the end.
struct ArrayWriter: TokenWriter {
  private var ids: [TokenID] = []

  mutating func write(_ batch: EncodedBatch, to file: OutputFile) throws { ids += batch.ids }

  mutating func finish(_ file: OutputFile) throws {
    var header = "{'descr': '<u4', 'fortran_order': False, 'shape': (\(ids.count),), }"
    // The data begins at a multiple of 64; ten bytes stand before the header, a newline ends it.
    while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    try file.write([0x93] + Array("NUMPY".utf8) + [1, 0])
    try file.write(UInt16(header.utf8.count).littleEndianBytes)
    try file.write(header.utf8)
    var batch = EncodedBatch()
    batch.ids = ids
    var numbers = NumberWriter(width: 4)
    try numbers.write(batch, to: file)
  }
}

/// A token a line as JSON string, and an empty line between documents.
struct TokenLineWriter: TokenWriter {
  private let tokenizer: Tokenizer
  private var isFirst = true

  init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  mutating func write(_ batch: EncodedBatch, to file: OutputFile) throws {
    let tokenizer = tokenizer
    var isFirst = isFirst
    try file.write { bytes in
      for document in 0..<batch.count {
        if !isFirst { bytes.append(0x0A) }
        isFirst = false
        for id in batch[document] {
          JSONText.append(tokenizer.text(of: id), to: &bytes)
          bytes.append(0x0A)
        }
      }
    }
    self.isFirst = isFirst
  }
}

/// The text itself, each token on a ground of another colour.
struct ColorWriter: TokenWriter {
  private let terminal: TerminalText

  init(_ tokenizer: Tokenizer) { terminal = TerminalText(tokenizer) }

  var needsRanges: Bool { true }

  mutating func write(_ tokens: [Token], of text: Span<UInt8>, to file: OutputFile) throws {
    // subtle: the file's buffer is filled in a closure, which cannot hold a span.
    var bytes: [UInt8] = []
    terminal.append(tokens, of: text, to: &bytes)
    try file.write(bytes)
  }
}

/// An object with ids, tokens and byte ranges for each document.
struct ObjectWriter: TokenWriter {
  private let tokenizer: Tokenizer

  init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  var needsRanges: Bool { true }

  mutating func write(_ tokens: [Token], of text: Span<UInt8>, to file: OutputFile) throws {
    let tokenizer = tokenizer
    try file.write { bytes in
      list(tokens, "{\"ids\":", &bytes) { token, bytes in JSONText.append(token.id, to: &bytes) }
      list(tokens, ",\"tokens\":", &bytes) { token, bytes in
        JSONText.append(tokenizer.text(of: token.id), to: &bytes)
      }
      list(tokens, ",\"ranges\":", &bytes) { token, bytes in
        bytes.append(UInt8(ascii: "["))
        JSONText.append(token.range.lowerBound, to: &bytes)
        bytes.append(UInt8(ascii: ","))
        JSONText.append(token.range.upperBound, to: &bytes)
        bytes.append(UInt8(ascii: "]"))
      }
      bytes.append(contentsOf: "}\n".utf8)
    }
  }

  private func list(
    _ tokens: [Token], _ name: String, _ bytes: inout [UInt8],
    _ append: (Token, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: name.utf8)
    bytes.append(UInt8(ascii: "["))
    for (index, token) in tokens.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(token, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
  }
}

extension Tokenizer {
  /// A token's bytes as text; what is not UTF-8 as U+FFFD.
  func text(of id: TokenID) -> String { String(decoding: bytes(of: id) ?? [], as: UTF8.self) }
}
