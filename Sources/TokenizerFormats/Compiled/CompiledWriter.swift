public import Tokenization

extension Tokenizer {
  /// The tokenizer in its compiled form, which opens without being parsed.
  ///
  /// - Complexity: O(*n*) in its bytes.
  public func compiled() -> [UInt8] {
    var writer = CompiledWriter()
    let vocabulary = packageVocabulary
    let model = packageModel
    writer.add(.pipeline, pipelineJSON(pipeline).write())
    writer.add(.tokenBytes, vocabulary.bytes)
    writer.add(.tokenEnds, vocabulary.ends)
    writer.add(.tokenPresent, vocabulary.present)
    writer.add(.tokenSpelled, vocabulary.spelled)
    writer.add(.tokenIndex, vocabulary.index)
    // Files without a kind hold a byte-level model, the first there was.
    let kind = type(of: model).kind
    if kind != .bytePair { writer.add(.modelKind, FlatArray([kind.rawValue])) }
    var tables = ModelTables()
    model.add(to: &tables)
    for (index, table) in tables.tables.enumerated() {
      let section = CompiledImage.Section.modelTable(index)
      switch table {
      case .bytes(let bytes): writer.add(section, bytes)
      case .words(let words): writer.add(section, words)
      case .longWords(let words): writer.add(section, words)
      }
    }
    return writer.finished()
  }
}

/// Puts sections behind one another and a header before them.
private struct CompiledWriter {
  private var sections: [(kind: CompiledImage.Section, elementSize: Int, bytes: [UInt8])] = []

  mutating func add(_ kind: CompiledImage.Section, _ bytes: [UInt8]) {
    sections.append((kind, 1, bytes))
  }

  mutating func add<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ kind: CompiledImage.Section, _ values: FlatArray<Number>
  ) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(values.count * MemoryLayout<Number>.size)
    for index in 0..<values.count { Self.append(values[index], to: &bytes) }
    sections.append((kind, MemoryLayout<Number>.size, bytes))
  }

  private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    var rest = number
    for _ in 0..<(number.bitWidth / 8) {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest = number.bitWidth > 8 ? rest >> 8 : 0
    }
  }

  func finished() -> [UInt8] {
    var table: [UInt8] = []
    var body: [UInt8] = []
    let bodyStart = aligned(CompiledImage.headerSize + sections.count * 24)
    for section in sections {
      body.append(contentsOf: repeatElement(0, count: aligned(body.count) - body.count))
      Self.append(section.kind.number, to: &table)
      Self.append(UInt32(section.elementSize), to: &table)
      Self.append(UInt64(bodyStart + body.count), to: &table)
      Self.append(UInt64(section.bytes.count), to: &table)
      body.append(contentsOf: section.bytes)
    }
    let padding = bodyStart - CompiledImage.headerSize - table.count
    let rest = table + repeatElement(0, count: padding) + body
    var image = CompiledImage.magic
    Self.append(CompiledImage.version, to: &image)
    Self.append(UInt32(sections.count), to: &image)
    Self.append(UInt64(CompiledImage.headerSize + rest.count), to: &image)
    Self.append(Checksum.of(rest.span), to: &image)
    return image + rest
  }

  private func aligned(_ offset: Int) -> Int {
    (offset + CompiledImage.alignment - 1) / CompiledImage.alignment * CompiledImage.alignment
  }
}
