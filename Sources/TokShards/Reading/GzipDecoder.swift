internal import CZlib

/// Gzip (RFC 1952) through zlib: members one behind another, zeros behind the last.
@safe
final class GzipDecoder {
  // SAFETY: allocated in `init`, given back in `deinit`; zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether what was read so far ends with a whole member.
  private(set) var isComplete = false

  init() {
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window are all there can be; 16 stands for gzip's frame.
    let status = unsafe inflateInit2_(
      stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory: \(status)")
  }

  deinit {
    _ = unsafe inflateEnd(stream)
    unsafe stream.deinitialize(count: 1)
    unsafe stream.deallocate()
  }

  /// Decodes some of `input` into `output`.
  ///
  /// - Returns: how many bytes were taken, how many were made, and what is wrong, if something is.
  func decode(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> DecodedPart {
    var skipped = 0
    if isComplete {
      while skipped < input.count, unsafe input[skipped] == 0 { skipped += 1 }
      if skipped == input.count { return DecodedPart(consumed: skipped, produced: 0) }
      isComplete = false
      _ = unsafe inflateReset(stream)
    }
    let rest = unsafe UnsafeBufferPointer(rebasing: input[skipped...])
    unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: rest.baseAddress)
    unsafe stream.pointee.avail_in = UInt32(rest.count)
    unsafe stream.pointee.next_out = output.baseAddress
    unsafe stream.pointee.avail_out = UInt32(output.count)
    let status = unsafe inflate(stream, Z_NO_FLUSH)
    var part = DecodedPart(
      consumed: unsafe input.count - Int(stream.pointee.avail_in),
      produced: unsafe output.count - Int(stream.pointee.avail_out))
    switch status {
    case Z_STREAM_END: isComplete = true
    case Z_OK, Z_BUF_ERROR: break
    default:
      part.failure = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "no gzip data"
    }
    return part
  }
}

/// What a step of decompressing did.
struct DecodedPart {
  /// Bytes taken of the compressed ones.
  var consumed: Int
  /// Bytes made.
  var produced: Int
  /// What the library says where the data is not what it should be.
  var failure: String?
}
