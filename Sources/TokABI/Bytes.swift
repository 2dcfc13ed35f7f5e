/// What a call made: a file, a text, JSON. It never changes.
public typealias TokBytes = OpaquePointer

final class BytesObject: HandleObject {
  static var kind: HandleKind { .bytes }
  let bytes: CArray<UInt8>
  /// Without the NUL behind them.
  let count: Int

  init(_ bytes: [UInt8]) {
    self.bytes = CArray(bytes + [0])
    count = bytes.count
  }
}

/// The bytes, and how many there are; a NUL stands behind them. They stay until the object is freed. NULL
/// and 0 for none.
///
/// @param length  may be NULL.
///
/// Since 0.1.
@c(tok_bytes_data)
public func bytesData(
  _ bytes: TokBytes?, _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<CChar>? {
  let object = unsafe HandleTable.object(bytes, as: BytesObject.self)
  if let length = unsafe length { unsafe length.pointee = object?.count ?? 0 }
  guard let start = unsafe object?.bytes.start else { return nil }
  return unsafe UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
}

/// Frees bytes; NULL is left alone. Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_bytes_free)
public func freeBytes(_ bytes: TokBytes?) -> Status {
  unsafe free(bytes, as: BytesObject.self)
}

/// Bytes that a caller may not want.
@safe
struct WantedBytes {
  private let place: UnsafeMutablePointer<OpaquePointer?>?
  private let name: StaticString

  /// - Throws: `argument` for a place that is not aligned.
  init(
    _ place: UnsafeMutablePointer<OpaquePointer?>?, _ name: StaticString
  ) throws(CallError) {
    if let given = unsafe place {
      try unsafe Memory.place(given, name).pointee = nil
    }
    unsafe self.place = place
    self.name = name
  }

  /// - Throws: `limit`.
  func set(_ bytes: [UInt8]) throws(CallError) {
    guard let place = unsafe place else { return }
    unsafe place.pointee = try newHandle(BytesObject(bytes))
  }

  /// Takes back what was set, since the call fails after all.
  func clear() {
    guard let place = unsafe place else { return }
    _ = unsafe HandleTable.remove(place.pointee, as: BytesObject.self)
    unsafe place.pointee = nil
  }
}
