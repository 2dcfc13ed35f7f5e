/// What one `@c` declaration of Swift becomes in C.
enum Declaration {
  case handle(name: String, documentation: [String])
  case enumeration(name: String, cases: [(name: String, value: String, documentation: [String])],
    documentation: [String])
  case function(name: String, result: String, parameters: [(type: String, name: String)],
    documentation: [String])
}

/// What cannot be turned into C.
struct GeneratorError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}

/// Reads the declarations of a source file: doc comment, `@c(name)`, and what follows.
///
/// Only the way in which this package writes them is understood; anything else is an error.
struct DeclarationReader {
  private let file: String
  private let lines: [String]
  private let types: TypeNames

  init(_ file: String, _ text: String, _ types: TypeNames) {
    self.file = file
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.types = types
  }

  func declarations() throws(GeneratorError) -> [Declaration] {
    var found: [Declaration] = []
    var documentation: [String] = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      defer { index += 1 }
      if line.hasPrefix("///") {
        documentation.append(String(line.dropFirst(line.hasPrefix("/// ") ? 4 : 3)))
        continue
      }
      defer { documentation = [] }
      if let name = TypeNames.handle(line) {
        found.append(.handle(name: name, documentation: documentation))
      } else if line.hasPrefix("@c(") {
        let name = String(line.dropFirst(3).prefix { $0 != ")" })
        var declaration = ""
        while index + 1 < lines.count, !declaration.contains("{") {
          index += 1
          declaration += lines[index] + " "
        }
        if declaration.hasPrefix("public enum") {
          found.append(try enumeration(name, from: index, documentation))
        } else {
          found.append(try function(name, declaration, documentation))
        }
      }
    }
    return found
  }

  private func enumeration(
    _ name: String, from start: Int, _ documentation: [String]
  ) throws(GeneratorError) -> Declaration {
    var cases: [(name: String, value: String, documentation: [String])] = []
    var comment: [String] = []
    for line in lines[(start + 1)...] {
      let text = line.trimmed
      if text.hasPrefix("///") {
        comment.append(text.dropFirst(3).trimmed)
      } else if text.hasPrefix("case "), let equals = text.firstIndex(of: "=") {
        let swiftName = text[..<equals].dropFirst(5).trimmed
        let value = text[text.index(after: equals)...].trimmed
        cases.append((Self.constant(name, swiftName, value), value, comment))
        comment = []
      } else {
        break
      }
    }
    guard !cases.isEmpty else { throw GeneratorError("\(file): \(name) has no cases") }
    return .enumeration(name: name, cases: cases, documentation: documentation)
  }

  /// `unknownID` of `tok_status` is `TOK_E_UNKNOWN_ID`, `parse` of `tok_special` is `TOK_SPECIAL_PARSE`.
  private static func constant(_ type: String, _ name: String, _ value: String) -> String {
    var words = ""
    var wasLower = false
    for character in name {
      if character.isUppercase, wasLower { words += "_" }
      words += character.uppercased()
      wasLower = !character.isUppercase
    }
    if type == "tok_status" { return value == "0" ? "TOK_OK" : "TOK_E_" + words }
    return type.uppercased() + "_" + words
  }

  private func function(
    _ name: String, _ declaration: String, _ documentation: [String]
  ) throws(GeneratorError) -> Declaration {
    guard let open = declaration.firstIndex(of: "("), let close = declaration.lastIndex(of: ")"),
      let brace = declaration.lastIndex(of: "{")
    else { throw GeneratorError("\(file): \(name) is no function") }
    var parameters: [(type: String, name: String)] = []
    let list = declaration[declaration.index(after: open)..<close]
    for parameter in list.split(separator: ",") {
      let halves = parameter.split(separator: ":", maxSplits: 1)
      guard halves.count == 2, let label = halves[0].split(separator: " ").last else {
        throw GeneratorError("\(file): \(name) has a parameter that is none: \(parameter)")
      }
      let swiftType = halves[1].trimmed
      guard let type = types.c(swiftType, frees: name.hasSuffix("_free")) else {
        throw GeneratorError("\(file): \(name) has a type that C has not: \(swiftType)")
      }
      parameters.append((type, String(label)))
    }
    let tail = declaration[declaration.index(after: close)..<brace]
    var result = "void"
    if let arrow = tail.firstIndex(of: ">") {
      let swiftType = tail[tail.index(after: arrow)...].trimmed
      guard let type = types.c(swiftType, frees: false) else {
        throw GeneratorError("\(file): \(name) gives back a type that C has not: \(swiftType)")
      }
      result = type
    }
    return .function(
      name: name, result: result, parameters: parameters, documentation: documentation)
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    let front = drop { $0.isWhitespace }
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }
}
