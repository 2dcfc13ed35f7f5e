import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct FileReplacementTests {
  @Test func `a file is there whole, whatever was there before`() throws {
    try Files.withFolder { folder in
      let path = folder + "/file"
      try replaceFile(path, with: Array("one".utf8))
      #expect(try Files.read(path).count == 3)
      try replaceFile(path, with: Array("two and more".utf8))
      #expect(try Files.read(path).count == 12)
    }
  }

  @Test func `what cannot be written is told`() throws {
    let missing = Self.failure("/nowhere/at/all")
    #expect(missing?.reason == .unwritable)
    #expect(missing?.file == "/nowhere/at/all")
    // A full disk.
    #expect(Self.failure("/dev/full")?.reason == .unwritable)
  }

  private static func failure(_ path: String) -> VocabularyError? {
    do throws(VocabularyError) {
      try replaceFile(path, with: [1])
      return nil
    } catch { return error }
  }
}
