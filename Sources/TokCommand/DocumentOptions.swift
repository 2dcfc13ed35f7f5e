import ArgumentParser

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
      "Files, - for standard input. Each is one document unless an option above says otherwise.",
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

  /// Whether there may be many documents.
  var hasMany: Bool { lines || nul || jsonl != nil || files.count > 1 }

  func reader() -> DocumentReader {
    DocumentReader(files: files.isEmpty ? ["-"] : files, separator: separator)
  }
}
