package import Tokenization

extension Tokenizer {
  /// Opens a compiled form where it lies.
  ///
  /// A damaged file is found by its checksum, whose sum over all bytes is what opening takes: a few
  /// milliseconds. Whoever forges a file with a right checksum can make it give wrong ids or stop the
  /// program, but not read or write other memory.
  ///
  /// - Parameter isTrusted: leaves the checksum out, for an image that is a part of the program.
  /// - Throws: `malformed`, `version`, `truncated`, `checksum`.
  package init(
    _ image: CompiledImage, isTrusted: Bool = false
  ) throws(VocabularyError) {
    let sections = try CompiledSections(image, isTrusted: isTrusted)
    let json = try sections.bytes(.pipeline)
    let pipeline = try readPipeline(JSONValue(parsing: json.span))
    let vocabulary = Vocabulary(
      bytes: try sections.array(.tokenBytes), ends: try sections.array(.tokenEnds),
      present: try sections.array(.tokenPresent), spelled: try sections.array(.tokenSpelled),
      index: try sections.table(.tokenIndex, empty: Vocabulary.emptySlot))
    guard vocabulary.isConsistent else {
      throw VocabularyError(.malformed, "the tables of the compiled file do not fit together")
    }
    var tables = try sections.modelTables()
    let model = try sections.modelKind().type.init(&tables)
    try self.init(pipeline: pipeline, model: model, vocabulary: vocabulary)
  }
}

/// The sections of an image whose header is in order.
private struct CompiledSections {
  private let image: CompiledImage
  private var places: [UInt32: Place] = [:]

  private struct Place {
    var offset: Int
    var count: Int
    var elementSize: Int
  }

  init(_ image: CompiledImage, isTrusted: Bool) throws(VocabularyError) {
    self.image = image
    let header = CompiledImage.headerSize
    let all = image.array(UInt8.self, offset: 0, count: image.count)
    guard CompiledImage.isImage(all.span) else {
      throw VocabularyError(.malformed, "not a compiled tokenizer", offset: 0)
    }
    guard image.count >= header else {
      throw VocabularyError(
        .truncated, "\(image.count) bytes, where the header alone has \(header)",
        offset: image.count)
    }
    let version = image.number(UInt32.self, at: 8)
    guard version == CompiledImage.version else {
      throw VocabularyError(
        .version,
        "compiled form of version \(version), where \(CompiledImage.version) is read: compile again",
        offset: 8)
    }
    let length = image.number(UInt64.self, at: 16)
    guard length == UInt64(image.count) else {
      throw VocabularyError(
        length > UInt64(image.count) ? .truncated : .malformed,
        "\(image.count) bytes, where the header says \(length)", offset: 16)
    }
    if !isTrusted {
      let checksum = Checksum.of(all.span.extracting(header..<image.count))
      guard checksum == image.number(UInt64.self, at: 24) else {
        throw VocabularyError(.checksum, "the contents do not match their checksum", offset: 24)
      }
    }
    let sectionCount = Int(image.number(UInt32.self, at: 12))
    guard sectionCount <= (image.count - header) / 24 else {
      throw VocabularyError(.malformed, "\(sectionCount) sections have no room", offset: 12)
    }
    for index in 0..<sectionCount {
      let entry = header + index * 24
      let elementSize = Int(image.number(UInt32.self, at: entry + 4))
      guard let offset = Int(exactly: image.number(UInt64.self, at: entry + 8)),
        let size = Int(exactly: image.number(UInt64.self, at: entry + 16)),
        offset % CompiledImage.alignment == 0, offset <= image.count,
        size <= image.count - offset, elementSize > 0, size % elementSize == 0
      else {
        throw VocabularyError(.malformed, "a section outside the file", offset: entry)
      }
      places[image.number(UInt32.self, at: entry)] = Place(
        offset: offset, count: size / elementSize, elementSize: elementSize)
    }
  }

  func array<Element: BitwiseCopyable & Sendable>(
    _ section: CompiledImage.Section
  ) throws(VocabularyError) -> FlatArray<Element> {
    guard let place = places[section.number], place.elementSize == MemoryLayout<Element>.size
    else {
      throw VocabularyError(.missing, "no section `\(section)` in the compiled file")
    }
    return image.array(Element.self, offset: place.offset, count: place.count)
  }

  /// The model there is; files that say nothing hold a byte-level one.
  func modelKind() throws(VocabularyError) -> ModelKind {
    guard places[CompiledImage.Section.modelKind.number] != nil else { return .bytePair }
    let numbers: FlatArray<UInt32> = try array(.modelKind)
    guard numbers.count == 1, let kind = ModelKind(rawValue: numbers[0]) else {
      throw VocabularyError(.malformed, "a kind of model that is not known")
    }
    return kind
  }

  func modelTables() throws(VocabularyError) -> ModelTables {
    var tables: [ModelTables.Table] = []
    while let place = places[CompiledImage.Section.modelTable(tables.count).number] {
      let section = CompiledImage.Section.modelTable(tables.count)
      switch place.elementSize {
      case 1: tables.append(.bytes(try array(section)))
      case 4: tables.append(.words(try array(section)))
      case 8: tables.append(.longWords(try array(section)))
      default:
        throw VocabularyError(.malformed, "elements of \(place.elementSize) bytes in `\(section)`")
      }
    }
    return ModelTables(tables)
  }

  func bytes(_ section: CompiledImage.Section) throws(VocabularyError) -> FlatArray<UInt8> {
    try array(section)
  }

  /// A hash table: a power of two slots, one of which is empty, so that every search ends.
  func table<Element: BitwiseCopyable & Sendable & Equatable>(
    _ section: CompiledImage.Section, empty: Element
  ) throws(VocabularyError) -> FlatArray<Element> {
    let slots: FlatArray<Element> = try array(section)
    var index = 0
    while index < slots.count, slots[index] != empty { index += 1 }
    guard slots.count >= 2, slots.count.nonzeroBitCount == 1, index < slots.count else {
      throw VocabularyError(.malformed, "the table `\(section)` has no empty slot")
    }
    return slots
  }
}

extension Vocabulary {
  /// Whether every id has a place within the bytes.
  fileprivate var isConsistent: Bool {
    guard ends.count > 0, present.count * 64 >= ends.count, spelled.count * 64 >= ends.count else {
      return false
    }
    let places = ends.span
    var last: UInt32 = 0
    var ascends = true
    for index in 0..<places.count {
      ascends = ascends && places[index] >= last
      last = places[index]
    }
    return ascends && Int(last) == bytes.count
  }
}
