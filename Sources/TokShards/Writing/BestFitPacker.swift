internal import Tokenization

/// Puts documents into rows of a fixed length and cuts only those that are longer.
///
/// Best fit, decreasing: the longest document first, each into the row where the least room is left behind
/// it, as in Hantian Ding and others, Fewer Truncations Improve Language Modeling, 2024. Of a document that
/// is longer than a row full rows are cut off from its front, and its end is packed like a document. With
/// rows of 8, documents of 5, 3, 4 and 11 ids give 8 of the last one, then 5 + 3, then 4 + its other 3.
///
/// Documents are packed some millions of ids at a time, whoever reads them in which parts. So that long
/// documents do not all stand in front, rows are in the order of the first document of each.
struct BestFitPacker {
  struct Part: Hashable {
    var range: Range<Int>
    var beginsDocument: Bool
  }

  struct Row {
    var parts: [Part]
    var count: Int
  }

  /// So many ids are packed together at least.
  static let windowSize = 1 << 22

  private let rowLength: Int
  private let windowSize: Int
  /// The ids of all documents.
  private(set) var ids: [TokenID] = []
  private var ends: [Int] = []

  init(rowLength: Int, windowSize: Int = Self.windowSize) {
    self.rowLength = rowLength
    self.windowSize = max(windowSize, 8 * rowLength)
  }

  var isEmpty: Bool { ends.isEmpty }
  var isFull: Bool { ids.count >= windowSize || ends.count >= windowSize }

  mutating func add(_ document: [TokenID]) {
    ids.append(contentsOf: document)
    ends.append(ids.count)
  }

  /// The rows of all documents.
  ///
  /// - Complexity: O(*n* log *n*) in the documents and O(*n* *r* / 64) in documents and ids of a row.
  mutating func takeRows() -> [Row] {
    var rows: [Row] = []
    var shorter: [Part] = []
    var start = 0
    for end in ends {
      var begins = true
      while end - start >= rowLength {
        let part = Part(range: start..<(start + rowLength), beginsDocument: begins)
        rows.append(Row(parts: [part], count: rowLength))
        start += rowLength
        begins = false
      }
      if start < end { shorter.append(Part(range: start..<end, beginsDocument: begins)) }
      start = end
    }
    ends = []
    // subtle: of the same length the first one comes first, which `sort` does not promise by itself.
    shorter.sort { ($1.range.count, $0.range.lowerBound) < ($0.range.count, $1.range.lowerBound) }
    var room = RoomTable(rowLength)
    for part in shorter {
      let row: Int
      if let found = room.takeRow(for: part.range.count) {
        row = found
      } else {
        row = rows.count
        rows.append(Row(parts: [], count: 0))
      }
      rows[row].parts.append(part)
      rows[row].count += part.range.count
      room.add(row, room: rowLength - rows[row].count)
    }
    for row in rows.indices {
      rows[row].parts.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
    rows.sort { $0.parts[0].range.lowerBound < $1.parts[0].range.lowerBound }
    return rows
  }
}

/// Rows by how much room they have: lists of rows, and a bit for each list that is not empty.
private struct RoomTable {
  private var rows: [[Int]]
  private var bits: [UInt64]

  init(_ rowLength: Int) {
    rows = Array(repeating: [], count: rowLength + 1)
    bits = Array(repeating: 0, count: rowLength / 64 + 1)
  }

  mutating func add(_ row: Int, room: Int) {
    guard room > 0 else { return }
    rows[room].append(row)
    bits[room / 64] |= 1 << UInt64(room % 64)
  }

  /// Takes the row out that has the least room of those with at least `count`; nil if none has.
  mutating func takeRow(for count: Int) -> Int? {
    var word = count / 64
    var mask = bits[word] & ~0 << UInt64(count % 64)
    while mask == 0 {
      word += 1
      guard word < bits.count else { return nil }
      mask = bits[word]
    }
    let room = word * 64 + mask.trailingZeroBitCount
    let row = rows[room].removeLast()
    if rows[room].isEmpty { bits[word] &= ~(1 << UInt64(room % 64)) }
    return row
  }
}
