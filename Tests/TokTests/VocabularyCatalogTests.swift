import TestSupport
import Testing
import Tok

@Suite struct VocabularyCatalogTests {
  /// One test for all: the variable belongs to the whole process.
  @Test func `finds vocabularies by name`() throws {
    try Files.withFolder { folder in
      for name in ["one", "two", "none", ".hidden"] { try Files.makeFolder(folder + "/" + name) }
      try Files.write(SmallFiles.json, to: folder + "/one/tokenizer.json")
      try Files.write(SmallFiles.json, to: folder + "/two/tokenizer.json")
      try Files.write(SmallFiles.tokenizer().compiled(), to: folder + "/two/two.tok")
      try Files.write(SmallFiles.json, to: folder + "/.hidden/tokenizer.json")
      Files.setVariable("TOK_VOCABULARIES", to: "/absent:\(folder):\(Vocabularies.folder)")
      defer { Files.setVariable("TOK_VOCABULARIES", to: "") }

      #expect(
        Array(VocabularyCatalog.folders().prefix(3)) == ["/absent", folder, Vocabularies.folder])
      #expect(VocabularyCatalog.path(of: "one") == folder + "/one/tokenizer.json")
      // The compiled form comes first.
      #expect(VocabularyCatalog.path(of: "two") == folder + "/two/two.tok")
      #expect(
        VocabularyCatalog.path(of: "cl100k_base")
          == Vocabularies.folder + "/cl100k_base/cl100k_base.tiktoken")
      for name in ["", ".", "..", "none", "absent", "one/../two", "/etc"] {
        #expect(VocabularyCatalog.path(of: name) == nil, "\(name)")
      }
      let names = VocabularyCatalog.names().map(\.name)
      #expect(Set(names).isSuperset(of: Vocabularies.names + ["one", "two"]))
      #expect(!names.contains("none") && !names.contains(".hidden") && names == names.sorted())
    }
  }
}
