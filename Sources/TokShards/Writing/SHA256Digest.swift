internal import CCrypto

/// The SHA-256 digest (FIPS 180-4) of bytes that come in parts, by libcrypto, which uses the processor's
/// own instructions for it.
@safe
final class SHA256Digest {
  // SAFETY: made in `init`, given back in `deinit`.
  private let context: OpaquePointer

  init() {
    guard let context = unsafe EVP_MD_CTX_new() else { preconditionFailure("no memory") }
    unsafe self.context = context
    let isReady = unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil)
    precondition(isReady == 1, "libcrypto has no SHA-256")
  }

  deinit { unsafe EVP_MD_CTX_free(context) }

  func add(_ bytes: UnsafeRawBufferPointer) {
    _ = unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The digest as 64 lower-case hexadecimal digits; nothing can be added behind it.
  func finish() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    _ = unsafe EVP_DigestFinal_ex(context, &bytes, nil)
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The digest of `bytes`.
  static func digest(of bytes: [UInt8]) -> String {
    let digest = SHA256Digest()
    unsafe bytes.withUnsafeBytes { unsafe digest.add($0) }
    return digest.finish()
  }
}
