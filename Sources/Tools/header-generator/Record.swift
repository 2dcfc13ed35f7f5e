/// The record of what compiled programs rely on: functions with their types, numbers of constants,
/// sizes of structs and places of their members, a line each.
///
/// Its first line is the version that it begins with. As long as that holds, lines may be added, and
/// none may change or go. The next major version begins a new record, as does, before 1.0, the next
/// minor one.
struct Record {
  var version: Version
  var lines: [String]

  init(_ version: Version, _ declarations: [Declaration], _ own: TypesHeader) {
    self.version = version
    lines = []
    for declaration in declarations {
      switch declaration.kind {
      case .handle: lines.append("handle \(declaration.name)")
      case .enumeration(let cases):
        lines += cases.map { "constant \($0.name) \($0.value)" }
      case .function(let signature):
        lines.append("function \(declaration.name) \(signature.result) (\(signature.types))")
      }
    }
    lines += own.constants.map { "constant \($0.name) \($0.value)" }
    for (name, signature) in own.callbacks {
      lines.append("callback \(name) \(signature.result) (\(signature.types))")
    }
    for structure in own.structures {
      lines.append("struct \(structure.name) \(structure.size)")
      lines += structure.members.map {
        "member \(structure.name) \($0.name) \($0.offset) \($0.type)"
      }
    }
    lines.sort()
  }

  private init(version: Version, lines: [String]) {
    self.version = version
    self.lines = lines
  }

  /// Reads a record; nil if it is none.
  init?(_ text: String) {
    let all = text.split(separator: "\n").map(String.init)
    guard let first = all.first, first.hasPrefix("version "),
      let version = Version(first.dropFirst(8))
    else { return nil }
    self.init(version: version, lines: Array(all.dropFirst()))
  }

  /// The record that follows `old`.
  ///
  /// - Throws: if something changed that programs rely on.
  func following(_ old: Record) throws(GeneratorError) -> Record {
    if version.mayBreak(old.version) { return self }
    let have = Set(lines)
    let missing = old.lines.filter { !have.contains($0) && !mayReplace($0) }
    guard missing.isEmpty else {
      throw GeneratorError(
        "programs built with \(old.version) rely on what changed or went; see docs/c-interface.md:\n  "
          + missing.joined(separator: "\n  "))
    }
    return Record(version: old.version, lines: lines)
  }

  /// Whether this record has something in place of a line that old programs can live with: a name for
  /// what was reserved, and more members in a struct that begins with its size.
  private func mayReplace(_ line: String) -> Bool {
    let words = line.split(separator: " ")
    if words.count > 4, words[0] == "member", words[2].hasPrefix("reserved") {
      return lines.contains { new in
        let newWords = new.split(separator: " ")
        return newWords[..<2] == words[..<2] && newWords.dropFirst(3) == words.dropFirst(3)
      }
    }
    guard words.count == 3, words[0] == "struct", let size = Int(words[2]),
      lines.contains("member \(words[1]) size 0 size_t")
    else { return false }
    return lines.contains { new in
      let newWords = new.split(separator: " ")
      return newWords[..<2] == words[..<2] && newWords.count == 3 && Int(newWords[2]) ?? 0 > size
    }
  }

  var bytes: [UInt8] {
    Array("version \(version)\n\(lines.joined(separator: "\n"))\n".utf8)
  }
}

extension Declaration.Signature {
  var types: String {
    parameters.isEmpty ? "void" : parameters.map(\.type).joined(separator: ", ")
  }
}
