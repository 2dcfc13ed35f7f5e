import TestSupport
import Testing

@testable import Tokenization

@Suite struct PretokenCacheTests {
  /// What the cache has for `bytes`, as the pipeline asks it.
  private static func ids(
    of bytes: [UInt8], at start: Int, count: Int, in cache: borrowing PretokenCache
  ) -> [TokenID]? {
    var buffer = IDBuffer()
    buffer.reserve(64)
    let query = cache.query(bytes.span, start, count: count)
    guard cache.append(query, to: &buffer) || cache.appendMany(query, to: &buffer) else {
      return nil
    }
    var ids: [TokenID] = []
    buffer.appendAll(to: &ids)
    return ids
  }

  private static func insert(
    _ bytes: [UInt8], at start: Int, count: Int, _ ids: [TokenID], in cache: inout PretokenCache
  ) {
    var buffer = IDBuffer()
    buffer.reserve(64)
    buffer.append(77)
    for id in ids { buffer.append(id) }
    let query = cache.query(bytes.span, start, count: count)
    cache.insert(query, buffer, from: 1)
  }

  @Test(arguments: 1...31)
  func `keeps pretokens of all lengths`(length: Int) {
    let text = Array(1...60 as ClosedRange<UInt8>)
    for count in 1...7 {
      for start in [0, 5, text.count - length] {
        var cache = PretokenCache(maximumByteCount: 0)
        #expect(Self.ids(of: text, at: start, count: length, in: cache) == nil)
        let ids = (0..<TokenID(count)).map { $0 * 1000 }
        Self.insert(text, at: start, count: length, ids, in: &cache)
        #expect(Self.ids(of: text, at: start, count: length, in: cache) == ids)
        // What lies behind a pretoken does not matter, its length does.
        let alone = Array(text[start..<(start + length)])
        #expect(Self.ids(of: alone, at: 0, count: length, in: cache) == ids)
        if length > 1 {
          #expect(Self.ids(of: alone, at: 0, count: length - 1, in: cache) == nil)
        }
        cache.removeAll()
        #expect(Self.ids(of: text, at: start, count: length, in: cache) == nil)
      }
    }
  }

  @Test func `zeros are bytes like others`() {
    let zeros = [UInt8](repeating: 0, count: 40)
    var cache = PretokenCache(maximumByteCount: 0)
    for length in 1...31 {
      #expect(Self.ids(of: zeros, at: 0, count: length, in: cache) == nil)
      Self.insert(zeros, at: 0, count: length, [TokenID(length), 1], in: &cache)
    }
    for length in 1...31 {
      #expect(Self.ids(of: zeros, at: 0, count: length, in: cache) == [TokenID(length), 1])
    }
  }

  @Test func `too many ids or none are not kept`() {
    let text = Array("abc".utf8)
    var cache = PretokenCache(maximumByteCount: 0)
    Self.insert(text, at: 0, count: 3, Array(0..<8), in: &cache)
    #expect(Self.ids(of: text, at: 0, count: 3, in: cache) == nil)
    Self.insert(text, at: 0, count: 3, [], in: &cache)
    #expect(Self.ids(of: text, at: 0, count: 3, in: cache) == nil)
  }

  /// Ten times as many as there is room for: what is found is right.
  @Test(arguments: [0, 1 << 20], [1] as [UInt64])
  func `forgets but never lies`(maximumByteCount: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var cache = PretokenCache(maximumByteCount: maximumByteCount)
    var known: [[UInt8]: [TokenID]] = [:]
    var hits = 0
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...31, using: &generator)
      let word = (0..<length).map { _ in UInt8.random(in: 0...3, using: &generator) }
      let found = Self.ids(of: word, at: 0, count: length, in: cache)
      if let found {
        hits += 1
        if found != known[word] { Issue.record("\(word): \(found)") }
      } else {
        let ids = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
          TokenID.random(in: 0..<TokenID(Vocabulary.idLimit), using: &generator)
        }
        Self.insert(word, at: 0, count: length, ids, in: &cache)
        known[word] = ids
      }
    }
    #expect(hits > 500)
  }
}

@Suite struct CacheTableTests {
  private struct Entry: CacheEntry {
    var key: UInt64 = 0
    var value = 0
    var hash: Int { Int(truncatingIfNeeded: key) }
    var isEmpty: Bool { key == 0 }
  }

  private static func entry(_ key: UInt64, _ value: Int) -> Entry {
    var entry = Entry()
    entry.key = key
    entry.value = value
    return entry
  }

  @Test func `the newcomer comes first and the older of two goes`() {
    var table = CacheTable<Entry>(maximumByteCount: 0)
    // All in one bucket of the smallest table.
    let keys: [UInt64] = [1, 2, 3].map { $0 << 20 }
    for (value, key) in keys.enumerated() {
      table.insert(Self.entry(key, value), hash: Int(key))
    }
    let found = keys.map { table.entry($0, hash: Int($0))?.value }
    #expect(found == [nil, 1, 2])
    table.removeAll()
    let after = keys.map { table.entry($0, hash: Int($0))?.value }
    #expect(after == [nil, nil, nil])
  }

  @Test func `grows up to its bound`() {
    var table = CacheTable<Entry>(maximumByteCount: 1 << 20)
    for key in 1...30_000 as ClosedRange<UInt64> {
      table.insert(Self.entry(key &* 2, Int(key)), hash: Int(key &* 2))
    }
    var kept = 0
    for key in 1...30_000 as ClosedRange<UInt64> {
      guard let entry = table.entry(key &* 2, hash: Int(key &* 2)) else { continue }
      kept += 1
      if entry.value != Int(key) { Issue.record("\(key) has \(entry.value)") }
    }
    #expect(kept > 20_000)
  }
}
