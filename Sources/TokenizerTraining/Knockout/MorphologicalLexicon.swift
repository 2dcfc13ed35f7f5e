/// Words with their morphemes: what ``Tok/TokenizerSource`` is knocked out by.
public struct MorphologicalLexicon: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// The morphemes as they stand in the word, which is all of them together; none is empty.
    public var morphemes: [String]
    /// How much the word counts.
    public var weight: UInt64

    public init(morphemes: [String], weight: UInt64 = 1) {
      self.morphemes = morphemes
      self.weight = weight
    }
  }

  public var entries: [Entry]

  public init(_ entries: [Entry] = []) { self.entries = entries }

  /// Reads lines of a word, a tab and its morphemes with spaces between them; behind another tab may
  /// stand how much it counts, otherwise 1. Empty lines are passed over.
  ///
  /// - Parameter place: how messages call the file.
  /// - Throws: `input` for a line of another form, and for morphemes that are not the word.
  /// - Complexity: O(*n*) in the bytes.
  public init(parsing bytes: [UInt8], place: String = "") throws(TrainingError) {
    entries = []
    for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      .enumerated()
    {
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.isEmpty { continue }
      guard let text = String(validating: line, as: UTF8.self) else {
        throw TrainingError(.input, "line \(number + 1) is not UTF-8", place: place)
      }
      do throws(TrainingError) { entries.append(try Self.entry(text)) } catch {
        throw TrainingError(.input, "line \(number + 1): \(error.message)", place: place)
      }
    }
  }

  /// Reads such a file.
  ///
  /// - Throws: `unreadable`, and what ``init(parsing:place:)`` does.
  public init(contentsOf path: String) throws(TrainingError) {
    try self.init(parsing: FileAccess.read(path), place: path)
  }

  private static func entry(_ line: String) throws(TrainingError) -> Entry {
    let fields = line.utf8.split(separator: 0x09, omittingEmptySubsequences: false)
    guard fields.count == 2 || fields.count == 3 else {
      throw TrainingError(
        .input,
        "found \(fields.count) fields with tabs between them where a word, its morphemes and "
          + "perhaps a weight are expected")
    }
    let morphemes = fields[1].split(separator: 0x20)
    guard !morphemes.isEmpty, morphemes.joined().elementsEqual(fields[0]) else {
      throw TrainingError(
        .input, "the morphemes `\(Substring(fields[1]))` are not the word `\(Substring(fields[0]))`"
      )
    }
    var entry = Entry(morphemes: morphemes.map { String(Substring($0)) })
    if fields.count == 3 {
      guard let weight = UInt64(Substring(fields[2])) else {
        throw TrainingError(.input, "found `\(Substring(fields[2]))` where a weight is expected")
      }
      entry.weight = weight
    }
    return entry
  }
}
