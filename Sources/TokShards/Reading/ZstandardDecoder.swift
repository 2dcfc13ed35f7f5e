internal import CZstd

/// Zstandard (RFC 8878) through libzstd: frames one behind another, frames to be skipped too.
@safe
final class ZstandardDecoder {
  // SAFETY: made in `init`, given back in `deinit`.
  private let context: OpaquePointer
  /// Whether what was read so far ends with a whole frame.
  private(set) var isComplete = false

  init() {
    guard let context = unsafe ZSTD_createDCtx() else { preconditionFailure("no memory") }
    unsafe self.context = context
    // Texts of the field are often packed with windows of 2 GB; a file takes the memory it asks for.
    _ = unsafe ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 31)
  }

  deinit { _ = unsafe ZSTD_freeDCtx(context) }

  /// Decodes some of `input` into `output`.
  ///
  /// - Returns: how many bytes were taken, how many were made, and what is wrong, if something is.
  func decode(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> DecodedPart {
    var source = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let status = unsafe ZSTD_decompressStream(context, &target, &source)
    isComplete = status == 0
    var part = unsafe DecodedPart(consumed: source.pos, produced: target.pos)
    if ZSTD_isError(status) != 0 {
      part.failure = unsafe String(cString: ZSTD_getErrorName(status))
    }
    return part
  }
}
