import Tok

/// A member of a JSON object, by the names that lead to it.
struct JSONField: Sendable {
  private let names: [String]

  /// - Parameter path: the names, dots between them.
  init(_ path: String) { names = path.split(separator: ".").map(String.init) }

  /// As messages show it.
  var description: String { names.joined(separator: ".") }

  /// What is wrong with a line, and where in it.
  struct Problem: Error {
    var offset: Int
    var message: String
  }

  /// The text of the field in `line`.
  func text(in line: Span<UInt8>) throws(Problem) -> String {
    var value: JSONValue
    do {
      value = try JSONValue(parsing: line)
    } catch {
      let prefix = "the file ends"
      let message =
        error.message.hasPrefix(prefix)
        ? "the line ends" + error.message.dropFirst(prefix.count) : error.message
      throw Problem(offset: error.offset ?? 0, message: message)
    }
    for name in names {
      guard let member = value[name] else {
        throw Problem(offset: 0, message: "no member `\(description)`")
      }
      value = member
    }
    guard case .string(let text) = value else {
      throw Problem(offset: 0, message: "the member `\(description)` is not a string")
    }
    return text
  }
}
