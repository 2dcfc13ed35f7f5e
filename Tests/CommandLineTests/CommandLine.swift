import Foundation
import TestSupport
import Testing

/// The command `tok`, run as a process.
enum TokProcess {
  /// What a run left behind.
  struct Result {
    var status: Int32
    var output: [UInt8]
    var error: String

    /// The output as text; what is not UTF-8 is repaired.
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// The built command: it lies beside the test bundle. Nil if it was not built.
  static let path: String? = {
    let starts = Bundle.allBundles.map(\.bundlePath) + [CommandLine.arguments.first ?? ""]
    for start in starts where start.hasPrefix("/") {
      var folder = URL(fileURLWithPath: start)
      for _ in 0..<4 {
        let candidate = folder.appendingPathComponent("tok").path
        let values = try? URL(fileURLWithPath: candidate).resourceValues(forKeys: [
          .isRegularFileKey
        ])
        if values?.isRegularFile == true, FileManager.default.isExecutableFile(atPath: candidate) {
          return candidate
        }
        folder.deleteLastPathComponent()
      }
    }
    return nil
  }()

  static var isBuilt: Bool { path != nil }

  /// Runs `tok` with `arguments` in `folder`, and waits for it.
  static func run(
    _ arguments: [String], input: [UInt8] = [], in folder: String,
    environment: [String: String] = [:]
  ) throws -> Result {
    try run(#require(path), arguments, input: input, in: folder, environment: environment)
  }

  /// Runs a line of the shell in which `$TOK` is the command.
  static func shell(_ line: String, in folder: String) throws -> Result {
    try run(
      "/bin/sh", ["-c", line], input: [], in: folder, environment: ["TOK": #require(path)])
  }

  private static func run(
    _ program: String, _ arguments: [String], input: [UInt8], in folder: String,
    environment: [String: String]
  ) throws -> Result {
    // Files instead of pipes: nobody has to read while the command writes.
    let unique = UUID().uuidString
    let names = ["in", "out", "err"].map { "\(folder)/.\(unique).\($0)" }
    defer { for name in names { try? FileManager.default.removeItem(atPath: name) } }
    try Files.write(input, to: names[0])
    try Files.write([], to: names[1])
    try Files.write([], to: names[2])
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ["PATH": "/usr/bin:/bin"].merging(environment) { $1 }
    process.standardInput = FileHandle(forReadingAtPath: names[0])
    process.standardOutput = FileHandle(forWritingAtPath: names[1])
    process.standardError = FileHandle(forWritingAtPath: names[2])
    try process.run()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: try Files.read(names[1]),
      error: String(decoding: try Files.read(names[2]), as: UTF8.self))
  }
}

/// A folder with small vocabularies, in which `tok` runs.
struct Workshop {
  let folder: String

  /// Calls `body` with a folder that holds `small.json` and `small.tiktoken`.
  static func open(_ body: (Workshop) throws -> Void) throws {
    try Files.withFolder { folder in
      try Files.write(SmallVocabulary.json, to: folder + "/small.json")
      try Files.write(SmallVocabulary.tiktoken, to: folder + "/small.tiktoken")
      try body(Workshop(folder: folder))
    }
  }

  /// Runs `tok VERB -v small.json ARGUMENTS`.
  func tok(
    _ verb: String, _ arguments: [String] = [], input: [UInt8] = []
  ) throws -> TokProcess.Result {
    try TokProcess.run([verb, "-v", "./small.json"] + arguments, input: input, in: folder)
  }

  func tok(
    _ verb: String, _ arguments: [String] = [], input: String
  ) throws -> TokProcess.Result {
    try tok(verb, arguments, input: Array(input.utf8))
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Files.write(bytes, to: "\(folder)/\(name)")
  }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func read(_ name: String) throws -> [UInt8] { try Files.read("\(folder)/\(name)") }

  /// The names of the files, hidden ones too.
  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }
}
