package import Tokenization
internal import UnicodeText

/// The numbers of the fields that are read, and the messages that they are fields of.
private enum FieldNumber {
  enum Model {
    static let pieces = 1
    static let trainer = 2
    static let normalizer = 3
    static let denormalizer = 5
  }
  enum Piece {
    static let piece = 1
    static let score = 2
    static let type = 3
  }
}

extension SentencePieceFile {
  /// The largest file of protocol buffers.
  static let maximumByteCount = Int(Int32.max)

  /// Reads a `.model` file, and checks it as the original does when it loads one.
  ///
  /// Fields that are not known are skipped. A known field of another type, which the original takes
  /// for one it does not know, is an error here, as is a type of model or token that it does not
  /// know.
  ///
  /// - Complexity: O(*n*) in `bytes`.
  package init(_ bytes: Span<UInt8>) throws(VocabularyError) {
    guard bytes.count <= Self.maximumByteCount else {
      throw VocabularyError(
        .limit, "\(bytes.count) bytes, of at most \(Self.maximumByteCount)", offset: 0)
    }
    var text: [UInt8] = []
    var ends: [UInt32] = []
    var reader = ProtobufReader(bytes)
    while let field = try reader.nextField() {
      switch field.number {
      case FieldNumber.Model.pieces:
        let place = ends.count
        do throws(VocabularyError) {
          guard place <= Int(TokenID.maximumInFiles) else {
            throw VocabularyError(
              .limit, "more than the \(Int(TokenID.maximumInFiles) + 1) tokens that are allowed",
              offset: field.offset)
          }
          let range = try reader.readBytes(field)
          let string = try readToken(bytes, range)
          text.append(contentsOf: bytes.extracting(string))
          ends.append(UInt32(text.count))
        } catch { throw error.under("pieces[\(place)]") }
      case FieldNumber.Model.trainer:
        let range = try reader.readBytes(field)
        do { try trainer.read(bytes, range) } catch { throw error.under("trainer_spec") }
      case FieldNumber.Model.normalizer:
        let range = try reader.readBytes(field)
        do { try normalizer.read(bytes, range) } catch { throw error.under("normalizer_spec") }
      case FieldNumber.Model.denormalizer:
        let range = try reader.readBytes(field)
        var rules = denormalizer ?? Normalizer()
        do { try rules.read(bytes, range) } catch { throw error.under("denormalizer_spec") }
        denormalizer = rules
      default: try reader.skip(field)
      }
    }
    texts = ByteStrings(bytes: text, ends: ends)
    try check()
  }

  /// Reads the score and the type of a token, and returns where its string lies.
  private mutating func readToken(
    _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(VocabularyError) -> Range<Int> {
    var reader = ProtobufReader(bytes, range)
    var string = range.upperBound..<range.upperBound
    var score: Float = 0
    var type = TokenType.normal
    while let field = try reader.nextField() {
      switch field.number {
      case FieldNumber.Piece.piece:
        do { string = try reader.readBytes(field) } catch { throw error.under("piece") }
      case FieldNumber.Piece.score:
        do throws(VocabularyError) {
          score = try reader.readFloat(field)
          guard score.isFinite else {
            throw VocabularyError(
              .malformed, "the score `\(score)` where a finite number is expected",
              offset: field.offset)
          }
        } catch { throw error.under("score") }
      case FieldNumber.Piece.type:
        do throws(VocabularyError) {
          let number = try reader.readInt32(field)
          guard let known = UInt8(exactly: number).flatMap(TokenType.init) else {
            throw VocabularyError(
              .unsupported, "the type \(number), where 1 to 6 are known", offset: field.offset)
          }
          type = known
        } catch { throw error.under("type") }
      default: try reader.skip(field)
      }
    }
    guard !string.isEmpty else {
      throw VocabularyError(.malformed, "a token without text", offset: range.lowerBound)
    }
    scores.append(score)
    types.append(type)
    return string
  }
}

extension SentencePieceFile.Trainer {
  mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(VocabularyError) {
    var reader = ProtobufReader(bytes, range)
    while let field = try reader.nextField() {
      do throws(VocabularyError) {
        switch field.number {
        case 3:
          let number = try reader.readInt32(field)
          guard let known = SentencePieceFile.ModelType(rawValue: number) else {
            throw VocabularyError(
              .unsupported, "the model \(number), where 1 to 4 are known", offset: field.offset)
          }
          modelType = known
        case 24: treatsWhitespaceAsSuffix = try reader.readBool(field)
        case 35: hasByteFallback = try reader.readBool(field)
        case 40: unknownID = try reader.readInt32(field)
        case 41: beginningID = try reader.readInt32(field)
        case 42: endID = try reader.readInt32(field)
        case 43: paddingID = try reader.readInt32(field)
        case 44: unknownSurface = copy(bytes, try reader.readBytes(field))
        // An empty text means the usual one, as in the original.
        case 45: try readText(&reader, field, bytes, into: \.unknownText)
        case 46: try readText(&reader, field, bytes, into: \.beginningText)
        case 47: try readText(&reader, field, bytes, into: \.endText)
        case 48: try readText(&reader, field, bytes, into: \.paddingText)
        default: try reader.skip(field)
        }
      } catch { throw Self.names[field.number].map { error.under($0) } ?? error }
    }
  }

  private mutating func readText(
    _ reader: inout ProtobufReader, _ field: ProtobufReader.Field, _ bytes: Span<UInt8>,
    into property: WritableKeyPath<Self, [UInt8]>
  ) throws(VocabularyError) {
    let range = try reader.readBytes(field)
    self[keyPath: property] = range.isEmpty ? Self()[keyPath: property] : copy(bytes, range)
  }

  private static let names: [Int: String] = [
    3: "model_type", 24: "treat_whitespace_as_suffix", 35: "byte_fallback", 40: "unk_id",
    41: "bos_id", 42: "eos_id", 43: "pad_id", 44: "unk_surface", 45: "unk_piece", 46: "bos_piece",
    47: "eos_piece", 48: "pad_piece",
  ]
}

extension SentencePieceFile.Normalizer {
  mutating func read(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(VocabularyError) {
    var reader = ProtobufReader(bytes, range)
    while let field = try reader.nextField() {
      do throws(VocabularyError) {
        switch field.number {
        case 1: name = String(decoding: copy(bytes, try reader.readBytes(field)), as: UTF8.self)
        case 2:
          precompiledCharsMap = copy(bytes, try reader.readBytes(field))
          try checkCharsMap(precompiledCharsMap, offset: field.offset)
        case 3: addsDummyPrefix = try reader.readBool(field)
        case 4: removesExtraWhitespaces = try reader.readBool(field)
        case 5: escapesWhitespaces = try reader.readBool(field)
        case 6: rulesText = copy(bytes, try reader.readBytes(field))
        default: try reader.skip(field)
        }
      } catch { throw Self.names[field.number].map { error.under($0) } ?? error }
    }
  }

  private static let names: [Int: String] = [
    1: "name", 2: "precompiled_charsmap", 3: "add_dummy_prefix", 4: "remove_extra_whitespaces",
    5: "escape_whitespaces", 6: "normalization_rule_tsv",
  ]
}

/// The bytes of `range`.
private func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
  var result: [UInt8] = []
  result.append(contentsOf: bytes.extracting(range))
  return result
}
