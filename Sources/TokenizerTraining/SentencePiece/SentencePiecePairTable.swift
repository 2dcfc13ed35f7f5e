/// The number of each pair of symbols that was met: open addressing with linear probing.
struct SentencePiecePairTable {
  /// The pairs, `left << 32 | right`; 0, which is no pair, where a slot is free.
  private var keys: [UInt64]
  private var values: [UInt32]
  private var count = 0

  init() {
    keys = [UInt64](repeating: 0, count: 1 << 12)
    values = [UInt32](repeating: 0, count: 1 << 12)
  }

  /// The number of `key`, which is not 0; nil where it has none yet.
  func value(of key: UInt64) -> UInt32? {
    let slot = slot(of: key)
    return keys[slot] == key ? values[slot] : nil
  }

  /// Notes the number of a key that has none yet.
  mutating func insert(_ key: UInt64, _ value: UInt32) {
    if 2 * (count + 1) > keys.count { grow() }
    let slot = slot(of: key)
    keys[slot] = key
    values[slot] = value
    count += 1
  }

  private func slot(of key: UInt64) -> Int {
    let mask = keys.count &- 1
    let mixed = (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed >> 32) & mask
    while keys[slot] != 0, keys[slot] != key { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    keys = [UInt64](repeating: 0, count: 2 * oldKeys.count)
    values = [UInt32](repeating: 0, count: 2 * oldKeys.count)
    for index in oldKeys.indices where oldKeys[index] != 0 {
      let slot = slot(of: oldKeys[index])
      keys[slot] = oldKeys[index]
      values[slot] = oldValues[index]
    }
  }
}
