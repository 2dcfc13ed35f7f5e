import ArgumentParser

/// What a document is, and where they are read.
struct DocumentOptions: ParsableArguments {
  @Flag(help: "Each line is a document.")
  var lines = false

  @Flag(help: "A NUL ends a document.")
  var nul = false

  @Option(
    help: ArgumentHelp(
      "Each line is a JSON object, whose string FIELD is a document; dots lead inwards.",
      valueName: "field"))
  var jsonl: String?

  @Argument(
    help: "Files, each a document unless told otherwise; `-`, or none, is standard input.",
    completion: .file())
  var files: [String] = []

  func validate() throws {
    if [lines, nul, jsonl != nil].filter(\.self).count > 1 {
      throw ValidationError("--lines, --nul and --jsonl exclude one another.")
    }
    if jsonl?.split(separator: ".", omittingEmptySubsequences: false).contains("") == true {
      throw ValidationError("--jsonl: `\(jsonl ?? "")` has an empty name in it.")
    }
  }

  /// The files to read.
  var paths: [String] { files.isEmpty ? ["-"] : files }

  /// The byte behind each document, or nil if a file is one.
  var separator: UInt8? { nul ? 0 : lines || jsonl != nil ? UInt8(ascii: "\n") : nil }

  /// Where in each document the text stands.
  var field: JSONField? { jsonl.map(JSONField.init) }
}
