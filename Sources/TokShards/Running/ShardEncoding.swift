internal import Dispatch
internal import Synchronization
internal import Tokenization

/// Reading, encoding and writing at the same time, each batch one behind the other.
struct ShardEncoding {
  let run: ShardRun
  let recorder: ShardRecorder
  /// What was read of standard input before.
  let beginning: [UInt8]
  /// Bytes of all inputs, where that is known.
  let total: Int?

  /// Batches that may wait between two threads; they have some megabytes each.
  private static let capacity = 2

  /// Encodes all documents that the recorder has not got yet.
  ///
  /// - Throws: the first thing that is wrong; all that stands before it is written then, and noted.
  func encode() throws(ShardError) {
    let batches = Channel<DocumentBatch>(capacity: Self.capacity)
    let results = Channel<EncodedDocuments>(capacity: Self.capacity)
    let group = DispatchGroup()
    let readingError = Mutex<ShardError?>(nil)
    let writingError = Mutex<ShardError?>(nil)
    // subtle: queues of their own, since those that all share may have no thread left for a second one.
    let (run, recorder, beginning) = (run, recorder, beginning)
    let start = recorder.journal
    DispatchQueue(label: "tok.shards.reading").async(group: group) {
      var reader = DocumentReader(
        files: run.inputs, separator: run.options.separator, collectsBad: true,
        from: start.position, beginning: beginning)
      do throws(ShardError) {
        while let batch = try reader.next(), batches.send(batch) {}
      } catch {
        readingError.withLock { $0 = error }
      }
      batches.finish()
    }
    DispatchQueue(label: "tok.shards.writing").async(group: group) {
      do throws(ShardError) {
        while let part = results.receive() { try recorder.add(part) }
      } catch {
        writingError.withLock { $0 = error }
        results.cancel()
      }
    }
    let encodingError = encode(batches, to: results, start)
    batches.cancel()
    results.finish()
    group.wait()
    if let error = writingError.withLock({ $0 }) { throw error }
    if let error = encodingError ?? readingError.withLock({ $0 }) {
      try recorder.checkpoint()
      throw error
    }
  }

  private func encode(
    _ batches: Channel<DocumentBatch>, to results: Channel<EncodedDocuments>, _ start: Journal
  ) -> ShardError? {
    var progress = ShardProgress(
      phase: .encoding, completed: 0, total: total, documents: start.documents, tokens: 0)
    for shard in start.shards { progress.tokens += shard.tokens }
    progress.tokens += (start.current?.tokens ?? 0) + start.storedTokens
    while var batch = batches.receive() {
      var error: ShardError?
      if !run.skipsBadDocuments, let bad = batch.bad.first {
        error = bad.error
        batch.cut(before: bad.documentsBefore, bad.position)
      }
      let encoded = encode(&batch, &error)
      batch.bytes = []
      progress.completed = batch.readCount
      progress.documents += encoded.count
      progress.tokens += encoded.ids.count
      let part = EncodedDocuments(batch: batch, encoded: encoded)
      guard results.send(part) else { return nil }
      run.progress(progress)
      if let error { return error }
    }
    return nil
  }

  /// The ids of the batch; documents that cannot be encoded are taken out of it, or it ends before the
  /// first of them.
  private func encode(_ batch: inout DocumentBatch, _ error: inout ShardError?) -> EncodedBatch {
    do throws(BatchError) {
      return try encode(batch.ranges, batch)
    } catch let found {
      guard run.skipsBadDocuments else {
        error = Self.error(found.error, batch, found.index)
        batch.cut(before: found.index, batch.position(of: found.index))
        return (try? encode(batch.ranges, batch)) ?? EncodedBatch()
      }
    }
    // One by one: which ones are bad is not known but by trying.
    var encoded = EncodedBatch()
    var bad: [Int: ShardError] = [:]
    for (index, range) in batch.ranges.enumerated() {
      do throws(BatchError) {
        encoded.ids += try encode([range], batch).ids
        encoded.ends.append(encoded.ids.count)
      } catch let found {
        bad[index] = Self.error(found.error, batch, index)
      }
    }
    batch.takeOut(bad)
    return encoded
  }

  private func encode(
    _ ranges: [Range<Int>], _ batch: DocumentBatch
  ) throws(BatchError) -> EncodedBatch {
    try run.tokenizer.encode(
      documents: ranges, in: batch.bytes.span, specialTokens: run.options.specialTokens,
      addsTemplate: run.options.addsTemplate, threads: run.threads)
  }

  private static func error(
    _ error: EncodingError, _ batch: DocumentBatch, _ index: Int
  ) -> ShardError {
    ShardError(.input, "\(error)", place: batch.place(index))
  }
}

extension DocumentBatch {
  /// Leaves out document `index` and what stands behind it; `position` is where that begins.
  fileprivate mutating func cut(before index: Int, _ position: DocumentPosition) {
    ranges.removeSubrange(index...)
    numbers.removeSubrange(index...)
    starts.removeSubrange(index...)
    bad.removeAll { $0.documentsBefore > index || $0.position == position }
    next = position
  }

  /// Makes bad documents of those under the numbers of `errors`.
  fileprivate mutating func takeOut(_ errors: [Int: ShardError]) {
    var old = self
    old.bytes = []
    (ranges, numbers, starts, bad) = ([], [], [], [])
    var others = old.bad[...]
    for index in 0...old.ranges.count {
      while var next = others.first, next.documentsBefore == index {
        next.documentsBefore = ranges.count
        bad.append(next)
        others.removeFirst()
      }
      guard index < old.ranges.count else { break }
      if let error = errors[index] {
        bad.append(
          BadDocument(
            input: input, unit: unit, position: old.position(of: index), error: error,
            documentsBefore: ranges.count))
      } else {
        ranges.append(old.ranges[index])
        numbers.append(old.numbers[index])
        starts.append(old.starts[index])
      }
    }
  }
}
