/// Byte strings kept one behind another in one buffer: no allocation for each.
package struct ByteStrings: Sendable, Hashable {
  /// All strings, in order, with nothing between them.
  package private(set) var bytes: [UInt8] = []
  /// Where each string ends in `bytes`.
  package private(set) var ends: [UInt32] = []

  package init() {}

  /// Strings that were laid one behind another already: `ends` ascend to the count of `bytes`.
  package init(bytes: [UInt8], ends: [UInt32]) {
    precondition(Int(ends.last ?? 0) == bytes.count, "the last string must end with the bytes")
    self.bytes = bytes
    self.ends = ends
  }

  package var count: Int { ends.count }

  /// The place of string `index` in ``bytes``.
  package func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
  }

  /// A copy of string `index`.
  package subscript(index: Int) -> [UInt8] { Array(bytes[range(index)]) }

  package mutating func reserve(strings: Int, bytes byteCount: Int) {
    ends.reserveCapacity(strings)
    bytes.reserveCapacity(byteCount)
  }

  package mutating func append(_ string: some Sequence<UInt8>) {
    bytes.append(contentsOf: string)
    endString()
  }

  /// Adds one byte to the string that ``endString()`` will close.
  package mutating func appendByte(_ byte: UInt8) { bytes.append(byte) }

  /// Adds bytes to the string that ``endString()`` will close.
  package mutating func appendBytes(_ some: some Sequence<UInt8>) { bytes.append(contentsOf: some) }

  /// Closes the string that was being added; what came since the last one is its bytes.
  package mutating func endString() { ends.append(UInt32(bytes.count)) }

  /// Takes back the string that was added last.
  package mutating func removeLast() {
    let start = range(count - 1).lowerBound
    ends.removeLast()
    bytes.removeLast(bytes.count - start)
  }
}

extension ByteStrings {
  /// The indices of the strings, shorter ones first: a counting sort.
  func indicesByLength() -> [Int] {
    var starts: [Int] = []
    for index in 0..<count {
      let length = range(index).count
      while starts.count <= length + 1 { starts.append(0) }
      starts[length + 1] += 1
    }
    for length in starts.indices.dropFirst() { starts[length] += starts[length - 1] }
    var order = [Int](repeating: 0, count: count)
    for index in 0..<count {
      let length = range(index).count
      order[starts[length]] = index
      starts[length] += 1
    }
    return order
  }
}
