import Testing

@testable import TokenizerFormats

@Suite struct DigestTests {
  // FIPS 180-4's examples, and the lengths around a block.
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
          + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func `SHA-256`(text: String, expected: String) {
    let bytes = Array(text.utf8)
    let digest = SHA256.digest(of: bytes.span)
    #expect(digest == expected)
  }

  @Test func `SHA-256 of a million a`() {
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000)
    let digest = SHA256.digest(of: bytes.span)
    #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  // RFC 4648, section 10.
  @Test(
    arguments: [
      ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"),
      ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar"), ("+/8=", "\u{FB}\u{FF}"),
    ])
  func `base64`(text: String, expected: String) {
    var bytes: [UInt8] = []
    let isBase64 = Base64.decode(Array(text.utf8).span, to: &bytes)
    #expect(isBase64)
    #expect(bytes == expected.unicodeScalars.map { UInt8($0.value) })
  }

  @Test(arguments: [
    "Z", "Zg", "Zg=", "Zm9", "Zg===", "Zh==", "Zm9=", "====", "Z===", "Zm=v", "Zm 9", "Zm9v\n",
    "_-8=", "Zg==Zg==", "=",
  ])
  func `not base64`(text: String) {
    var bytes: [UInt8] = []
    let isBase64 = Base64.decode(Array(text.utf8).span, to: &bytes)
    #expect(!isBase64)
  }
}
