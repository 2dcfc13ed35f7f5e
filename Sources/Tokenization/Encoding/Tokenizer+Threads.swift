internal import Dispatch
internal import SplitPatterns
internal import Synchronization

/// The ids of many texts, one behind another.
public struct EncodedBatch: Hashable, Sendable {
  /// All ids, in the order of the texts.
  public var ids: [TokenID] = []
  /// Where the ids of each text end in `ids`.
  public var ends: [Int] = []

  public init() {}

  /// The number of texts.
  public var count: Int { ends.count }

  /// The place of the ids of text `index` in `ids`.
  public func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// The ids of text `index`.
  public subscript(index: Int) -> ArraySlice<TokenID> { ids[range(index)] }
}

/// A text of a batch that is not encoded.
public struct BatchError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which of the texts.
  public var index: Int
  public var error: EncodingError

  public var description: String { "text \(index): \(error)" }
}

extension Tokenizer {
  /// Encodes many texts on several threads.
  ///
  /// - Parameters:
  ///   - documents: the places of the texts in `bytes`.
  ///   - threads: how many threads work, at least 1. The result is the same for any number.
  /// - Throws: the first text that cannot be encoded.
  /// - Complexity: as ``encode(_:specialTokens:addsTemplate:)``. A text far longer than the others is
  ///   itself cut at safe places and shared between the threads.
  public func encode(
    documents: [Range<Int>], in bytes: Span<UInt8>, specialTokens: SpecialTokens = .asPlainText,
    addsTemplate: Bool = true, threads: Int = 1
  ) throws(BatchError) -> EncodedBatch {
    if threads <= 1 {
      return try encodeAlone(
        documents, in: bytes, specialTokens: specialTokens, addsTemplate: addsTemplate)
    }
    let pieces = pieces(of: documents, in: bytes, specialTokens: specialTokens, threads: threads)
    let results = Mutex([Int: Result<[EncodedPiece], BatchError>]())
    // SAFETY: the memory is only read, and `concurrentPerform` returns before the closure ends.
    unsafe bytes.withUnsafeBufferPointer { buffer in
      let shared = unsafe SharedBytes(buffer: buffer)
      let groups = Self.groups(of: pieces, threads: threads)
      let next = Atomic<Int>(0)
      let work: @Sendable (Int) -> Void = { _ in
        contexts.withContext { context in
          while true {
            let group = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard group < groups.count else { return }
            let result = encode(
              pieces[groups[group]], in: unsafe shared.buffer.span, specialTokens: specialTokens,
              using: &context)
            results.withLock { $0[group] = result }
          }
        }
      }
      if groups.count <= 1 {
        work(0)
      } else {
        DispatchQueue.concurrentPerform(iterations: min(threads, groups.count), execute: work)
      }
    }
    return try joined(
      results.withLock { $0 }, documents: documents.count, addsTemplate: addsTemplate)
  }

  /// The same on one thread: all ids go where they stay.
  private func encodeAlone(
    _ documents: [Range<Int>], in bytes: Span<UInt8>, specialTokens: SpecialTokens,
    addsTemplate: Bool
  ) throws(BatchError) -> EncodedBatch {
    var batch = EncodedBatch()
    batch.ends.reserveCapacity(documents.count)
    // Mostly there is one id for more than four bytes; memory that is not used costs nothing.
    batch.ids.reserveCapacity(documents.reduce(0) { $0 + $1.count } / 4)
    try contexts.withContext { (context) throws(BatchError) in
      for (index, range) in documents.enumerated() {
        do throws(EncodingError) {
          try encode(
            bytes.extracting(range), into: &batch.ids, using: &context,
            specialTokens: specialTokens, addsTemplate: addsTemplate)
        } catch {
          throw BatchError(index: index, error: error)
        }
        batch.ends.append(batch.ids.count)
      }
    }
    return batch
  }

  /// Encodes many texts on several threads.
  public func encode(
    _ texts: [String], specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true,
    threads: Int = 1
  ) throws(BatchError) -> [[TokenID]] {
    var strings = ByteStrings()
    for text in texts { strings.append(text.utf8) }
    let batch = try encode(
      documents: texts.indices.map { strings.range($0) }, in: strings.bytes.span,
      specialTokens: specialTokens, addsTemplate: addsTemplate, threads: threads)
    return texts.indices.map { Array(batch[$0]) }
  }

