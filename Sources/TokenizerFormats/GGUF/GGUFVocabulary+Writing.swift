import Tokenization

extension GGUFVocabulary {
  /// A GGUF file, version 3, little-endian, of these keys and no tensor.
  ///
  /// Keys that have no value are left out.
  func write() -> [UInt8] {
    var file = GGUFKeyWriter()
    file.add("general.architecture", architecture)
    file.add("tokenizer.ggml.model", modelName)
    file.add("tokenizer.ggml.pre", pre)
    file.add("tokenizer.ggml.tokens", texts)
    if !scores.isEmpty {
      file.add("tokenizer.ggml.scores", .float32, scores.map(\.bitPattern))
    }
    if !types.isEmpty {
      file.add("tokenizer.ggml.token_type", .int32, types.map { UInt32($0.rawValue) })
    }
    if let merges { file.add("tokenizer.ggml.merges", merges) }
    if !precompiledCharsMap.isEmpty {
      file.add("tokenizer.ggml.precompiled_charsmap", .uint8, precompiledCharsMap)
    }
    // The misspelling is the format's.
    file.add("tokenizer.ggml.bos_token_id", roles.beginning)
    file.add("tokenizer.ggml.eos_token_id", roles.end)
    file.add("tokenizer.ggml.unknown_token_id", roles.unknown)
    file.add("tokenizer.ggml.seperator_token_id", roles.separator)
    file.add("tokenizer.ggml.padding_token_id", roles.padding)
    file.add("tokenizer.ggml.cls_token_id", roles.classification)
    file.add("tokenizer.ggml.mask_token_id", roles.mask)
    file.add("tokenizer.ggml.add_bos_token", addsBeginning)
    file.add("tokenizer.ggml.add_eos_token", addsEnd)
    file.add("tokenizer.ggml.add_sep_token", addsSeparator)
    file.add("tokenizer.ggml.add_space_prefix", addsSpacePrefix)
    file.add("tokenizer.ggml.remove_extra_whitespaces", removesExtraWhitespaces)
    file.add("tokenizer.ggml.normalizer.lowercase", lowercases)
    file.add("tokenizer.ggml.normalizer.strip_accents", stripsAccents)
    return file.finished()
  }
}

/// Writes keys and values of a GGUF file; see ``GGUFReader``.
private struct GGUFKeyWriter {
  private var pairs: [UInt8] = []
  private var count = 0

  /// The file: the header, the pairs, and zeros up to where tensors would begin.
  func finished() -> [UInt8] {
    var file = Array("GGUF".utf8)
    Self.append(UInt32(3), to: &file)
    Self.append(UInt64(0), to: &file)
    Self.append(UInt64(count), to: &file)
    file += pairs
    while file.count % 32 != 0 { file.append(0) }
    return file
  }

  mutating func add(_ key: String, _ text: String?) {
    guard let text else { return }
    begin(key, .string)
    append(text.utf8)
  }

  mutating func add(_ key: String, _ id: TokenID?) {
    guard let id else { return }
    begin(key, .uint32)
    Self.append(id, to: &pairs)
  }

  mutating func add(_ key: String, _ flag: Bool?) {
    guard let flag else { return }
    begin(key, .bool)
    pairs.append(flag ? 1 : 0)
  }

  mutating func add(_ key: String, _ texts: ByteStrings) {
    begin(key, .array)
    Self.append(GGUFReader.ValueType.string.rawValue, to: &pairs)
    Self.append(UInt64(texts.count), to: &pairs)
    for place in 0..<texts.count { append(texts.bytes[texts.range(place)]) }
  }

  mutating func add(
    _ key: String, _ type: GGUFReader.ValueType, _ numbers: [some FixedWidthInteger]
  ) {
    begin(key, .array)
    Self.append(type.rawValue, to: &pairs)
    Self.append(UInt64(numbers.count), to: &pairs)
    for number in numbers { Self.append(number, to: &pairs) }
  }

  private mutating func begin(_ key: String, _ type: GGUFReader.ValueType) {
    count += 1
    append(key.utf8)
    Self.append(type.rawValue, to: &pairs)
  }

  private mutating func append(_ text: some Collection<UInt8>) {
    Self.append(UInt64(text.count), to: &pairs)
    pairs.append(contentsOf: text)
  }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
