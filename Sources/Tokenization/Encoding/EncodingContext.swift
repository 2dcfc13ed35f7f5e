internal import SplitPatterns

/// The memory of one thread that encodes: a cache of pretokens and buffers.
///
/// Make one for each thread and use it for many texts. It belongs to the tokenizer it was last used
/// with and forgets what it knows when that changes. The results never depend on it.
public struct EncodingContext: ~Copyable {
  var cache: PretokenCache
  var ids = IDBuffer()
  /// Where they lie, if ranges are wanted.
  var places = PlaceBuffer()
  /// How many pretokens and added tokens of the text were met, if ranges are wanted.
  var wordCount = 0
  var scratch = ModelScratch()
  /// Where the last pretoken's ids lie in it.
  var ranges = TokenRanges(areWanted: false)
  /// What is wanted of each pretoken, if not the model's encoding.
  var task: PretokenTask?
  /// A task's results are not remembered.
  var bypassesCache = false
  var segments: [AddedTokenMatcher.Segment] = []
  var innerSegments: [AddedTokenMatcher.Segment] = []
  var normalized: [UInt8] = []
  var prefixed: [UInt8] = []
  var pretokens = Pretokens()
  /// A word as a model sees it, where that is not what stands in the text.
  var rewritten: [UInt8] = []
  /// Where the pretokens of a block end, and what the cache is asked for each.
  var ends = [Int](repeating: 0, count: blockCount)
  /// The words of a block, where they do not cover the text.
  var words = [Range<Int>](repeating: 0..<0, count: blockCount)
  var queries = [PretokenCache.Query](repeating: PretokenCache.Query(), count: blockCount)
  private var owner: UInt64 = 0

  /// How many pretokens are looked at before the first is looked up: enough to hide the memory's
  /// delay, few enough to stay in the nearest cache.
  static let blockCount = 128

  /// - Parameter maximumCacheByteCount: a bound for the cache, which starts small and grows as far as
  ///   it is used; at least 256 kB.
  public init(maximumCacheByteCount: Int = 32 << 20) {
    cache = PretokenCache(maximumByteCount: maximumCacheByteCount)
  }

  /// Forgets the pretokens of another tokenizer.
  mutating func prepare(for tokenizer: UInt64) {
    guard owner != tokenizer else { return }
    if owner != 0 {
      cache.removeAll()
      scratch.forget()
    }
    owner = tokenizer
  }

  /// The same, for ids alone.
  mutating func prepareForParts(of tokenizer: UInt64) {
    prepare(for: tokenizer)
    ids.removeAll()
    ranges = TokenRanges(areWanted: false)
    bypassesCache = task != nil
  }

  /// Makes the first `count` pretokens of ``ends``, which begin at `start`, ready to be looked up.
  @inline(__always)
  mutating func prepareQueries(_ text: Span<UInt8>, from start: Int, count: Int) {
    var start = start
    for index in 0..<count {
      let end = ends[index]
      let length = min(end &- start, PretokenCache.maximumLength)
      queries[index] = cache.query(text, start, count: length)
      start = end
    }
  }

  /// The same for the first `count` of ``words``.
  @inline(__always)
  mutating func prepareQueries(_ text: Span<UInt8>, count: Int) {
    for index in 0..<count {
      let word = words[index]
      queries[index] = cache.query(
        text, word.lowerBound, count: min(word.count, PretokenCache.maximumLength))
    }
  }
}

/// Contexts that calls without one of their own borrow, so that they find a warm cache.
final class ContextPool: Sendable {
  /// A context in a box: arrays cannot hold values that cannot be copied. It is in the pool or with
  /// one borrower, never both, so that it may move between threads.
  private final class Box: @unchecked Sendable {
    var context = EncodingContext()
  }

  private let boxes = ScratchPool<Box>()

  func withContext<Result, Failure: Error>(
    _ body: (inout EncodingContext) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let box = boxes.take() ?? Box()
    defer { boxes.giveBack(box) }
    return try body(&box.context)
  }
}
