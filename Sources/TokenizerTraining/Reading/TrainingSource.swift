/// Where text for training comes from.
public struct TrainingSource: Sendable {
  public enum Content: Sendable {
    /// A file, or standard input for `-`.
    case file(String)
    /// Lines of JSON, whose member of this name (its path, for one inside others) is a text. `-` is
    /// standard input.
    case jsonLines(String, field: [String])
    /// A file that holds word counts, as ``WordCounts/write(to:)`` writes them. Its words are neither
    /// normalised nor cut again.
    case wordCounts(String)
    /// Bytes in memory.
    case buffer([UInt8])
    /// Called for one text after another, each appended to the array, until it returns false. It is
    /// never called by two threads at once.
    case texts(@Sendable (inout [UInt8]) throws -> Bool)
  }

  /// What is normalised and cut by itself. It can change the result: pretokens do not reach from one
  /// unit to the next.
  public enum Unit: String, Hashable, Sendable, CaseIterable {
    /// A line with the newline that ends it, as huggingface's trainers read files.
    case line
    /// A line without its newline (and a carriage return before it), as sentencepiece reads files.
    case bareLine
    /// All of a file, or of a text.
    case document
  }

  public var content: Content
  public var unit: Unit
  /// How much each word counts: thousandths, so that 1000 is once.
  var thousandths: UInt64

  /// - Parameter weight: how much each word counts, from 0.001 to 1,000,000; rounded to thousandths.
  /// - Throws: `option` for any other weight.
  public init(_ content: Content, unit: Unit = .line, weight: Double = 1) throws(TrainingError) {
    self.content = content
    self.unit = unit
    guard weight >= 0.001, weight <= 1_000_000 else {
      throw TrainingError(.option, "\(weight) is not from 0.001 to 1000000", place: "weight")
    }
    thousandths = UInt64((weight * 1000).rounded())
  }

  /// What messages call it.
  var name: String {
    switch content {
    case .file(let path), .jsonLines(let path, _), .wordCounts(let path):
      path == "-" ? "standard input" : path
    case .buffer: "buffer"
    case .texts: "texts"
    }
  }
}
