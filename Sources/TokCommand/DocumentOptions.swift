import ArgumentParser
import TokShards

/// What the documents are.
struct DocumentOptions: ParsableArguments {
  @Flag(help: "A newline ends a document.")
  var lines = false

  @Flag(help: "A NUL ends a document.")
  var nul = false

  @Option(
    help: ArgumentHelp(
      "Each line is a JSON object, whose member of this name (a.b for one inside another) is a document.",
      valueName: "field"))
  var jsonl: String?

  @Argument(
    help: ArgumentHelp(
      """
      Files, - for standard input; gzip and Zstandard too. Each is one document unless an option above \
      says otherwise.
      """,
      valueName: "file"))
  var files: [String] = []

  func validate() throws {
    guard (lines ? 1 : 0) + (nul ? 1 : 0) + (jsonl == nil ? 0 : 1) <= 1 else {
      throw ValidationError("--lines, --nul and --jsonl exclude each other")
    }
  }

  var separator: DocumentReader.Separator {
    if let jsonl { return .json(field: jsonl.split(separator: ".").map(String.init)) }
    return lines ? .byte(0x0A) : nul ? .byte(0) : .none
  }

  /// Whether one input may have many documents.
  var isDivided: Bool { lines || nul || jsonl != nil }

  /// Whether there may be many documents.
  var hasMany: Bool { isDivided || files.count > 1 }

  /// The inputs in a few words.
  var title: String {
    let names = files.map { $0 == "-" ? "standard input" : $0 }
    guard names.count > 3 else {
      return names.isEmpty ? "standard input" : names.joined(separator: ", ")
    }
    return "\(names[0]) and \(names.count - 1) more"
  }

  /// The inputs; standard input where none are named.
  var inputs: [String] { files.isEmpty ? ["-"] : files }

  func reader() -> DocumentReader { DocumentReader(files: inputs, separator: separator) }

  /// Bytes of all inputs; nil where one of them does not say, as a pipe.
  var totalBytes: Int? {
    var total = 0
    for input in inputs {
      guard let size = System.regularFileSize(input) else { return nil }
      total += size
    }
    return total
  }
}
