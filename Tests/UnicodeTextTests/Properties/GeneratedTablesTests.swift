import Foundation
import Testing

@Suite struct GeneratedTablesTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs a Python program; its exit status and standard error, or nil where there is no Python.
  private static func python(_ arguments: [String]) -> (status: Int32, message: String)? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      [ProcessInfo.processInfo.environment["PYTHON"] ?? "python3", "-B"] + arguments
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, message)
  }

  private static var hasPackages: Bool {
    let program = """
      import unicodedata2, regex
      assert unicodedata2.unidata_version == "16.0.0"
      assert regex.match(r"\\p{Script=Garay}", chr(0x10D4A))
      """
    return python(["-c", program])?.status == 0
  }

  @Test(
    .enabled(
      if: hasPackages,
      "needs Python with unicodedata2==16.0.0 and regex==2024.11.6; name another Python in PYTHON"))
  func `the committed tables are what the generator writes`() throws {
    let script = Self.root.appending(path: "Sources/Tools/unicode-tables/generate.py")
    let result = try #require(Self.python([script.path, "--check"]))
    #expect(result.status == 0, "\(result.message)")
  }

  @Test(.enabled(if: python(["-c", ""])?.status == 0, "needs Python"))
  func `the committed tables of characters are what the generator writes`() throws {
    let script = Self.root.appending(path: "Sources/Tools/unicode-tables/generate_characters.py")
    let result = try #require(Self.python([script.path, "--check"]))
    #expect(result.status == 0, "\(result.message)")
  }

  private static var hasOriginal: Bool {
    let program = "import tokenizers; assert tokenizers.__version__ == '0.23.3'"
    return python(["-c", program])?.status == 0
  }

  @Test(.enabled(if: hasOriginal, "needs Python with tokenizers==0.23.3; see above"))
  func `the splitting tables are what the original answers`() throws {
    let script = Self.root.appending(path: "Sources/Tools/unicode-tables/splitting.py")
    let result = try #require(Self.python([script.path, "--check"]))
    #expect(result.status == 0, "\(result.message)")
  }
}
