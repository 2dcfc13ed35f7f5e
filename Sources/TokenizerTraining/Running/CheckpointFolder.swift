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
/// gone on from. A folder is for one training. Its files stay when that is finished, so that the same
/// training gives its result again at once; whoever has the result may remove the folder.
public struct CheckpointFolder: Hashable, Sendable {
  public var path: String

  /// - Parameter path: made when something is first written.
  public init(_ path: String) { self.path = path }

  /// The file `name`, as it was last saved by a training with this digest; nil where there is none yet.
  ///
  /// - Throws: `checkpoint` for a file of another training or a damaged one, `unreadable`.
  func reader(_ name: String, digest: UInt64) throws(TrainingError) -> CheckpointReader? {
    guard unsafe access("\(path)/\(name)", F_OK) == 0 else { return nil }
    return try CheckpointReader("\(path)/\(name)", digest: digest)
  }

  /// Writes what is to stand in the place of what was saved as `name` before.
  ///
  /// - Throws: `unwritable`; what was there before is untouched then.
  func save(
    _ name: String, digest: UInt64,
    _ body: (inout CheckpointWriter) throws(TrainingError) -> Void
  ) throws(TrainingError) {
    try make()
    var writer = try CheckpointWriter("\(path)/\(name)", digest: digest)
    try body(&writer)
    try writer.finish()
  }

  /// The bytes last saved as `name` by a training with this digest; nil where there are none yet.
  ///
  /// - Throws: `checkpoint` for a file of another training or a damaged one, `unreadable`.
  func load(_ name: String, digest: UInt64) throws(TrainingError) -> [UInt8]? {
    guard var reader = try reader(name, digest: digest) else { return nil }
    return try reader.bytes()
  }

  /// Saves `bytes` in the place of what was saved as `name` before.
  ///
  /// - Throws: `unwritable`.
  func save(_ name: String, _ bytes: [UInt8], digest: UInt64) throws(TrainingError) {
    try save(name, digest: digest) { (writer) throws(TrainingError) in
      try writer.append(bytes.span)
    }
  }

  /// Makes the folder, and finds out whether files can be written there before hours have gone into what
  /// is to be written.
  ///
  /// - Throws: `unwritable`.
  func prepare() throws(TrainingError) {
    try make()
    try FileAccess.replace("\(path)/about.txt", with: Array(Self.about.utf8))
  }

  private static let about = """
    How far a training of a tokenizer is. When the same training is started again with this folder, it \
    goes on from here. When it is finished and its result is kept, the folder may be removed.

    """

  /// The names of all files in it.
  var names: [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { _ = unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      // SAFETY: the name ends with a NUL within the entry.
      names.append(
        unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
          unsafe String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
        })
    }
    return names
  }

  func remove(_ name: String) { _ = unsafe unlink("\(path)/\(name)") }

  private func make() throws(TrainingError) {
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw FileAccess.error(.unwritable, path)
    }
  }

  static func bytes(of number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }

  static func number(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }
}