  /// Encodes one text on several threads, cut only where both parts give the ids of the whole.
  public func encode(
    _ text: Span<UInt8>, specialTokens: SpecialTokens = .asPlainText, addsTemplate: Bool = true,
    threads: Int
  ) throws(EncodingError) -> [TokenID] {
    do {
      return try encode(
        documents: [0..<text.count], in: text, specialTokens: specialTokens,
        addsTemplate: addsTemplate, threads: threads
      ).ids
    } catch {
      throw error.error
    }
  }
}

/// A text of a batch, or a part of one.
private struct Piece: Sendable {
  var document: Int
  var range: Range<Int>
  /// Where the document begins, so that errors say the place within it.
  var documentStart: Int
}

private struct EncodedPiece: Sendable {
  var document: Int
  var ids: [TokenID]
}

/// Bytes that several threads read while one waits for them.
@safe
private struct SharedBytes: @unchecked Sendable {
  let buffer: UnsafeBufferPointer<UInt8>
}

extension Tokenizer {
  /// Parts of at least this many bytes are worth a thread.
  private static let pieceSize = 1 << 18

  private func pieces(
    of documents: [Range<Int>], in bytes: Span<UInt8>, specialTokens: SpecialTokens, threads: Int
  ) -> [Piece] {
    // Added tokens may reach over a cut, a prefix belongs to the front: such texts stay whole.
    let hasMatches =
      !(rawMatcher.isEmpty || rawMatcher.isSpecialOnly && specialTokens.leavesSpecialTokens)
      || !(normalizedMatcher.isEmpty
        || normalizedMatcher.isSpecialOnly && specialTokens.leavesSpecialTokens)
    let mayCut = threads > 1 && split.allowsCuts && !addsPrefixSpace && !hasMatches
    var pieces: [Piece] = []
    for (index, document) in documents.enumerated() {
      var start = document.lowerBound
      while mayCut, document.upperBound - start >= 2 * Self.pieceSize {
        var cut = start + Self.pieceSize
        while cut < document.upperBound, !isSafeCut(bytes, before: cut) { cut += 1 }
        guard cut < document.upperBound else { break }
        pieces.append(
          Piece(document: index, range: start..<cut, documentStart: document.lowerBound))
        start = cut
      }
      pieces.append(
        Piece(
          document: index, range: start..<document.upperBound,
          documentStart: document.lowerBound))
    }
    return pieces
  }

  /// Neighbouring pieces together, so that taking one is rare beside encoding it.
  private static func groups(of pieces: [Piece], threads: Int) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    var size = 0
    for index in pieces.indices {
      size += pieces[index].range.count
      if size >= pieceSize / 2 {
        groups.append(start..<(index + 1))
        start = index + 1
        size = 0
      }
    }
    if start < pieces.count { groups.append(start..<pieces.count) }
    return groups
  }

  private func encode(
    _ pieces: ArraySlice<Piece>, in bytes: Span<UInt8>, specialTokens: SpecialTokens,
    using context: inout EncodingContext
  ) -> Result<[EncodedPiece], BatchError> {
    var encoded: [EncodedPiece] = []
    encoded.reserveCapacity(pieces.count)
    for piece in pieces {
      var sink = IDSink(ids: [])
      do {
        _ = try encode(
          bytes.extracting(piece.range), trust: Trust(specialTokens), into: &sink,
          using: &context)
      } catch {
        return .failure(
          BatchError(
            index: piece.document,
            error: error.moved(by: piece.range.lowerBound - piece.documentStart)))
      }
      encoded.append(EncodedPiece(document: piece.document, ids: sink.ids))
    }
    return .success(encoded)
  }

  private func joined(
    _ results: [Int: Result<[EncodedPiece], BatchError>], documents: Int, addsTemplate: Bool
  ) throws(BatchError) -> EncodedBatch {
    var batch = EncodedBatch()
    batch.ends.reserveCapacity(documents)
    func close() {
      if addsTemplate { batch.ids.append(contentsOf: template.behind) }
      batch.ends.append(batch.ids.count)
    }
    var current = -1
    for group in 0..<results.count {
      for piece in try results[group]?.get() ?? [] {
        if piece.document != current {
          if current >= 0 { close() }
          current = piece.document
          if addsTemplate { batch.ids.append(contentsOf: template.before) }
        }
        batch.ids.append(contentsOf: piece.ids)
      }
    }
    if current >= 0 { close() }
    return batch
  }
}
