internal import Dispatch
internal import Synchronization

extension Tokenizer {
  /// Encodes many inputs on several threads, as ``encodeText(_:and:options:)`` does one; padding to the
  /// longest goes by the longest of them all.
  ///
  /// - Parameter threads: how many threads work, at least 1. The result is the same for any number.
  /// - Throws: the first input that cannot be encoded.
  public func encodeTexts(
    _ inputs: [TextInputs], options: EncodingOptions = EncodingOptions(), threads: Int = 1
  ) throws(BatchError) -> [EncodedText] {
    let groups = Self.groups(of: inputs)
    let results = Mutex([Int: Result<[EncodedText], BatchError>]())
    let next = Atomic<Int>(0)
    let work: @Sendable (Int) -> Void = { _ in
      contexts.withContext { context in
        while true {
          let group = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard group < groups.count else { return }
          let result = encode(inputs, groups[group], options, using: &context)
          results.withLock { $0[group] = result }
        }
      }
    }
    if threads <= 1 || groups.count <= 1 {
      work(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: min(threads, groups.count), execute: work)
    }
    let found = results.withLock { $0 }
    var encoded: [EncodedText] = []
    encoded.reserveCapacity(inputs.count)
    for group in groups.indices { encoded += try found[group]?.get() ?? [] }
    if let padding = options.padding {
      do {
        let length = try padding.length(for: encoded.map(\.count).max() ?? 0)
        for index in encoded.indices { encoded[index].pad(to: length, by: padding) }
      } catch {
        throw BatchError(index: 0, error: error)
      }
    }
    return encoded
  }

  /// Encodes many texts on several threads.
  ///
  /// - Throws: as with any ``TextInputs``.
  public func encodeTexts(
    _ texts: [String], options: EncodingOptions = EncodingOptions(), threads: Int = 1
  ) throws(BatchError) -> [EncodedText] {
    try encodeTexts(texts.map { TextInputs(.text($0)) }, options: options, threads: threads)
  }

  private func encode(
    _ inputs: [TextInputs], _ group: Range<Int>, _ options: EncodingOptions,
    using context: inout EncodingContext
  ) -> Result<[EncodedText], BatchError> {
    var encoded: [EncodedText] = []
    encoded.reserveCapacity(group.count)
    for index in group {
      do {
        encoded.append(try encodeUnpadded(inputs[index], options, using: &context))
      } catch {
        return .failure(BatchError(index: index, error: error))
      }
    }
    return .success(encoded)
  }

  /// Neighbours together, so that taking some is rare beside encoding them.
  private static func groups(of inputs: [TextInputs]) -> [Range<Int>] {
    var groups: [Range<Int>] = []
    var start = 0
    var size = 0
    for (index, input) in inputs.enumerated() {
      size += input.first.byteCount + (input.second?.byteCount ?? 0)
      if size >= 1 << 16 || index == inputs.count - 1 {
        groups.append(start..<(index + 1))
        start = index + 1
        size = 0
      }
    }
    return groups
  }
}
