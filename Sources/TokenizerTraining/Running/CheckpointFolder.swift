internal import Tokenization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// A folder in which a training keeps how far it is.
///
/// Every file is written whole beside its place, synced and renamed, so that a training that is killed
/// at any moment finds either the old file or the new one. Each carries a digest of the training it is of
/// and of its own bytes: what belongs to other options, other words or is damaged is an error and not
/// gone on from.
public struct CheckpointFolder: Hashable, Sendable {
  public var path: String

  /// - Parameter path: made when something is first written.
  public init(_ path: String) { self.path = path }

  /// The bytes last saved as `name` by a training with this digest; nil where there are none yet.
  ///
  /// - Throws: `checkpoint` for a file of another training or a damaged one, `unreadable`.
  func load(_ name: String, digest: UInt64) throws(TrainingError) -> [UInt8]? {
    let file = "\(path)/\(name)"
    guard unsafe access(file, F_OK) == 0 else { return nil }
    let bytes = try FileAccess.read(file)
    guard bytes.count >= Self.headerCount,
      Tokenization.hash(bytes.span.extracting(Self.headerCount...)) == Self.number(bytes, at: 8)
    else { throw TrainingError(.checkpoint, "the checkpoint is damaged", place: file) }
    guard Self.number(bytes, at: 0) == digest else {
      throw TrainingError(
        .checkpoint, "the checkpoint is of a training with other options or another text",
        place: file)
    }
    return Array(bytes[Self.headerCount...])
  }

  /// Saves `bytes` in the place of what was saved as `name` before.
  ///
  /// - Throws: `unwritable`.
  func save(_ name: String, _ bytes: [UInt8], digest: UInt64) throws(TrainingError) {
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw FileAccess.error(.unwritable, path)
    }
    var content: [UInt8] = []
    content.reserveCapacity(Self.headerCount + bytes.count)
    for number in [digest, Tokenization.hash(bytes.span)] {
      for shift in stride(from: 0, to: 64, by: 8) {
        content.append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
      }
    }
    content.append(contentsOf: bytes)
    try FileAccess.replace("\(path)/\(name)", with: content)
  }

  private static let headerCount = 16

  private static func number(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }
}
