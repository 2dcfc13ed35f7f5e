/// Some documents of one input, in its order.
public struct DocumentBatch: Sendable {
  /// What holds the documents.
  public var bytes: [UInt8] = []
  /// Where each lies in `bytes`.
  public var ranges: [Range<Int>] = []
  /// The name of the input they come from.
  public var input = ""
  /// Which of the inputs that is, from 0 on.
  public var inputIndex = 0
  /// What messages call the numbers.
  public var unit = DocumentUnit.document
  /// The number of each document in its input, or of the line it stands on, from 1 on.
  public var numbers: [Int] = []
  /// Where each document, or its line, begins in the input.
  public var starts: [Int] = []
  /// Where `bytes` begin in the input; for lines of JSON, where the first of them begins.
  public var offset = 0
  /// What is no document; only where the reader was told to collect it.
  public var bad: [BadDocument] = []
  /// Bytes read of all inputs when this was read, compressed as they are.
  public var readCount = 0
  /// Where what follows begins.
  public var next = DocumentPosition()

  public init() {}

  /// What messages call document `index`.
  public func place(_ index: Int) -> String { "\(input): \(unit) \(numbers[index])" }

  /// Where what follows document `index` begins.
  func position(after index: Int) -> DocumentPosition {
    if let bad = bad.first(where: { $0.documentsBefore == index + 1 }) { return bad.position }
    guard index + 1 < ranges.count else { return next }
    return position(of: index + 1)
  }

  func position(of index: Int) -> DocumentPosition {
    DocumentPosition(input: inputIndex, offset: starts[index], number: numbers[index])
  }
}

/// What a number within an input counts.
public enum DocumentUnit: String, Hashable, Sendable {
  case document, line
}

/// A place in a row of inputs where a document begins.
public struct DocumentPosition: Hashable, Sendable {
  /// Which input, from 0 on.
  public var input = 0
  /// Bytes of the input before it, decompressed ones.
  public var offset = 0
  /// The number of the document, or of the line, from 1 on.
  public var number = 1

  public init() {}

  init(input: Int, offset: Int, number: Int) {
    (self.input, self.offset, self.number) = (input, offset, number)
  }
}

/// What should be a document and is none, or is one that cannot be encoded.
public struct BadDocument: Hashable, Sendable {
  /// The name of its input.
  public var input: String
  /// The line or the document; nil where the input itself cannot be read on.
  public var unit: DocumentUnit?
  /// Where it begins.
  public var position: DocumentPosition
  /// What is wrong.
  public var error: ShardError
  /// How many documents of its batch stand before it.
  var documentsBefore: Int
}
