import TestSupport
import Testing
import Tok

@Suite struct VocabularyCatalogTests {
  /// One test for all: the variable belongs to the whole process.
  @Test func `finds vocabularies by name`() throws {
    try Files.withFolder { folder in
      for name in ["one", "two", "three", "none", ".hidden"] {
        try Files.makeFolder(folder + "/" + name)
      }
      try Files.write(SmallFiles.json, to: folder + "/one/tokenizer.json")
      try Files.write(SmallFiles.json, to: folder + "/two/tokenizer.json")
      try Files.write(SmallFiles.tokenizer().compiled(), to: folder + "/two/two.tok")
      try Files.write(Array("[UNK]\na\n".utf8), to: folder + "/three/vocab.txt")
      try Files.write(
        Array(#"{"do_lower_case":false}"#.utf8), to: folder + "/three/tokenizer_config.json")
      try Files.write(SmallFiles.json, to: folder + "/.hidden/tokenizer.json")
      Files.setVariable("TOK_VOCABULARIES", to: "/absent:\(folder):\(Vocabularies.folder)")
      defer { Files.setVariable("TOK_VOCABULARIES", to: "") }

      #expect(
        Array(VocabularyCatalog.folders().prefix(3)) == ["/absent", folder, Vocabularies.folder])
      #expect(VocabularyCatalog.path(of: "one") == folder + "/one/tokenizer.json")
      // The compiled form comes first.
      #expect(VocabularyCatalog.path(of: "two") == folder + "/two/two.tok")
      // What the configuration says counts, so the folder is loaded.
      #expect(VocabularyCatalog.path(of: "three") == folder + "/three")
      for (name, file) in [
        ("cl100k_base", "cl100k_base.tiktoken"), ("gpt2", "vocab.json"),
        ("mistral-7b-v0.1", "tokenizer.model"), ("clip", "bpe_simple_vocab_16e6.txt"),
      ] {
        #expect(VocabularyCatalog.path(of: name) == "\(Vocabularies.folder)/\(name)/\(file)")
      }
      for name in ["", ".", "..", "none", "absent", "one/../two", "/etc"] {
        #expect(VocabularyCatalog.path(of: name) == nil, "\(name)")
      }
      let names = VocabularyCatalog.names().map(\.name)
      #expect(Set(names).isSuperset(of: Vocabularies.names + ["one", "two", "three"]))
      #expect(!names.contains("none") && !names.contains(".hidden") && names == names.sorted())
    }
  }
}
