/// What exactly went wrong in one call. It never changes.
public typealias TokError = OpaquePointer

final class ErrorObject: HandleObject {
  static var kind: HandleKind { .error }
  let status: Status
  let message: CText
  let place: CText
  let offset: Int

  init(_ error: CallError) {
    status = error.status
    message = CText(error.message)
    place = CText(error.place)
    offset = error.offset
  }
}

/// A text that ends with a NUL, for C to look at as long as the object lives.
@safe
final class CText: Sendable {
  // SAFETY: written once, before anyone else has it.
  nonisolated(unsafe) let start: UnsafePointer<CChar>

  init(_ text: String) {
    let bytes = Array(text.utf8)
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
    for (index, byte) in bytes.enumerated() {
      // A NUL would end the text for C.
      let shown = byte == 0 ? 0x20 : byte
      unsafe (memory + index).initialize(to: CChar(bitPattern: shown))
    }
    unsafe (memory + bytes.count).initialize(to: 0)
    unsafe start = UnsafePointer(memory)
  }

  deinit { unsafe start.deallocate() }
}

/// The status that the call gave back.
///
/// TOK_E_HANDLE for no error. Since 0.1.
@c(tok_error_status)
public func errorStatus(_ error: TokError?) -> Status {
  unsafe HandleTable.object(error, as: ErrorObject.self)?.status ?? .handle
}

/// What was found and what was expected, in English, without a full stop; NULL for no error.
///
/// It stays until the error is freed. Since 0.1.
@c(tok_error_message)
public func errorMessage(_ error: TokError?) -> UnsafePointer<CChar>? {
  guard let object = unsafe HandleTable.object(error, as: ErrorObject.self) else { return nil }
  return unsafe object.message.start
}

/// The file, the place in it as `model.merges[7]`, or which text of many; empty where there is none,
/// NULL for no error.
///
/// It stays until the error is freed. Since 0.1.
@c(tok_error_place)
public func errorPlace(_ error: TokError?) -> UnsafePointer<CChar>? {
  guard let object = unsafe HandleTable.object(error, as: ErrorObject.self) else { return nil }
  return unsafe object.place.start
}

/// How far from the start of the file or text, in bytes, or of the ids; -1 where that is not known.
///
/// Since 0.1.
@c(tok_error_offset)
public func errorOffset(_ error: TokError?) -> Int64 {
  unsafe Int64(HandleTable.object(error, as: ErrorObject.self)?.offset ?? -1)
}

/// Frees an error; NULL is left alone.
///
/// Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_error_free)
public func freeError(_ error: TokError?) -> Status {
  unsafe free(error, as: ErrorObject.self)
}

func free<Object: HandleObject>(_ handle: OpaquePointer?, as: Object.Type) -> Status {
  unsafe handle == nil || HandleTable.remove(handle, as: Object.self) ? .ok : .handle
}
