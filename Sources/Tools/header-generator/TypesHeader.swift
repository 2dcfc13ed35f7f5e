/// What `tok_types.h` declares between its two lines of dashes: structs, of which each member stands on a
/// line of its own, types of functions of the caller's, each on one line, and constants.
struct TypesHeader {
  /// As it stands there.
  let text: String
  private(set) var structures: [Structure] = []
  private(set) var callbacks: [(name: String, signature: Declaration.Signature)] = []

  private(set) var constants: [(name: String, value: String)] = []

  init(_ file: String) throws(GeneratorError) {
    let lines = file.split(separator: "\n", omittingEmptySubsequences: false)
    let borders = lines.indices.filter { lines[$0].hasPrefix("/* -----") }
    guard borders.count == 2 else { throw GeneratorError("tok_types.h has no two lines of dashes") }
    let own = lines[(borders[0] + 1)..<borders[1]]
    text = own.joined(separator: "\n").trimmed
    var open: Structure?
    for line in own.map(\.trimmed) {
      if line.hasPrefix("typedef struct "), line.hasSuffix("{") {
        open = Structure(name: String(line.dropFirst(15).prefix { $0 != " " }))
      } else if line.hasPrefix("#define ") {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3 else { throw GeneratorError("tok_types.h: \(line)") }
        constants.append((words[1], words[2]))
      } else if line.hasPrefix("typedef "), line.contains("(*") {
        callbacks.append(try Self.callback(line))
      } else if line.hasPrefix("}"), var structure = open {
        structure.close()
        structures.append(structure)
        open = nil
      } else if open != nil, line.hasSuffix(";") {
        try open?.append(String(line.dropLast()), callbacks: callbacks.map(\.name))
      }
    }
  }

  /// Reads `typedef int32_t (*tok_x)(void *user, size_t count);`.
  private static func callback(
    _ line: String
  ) throws(GeneratorError) -> (String, Declaration.Signature) {
    let parts = line.dropFirst(8).split(separator: "(", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].first == "*", parts[1].last == ")", parts[2].hasSuffix(");")
    else { throw GeneratorError("tok_types.h has a callback that is not understood: \(line)") }
    let parameters = parts[2].dropLast(2).split(separator: ",").map(\.trimmed).map { parameter in
      let type = parameter.lastIndex { !$0.isLetter && !$0.isNumber && $0 != "_" }
      let end = type.map { parameter.index(after: $0) } ?? parameter.endIndex
      return (type: parameter[..<end].trimmed, name: String(parameter[end...]))
    }
    return (
      String(parts[1].dropFirst().dropLast()),
      Declaration.Signature(result: parts[0].trimmed, parameters: parameters)
    )
  }
}
