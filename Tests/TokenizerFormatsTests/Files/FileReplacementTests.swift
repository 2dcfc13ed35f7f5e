import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

@Suite struct FileReplacementTests {
  @Test func `a file is there whole, whatever was there before`() throws {
    try Files.withFolder { folder in
      let path = folder + "/file"
      try replaceFile(path, with: Array("one".utf8))
      #expect(try FileBytes(path).span.count == 3)
      try replaceFile(path, with: Array("two and more".utf8))
      #expect(try FileBytes(path).span.count == 12)
    }
  }

  @Test func `what cannot be written is told`() throws {
    #expect { try replaceFile("/nowhere/at/all", with: [1]) } throws: { error in
      (error as? VocabularyError)?.reason == .unwritable
        && (error as? VocabularyError)?.file == "/nowhere/at/all"
    }
    // A full disk.
    #expect { try replaceFile("/dev/full", with: [1]) } throws: { error in
      (error as? VocabularyError)?.reason == .unwritable
    }
  }
}
