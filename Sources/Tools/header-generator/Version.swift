/// A version of the package.
struct Version: CustomStringConvertible {
  var major: Int
  var minor: Int
  var patch: Int

  /// Reads `0.1.0`.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    (major, minor, patch) = (parts[0], parts[1], parts[2])
  }

  /// Finds the version in the source file that says it.
  init(source: String) throws(GeneratorError) {
    func number(_ name: String) throws(GeneratorError) -> Int {
      for line in source.split(separator: "\n") where line.contains("let \(name) = ") {
        if let value = line.split(separator: " ").last.flatMap({ Int($0) }) { return value }
      }
      throw GeneratorError("no source says the \(name) version")
    }
    (major, minor, patch) = (try number("major"), try number("minor"), try number("patch"))
  }

  /// Whether a program that was built with `old` has to be built again for this version.
  func mayBreak(_ old: Version) -> Bool {
    major > old.major || major == 0 && old.major == 0 && minor > old.minor
  }

  var description: String { "\(major).\(minor).\(patch)" }
}
