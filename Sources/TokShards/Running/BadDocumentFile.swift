internal import TokenizerFormats

/// What was skipped, a JSON object on each line.
final class BadDocumentFile {
  private let file: PartFile

  /// - Parameter size: how much of it stays.
  init(_ path: String, keeping size: Int) throws(ShardError) {
    // A run that was killed between naming this file and saying that it is finished.
    if size > 0, !SystemCalls.exists("\(path).part"), SystemCalls.exists(path) {
      try SystemCalls.rename(path, to: "\(path).part")
    }
    file = try PartFile(path, keeping: size)
  }

  var size: Int { file.size }

  func add(_ bad: BadDocument) throws(ShardError) {
    var members = [JSONValue.Member(key: "input", value: .string(bad.input))]
    if let unit = bad.unit {
      members.append(JSONValue.Member(key: unit.rawValue, value: JSONValue(bad.position.number)))
    }
    members.append(
      JSONValue.Member(key: "byte", value: JSONValue(bad.error.offset ?? bad.position.offset)))
    members.append(JSONValue.Member(key: "reason", value: .string(bad.error.message)))
    try file.append(JSONValue.object(members).write() + [0x0A])
  }

  func sync() throws(ShardError) { try file.sync() }

  func publish() throws(ShardError) { try SystemCalls.rename(file.partPath, to: file.path) }
}
