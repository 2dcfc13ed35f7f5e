extension Tokenizer {
  /// Encodes bytes of UTF-8 into memory of the caller's: the first ids, as far as they have room.
  ///
  /// Once `context` has served a text like this one, nothing is allocated.
  ///
  /// - Returns: how many ids there are, also those that had no room.
  /// - Throws: as ``encode(_:specialTokens:addsTemplate:)``; what is in `memory` is then undefined.
  package func encode(
    _ text: Span<UInt8>, into memory: UnsafeMutableBufferPointer<TokenID>,
    using context: inout EncodingContext, specialTokens: SpecialTokens = .asPlainText,
    addsTemplate: Bool = true
  ) throws(EncodingError) -> Int {
    var sink = unsafe MemorySink(memory)
    if addsTemplate { sink.append(template.before) }
    _ = try encode(text, trust: Trust(specialTokens), into: &sink, using: &context)
    if addsTemplate { sink.append(template.behind) }
    return sink.count
  }

  /// The same with a context that is borrowed.
  package func encode(
    _ text: Span<UInt8>, into memory: UnsafeMutableBufferPointer<TokenID>,
    specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true
  ) throws(EncodingError) -> Int {
    try contexts.withContext { (context) throws(EncodingError) in
      try unsafe encode(
        text, into: memory, using: &context, specialTokens: specialTokens,
        addsTemplate: addsTemplate)
    }
  }
}

/// Writes ids into memory that somebody else owns, and counts those that have no room there, too.
@safe
struct MemorySink: TokenSink {
  static var wantsRanges: Bool { false }
  // SAFETY: whoever made the sink keeps the memory alive as long.
  private let memory: UnsafeMutableBufferPointer<TokenID>
  private(set) var count = 0

  init(_ memory: UnsafeMutableBufferPointer<TokenID>) { unsafe self.memory = memory }

  mutating func append(_ ids: borrowing IDBuffer, _ places: borrowing PlaceBuffer) -> Bool {
    if unsafe count < memory.count {
      unsafe ids.copy(to: UnsafeMutableBufferPointer(rebasing: memory[count...]))
    }
    count += ids.count
    return true
  }

  mutating func append(_ id: TokenID, _ range: Range<Int>, word: Int) -> Bool {
    append(id)
    return true
  }

  mutating func append(_ ids: [TokenID]) {
    for id in ids { append(id) }
  }

  private mutating func append(_ id: TokenID) {
    // SAFETY: the place was just compared.
    if unsafe count < memory.count { unsafe memory[count] = id }
    count += 1
  }
}
