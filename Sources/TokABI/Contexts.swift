internal import Synchronization
internal import Tokenization

/// The memory of one thread that encodes: make one for each thread, and use it for many texts.
public typealias TokContext = OpaquePointer

/// An object that one thread uses at a time; a second one is told so instead of harming it.
class ExclusiveObject {
  private let isBusy = Atomic<Bool>(false)

  /// - Throws: `busy`, and what `body` throws.
  final func use<Result>(_ body: () throws(CallError) -> Result) throws(CallError) -> Result {
    guard !isBusy.exchange(true, ordering: .acquiring) else {
      throw CallError(.busy, "another thread is just using it")
    }
    defer { isBusy.store(false, ordering: .releasing) }
    return try body()
  }
}

final class ContextObject: ExclusiveObject, HandleObject {
  static var kind: HandleKind { .context }
  var context: EncodingContext

  init(cacheLimit: Int) {
    context =
      cacheLimit == 0 ? EncodingContext() : EncodingContext(maximumCacheByteCount: cacheLimit)
  }
}

/// Makes a context.
///
/// @param cache_limit  how many bytes its cache may grow to, at least 256 kB; 0 for 32 MB.
/// @param context      the new context, to be freed with tok_context_free(); NULL on failure.
///
/// Threads: one at a time, else the call returns TOK_E_BUSY. Since 0.1.
@c(tok_context_create)
public func createContext(
  _ cacheLimit: Int, _ context: UnsafeMutablePointer<TokContext?>?
) -> Status {
  answer(nil) { () throws(CallError) in
    let context = try unsafe Memory.place(context, "context")
    unsafe context.pointee = nil
    guard cacheLimit >= 0 else { throw .argument("cache_limit", "is beyond the address space") }
    unsafe context.pointee = try newHandle(ContextObject(cacheLimit: cacheLimit))
  }
}

/// Frees a context; NULL is left alone. No call with it may still be going on.
///
/// Returns TOK_E_HANDLE for what is none. Since 0.1.
@c(tok_context_free)
public func freeContext(_ context: TokContext?) -> Status {
  unsafe free(context, as: ContextObject.self)
}
