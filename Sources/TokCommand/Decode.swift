import ArgumentParser
import Tok
import TokShards

/// `tok decode`
struct Decode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turns tokens back into text.",
    discussion: """
      Special tokens are left out, as the originals do. Each document ends with the separator asked \
      for; a single one has none.

      Example: tok encode notes.txt | tok decode
      """)

  @OptionGroup var vocabulary: VocabularyOptions

  @Option(help: "What is read: a line of ids for each document, or numbers.")
  var from: Format = .ids

  @Option(
    help: ArgumentHelp(
      "How many ids each document has, as u64, for --from u16, u32 and npy.", valueName: "file"))
  var lengths: String?

  @Flag(help: "Ends each document with a newline.")
  var lines = false

  @Flag(help: "Ends each document with a NUL.")
  var nul = false

  @Flag(help: "Writes special tokens too.")
  var keepSpecial = false

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to; - for standard output.", valueName: "file"))
  var output: String?

  @Argument(help: ArgumentHelp("Files, - for standard input.", valueName: "file"))
  var files: [String] = []

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case ids, u16, u32, npy
  }

  func validate() throws {
    guard !(lines && nul) else { throw ValidationError("--lines and --nul exclude each other") }
    guard lengths == nil || from != .ids else {
      throw ValidationError("--lengths goes with --from u16, u32 or npy")
    }
    guard lengths == nil || files.count <= 1 else {
      throw ValidationError("--lengths goes with one file")
    }
  }

  func run() throws {
    let tokenizer = try vocabulary.load()
    let file = try OutputFile(output)
    var writer = DocumentWriter(separator: lines ? 0x0A : nul ? 0x00 : nil, file: file)
    var reader = DocumentReader(
      files: files.isEmpty ? ["-"] : files, separator: from == .ids ? .byte(0x0A) : .none,
      decompresses: from == .ids)
    var progress = Progress(.auto)
    var count = 0
    while let batch = try reader.next() {
      for index in batch.ranges.indices {
        let place = "\(batch.input): document \(batch.numbers[index])"
        let bytes = batch.bytes[batch.ranges[index]]
        for (number, ids) in try documents(bytes, place).enumerated() {
          do {
            try writer.write(tokenizer.decodeBytes(ids, keepsSpecialTokens: keepSpecial))
          } catch let error as DecodingError {
            let place = lengths == nil ? place : "\(batch.input): document \(number + 1)"
            throw Failure("\(place): \(error)")
          }
          count += 1
        }
      }
      try file.flush()
      progress.report(bytes: reader.byteCount, of: nil, documents: count)
    }
    progress.finish()
    try file.finish()
  }

  /// The ids of the documents that an input, or a line of it, holds.
  private func documents(_ bytes: ArraySlice<UInt8>, _ place: String) throws -> [[TokenID]] {
    switch from {
    case .ids: return [try IDReader.decimals(bytes, place)]
    case .u16: return try split(IDReader.numbers(bytes, width: 2, place), place)
    case .u32: return try split(IDReader.numbers(bytes, width: 4, place), place)
    case .npy: return try split(IDReader.array(bytes, place), place)
    }
  }

  private func split(_ ids: [TokenID], _ place: String) throws -> [[TokenID]] {
    guard let lengths else { return [ids] }
    var reader = DocumentReader(files: [lengths], separator: .none, decompresses: false)
    let bytes = try reader.next()?.bytes ?? []
    guard bytes.count % 8 == 0 else {
      throw Failure("\(lengths): \(bytes.count) bytes, not a multiple of 8")
    }
    var documents: [[TokenID]] = []
    var start = 0
    for index in stride(from: 0, to: bytes.count, by: 8) {
      let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[index + $1]) << UInt64($1 * 8) }
      guard length <= UInt64(ids.count - start) else {
        throw Failure(
          "\(lengths): document \(index / 8 + 1) has \(length) ids, where \(ids.count - start) are left"
        )
      }
      documents.append(Array(ids[start..<(start + Int(length))]))
      start += Int(length)
    }
    guard start == ids.count else {
      throw Failure("\(lengths): \(start) ids in all, where \(place) has \(ids.count)")
    }
    return documents
  }
}

/// Puts separators behind documents: none behind a single one, unless one is asked for.
private struct DocumentWriter {
  let separator: UInt8?
  let file: OutputFile

  mutating func write(_ bytes: [UInt8]) throws {
    try file.write(bytes)
    if let separator { try file.write([separator]) }
  }
}

/// Reads ids in the forms that `tok encode` writes.
enum IDReader {
  /// Decimal numbers with white space between them.
  static func decimals(_ bytes: ArraySlice<UInt8>, _ place: String) throws -> [TokenID] {
    var ids: [TokenID] = []
    var number: UInt64?
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0x30...0x39:
        let next = (number ?? 0) * 10 + UInt64(byte - 0x30)
        guard next <= UInt64(TokenID.max) else {
          throw Failure("\(place): byte \(index): an id beyond \(TokenID.max)")
        }
        number = next
      case 0x20, 0x09, 0x0D:
        if let id = number { ids.append(TokenID(id)) }
        number = nil
      default:
        throw Failure(
          "\(place): byte \(index): `\(UnicodeScalar(byte))` where a digit or a space is expected")
      }
    }
    if let id = number { ids.append(TokenID(id)) }
    return ids
  }

  /// Little-endian numbers of `width` bytes.
  static func numbers(
    _ bytes: ArraySlice<UInt8>, width: Int, _ place: String
  ) throws -> [TokenID] {
    guard bytes.count % width == 0 else {
      throw Failure("\(place): \(bytes.count) bytes, not a multiple of \(width)")
    }
    return stride(from: bytes.startIndex, to: bytes.endIndex, by: width).map { start in
      (0..<width).reduce(TokenID(0)) { $0 | TokenID(bytes[start + $1]) << TokenID($1 * 8) }
    }
  }

  /// A one-dimensional array of uint16 or uint32 in NumPy's format.
  static func array(_ bytes: ArraySlice<UInt8>, _ place: String) throws -> [TokenID] {
    let bytes = Array(bytes)
    guard bytes.count >= 12, bytes[0] == 0x93, bytes[1..<6].elementsEqual("NUMPY".utf8) else {
      throw Failure("\(place): not a .npy file")
    }
    // From version 2 on the length of the header has four bytes.
    let isLong = bytes[6] >= 2
    let length = (0..<(isLong ? 4 : 2)).reduce(0) { $0 | Int(bytes[8 + $1]) << ($1 * 8) }
    let start = (isLong ? 12 : 10) + length
    guard start <= bytes.count else {
      throw Failure("\(place): the header of the .npy file is cut")
    }
    let header = String(decoding: bytes[(isLong ? 12 : 10)..<start], as: UTF8.self)
    let width = header.contains("'<u4'") ? 4 : header.contains("'<u2'") ? 2 : 0
    guard width > 0, header.contains("'fortran_order': False") else {
      throw Failure("\(place): an array of another type than uint32 or uint16: \(header)")
    }
    return try numbers(bytes[start...], width: width, place)
  }
}
