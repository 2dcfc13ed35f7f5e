/// Reads the declarations of a source file: doc comment, then `@c(name)` and a function or an
/// enumeration, or the alias of a handle.
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
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("///") {
        documentation.append(String(line.dropFirst(line.hasPrefix("/// ") ? 4 : 3)))
        continue
      }
      if let (name, kind) = try declaration(at: index) {
        guard !documentation.isEmpty, !documentation.contains(where: { $0.contains("*/") }) else {
          throw GeneratorError("\(file): \(name) has no doc comment that C can have")
        }
        found.append(Declaration(name: name, kind: kind, documentation: documentation))
      }
      documentation = []
    }
    return found
  }

  private func declaration(
    at index: Int
  ) throws(GeneratorError) -> (name: String, kind: Declaration.Kind)? {
    let line = lines[index]
    if let name = TypeNames.handle(line) { return (name, .handle) }
    guard let name = TypeNames.exported(line) else { return nil }
    guard index + 1 < lines.count else { throw GeneratorError("\(file): \(name) is not declared") }
    if lines[index + 1].hasPrefix("public enum ") {
      return (name, .enumeration(try cases(name, from: index + 2)))
    }
    return (name, .function(try signature(name, from: index + 1)))
  }

  private func cases(
    _ name: String, from start: Int
  ) throws(GeneratorError) -> [Declaration.Case] {
    var cases: [Declaration.Case] = []
    var comment: [String] = []
    for line in lines[start...] {
      let text = line.trimmed
      if text.hasPrefix("///") {
        comment.append(text.dropFirst(3).trimmed)
      } else if text.hasPrefix("case "), let equals = text.firstIndex(of: "=") {
        let swiftName = text[..<equals].dropFirst(5).trimmed
        let value = text[text.index(after: equals)...].trimmed
        cases.append(
          Declaration.Case(
            name: Self.constant(name, swiftName, value), value: value, documentation: comment))
        comment = []
      } else {
        break
      }
    }
    guard !cases.isEmpty else { throw GeneratorError("\(file): \(name) has no cases with numbers") }
    return cases
  }

  /// `unknownID` of `tok_status` is `TOK_E_UNKNOWN_ID`, `parse` of `tok_special` is `TOK_SPECIAL_PARSE`.
  private static func constant(_ type: String, _ name: String, _ value: String) -> String {
    let words = TypeNames.snake(name).uppercased()
    if type == "tok_status" { return value == "0" ? "TOK_OK" : "TOK_E_" + words }
    return type.uppercased() + "_" + words
  }

  /// The parameters between the parentheses that open first, and the result behind the arrow.
  private func signature(
    _ name: String, from start: Int
  ) throws(GeneratorError) -> Declaration.Signature {
    let text = lines[start...].prefix(40).joined(separator: " ")
    guard let open = text.firstIndex(of: "("), let close = text.closing(open) else {
      throw GeneratorError("\(file): \(name) has no parentheses around its parameters")
    }
    var parameters: [(type: String, name: String)] = []
    for parameter in text[text.index(after: open)..<close].split(separator: ",") {
      let halves = parameter.split(separator: ":", maxSplits: 1)
      guard halves.count == 2, let label = halves[0].split(separator: " ").last else {
        throw GeneratorError("\(file): \(name) has a parameter without a name: \(parameter)")
      }
      let type = try types.c(halves[1].trimmed, in: name)
      parameters.append((type, TypeNames.snake(label)))
    }
    let rest = text[text.index(after: close)...].trimmed
    guard rest.hasPrefix("-> ") else {
      return Declaration.Signature(result: "void", parameters: parameters)
    }
    let result = rest.dropFirst(3).prefix { $0 != " " }
    return Declaration.Signature(
      result: result == "Void" ? "void" : try types.c(String(result), in: name),
      parameters: parameters)
  }
}

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    let front = drop { $0.isWhitespace }
    guard let last = front.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(front[...last])
  }

  /// The parenthesis that closes the one at `open`.
  func closing(_ open: Index) -> Index? {
    var depth = 0
    for index in self[open...].indices {
      if self[index] == "(" { depth += 1 }
      if self[index] == ")" { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}
