import TestSupport
import Testing
import Tokenization

@testable import TokenizerFormats

/// Whatever stands in a model's files, reading them gives an error or a value.
@Suite struct HostileModelTests {
  enum Reader: CaseIterable {
    case sentencePiece
    case gguf
    case bytePairs
    case tekken
    case clip
    case configuration

    /// A valid file.
    var file: [UInt8] {
      switch self {
      case .sentencePiece:
        var file = ProtobufWriter(bytes: SentencePieceFileTests.sample())
        file.bytes += ProtobufWriter.tag(9, 3) + ProtobufWriter.tag(9, 4)
        file.message(5) { $0.data(2, SentencePieceFileTests.charsMap) }
        return file.bytes
      case .gguf: return GGUFVocabularyTests.sample.bytes
      case .bytePairs: return GGUFBytePairTests.sample.bytes
      case .tekken: return Array(TekkenReaderTests.Sample().text.utf8)
      case .clip: return Array(CLIPTextTests.file.utf8)
      case .configuration:
        let token = TokenizerConfigurationTests.token
        return Array(
          #"{"bos_token":\#(token),"added_tokens_decoder":{"1":\#(token)},"model_max_length":1}"#
            .utf8)
      }
    }

    /// The reason of the error, if there is one.
    func read(_ bytes: [UInt8]) -> VocabularyError.Reason? {
      do throws(VocabularyError) {
        switch self {
        case .sentencePiece: _ = try SentencePieceFile(bytes.span)
        case .gguf: _ = try GGUFVocabulary(bytes.span).settings()
        case .bytePairs: _ = try Tokenizer(GGUFVocabulary(bytes.span).bytePairTokenizer())
        case .tekken: _ = try readTekken(bytes.span)
        case .clip: _ = try CLIPText(bytes.span, mergeCount: 3)
        case .configuration: _ = try TokenizerConfiguration(configuration: bytes.span)
        }
        return nil
      } catch { return error.reason }
    }

    /// A part of a file can be a file: messages may end behind any field, and of a word some
    /// beginning can be a word.
    var partsMayBeFiles: Bool { self == .sentencePiece || self == .clip }
  }

  @Test(arguments: Reader.allCases)
  func `every truncation`(reader: Reader) {
    let file = reader.file
    #expect(reader.read(file) == nil)
    // The middle of a long file is more of the same.
    let places = file.indices.filter { $0 < 400 || $0 % 61 == 0 || $0 > file.count - 400 }
    for end in places {
      let reason = reader.read(Array(file[..<end]))
      #expect(reason != nil || reader.partsMayBeFiles, "the first \(end) bytes")
    }
  }

  @Test(arguments: Reader.allCases)
  func `changed bytes`(reader: Reader) {
    var generator = SeededGenerator(seed: 5)
    let file = reader.file
    for _ in 0..<(reader == .tekken ? 100 : 500) {
      let bytes = Mutations.change(file, &generator)
      _ = reader.read(bytes)
      _ = recognizeFormat(bytes.span)
    }
  }
}
