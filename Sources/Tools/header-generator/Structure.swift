/// A struct of `tok_types.h`, and where its members lie on systems whose pointers have 64 bits.
struct Structure {
  struct Member {
    var name: String
    var type: String
    var offset: Int
  }

  var name: String
  var members: [Member] = []
  var size = 0

  private static let sizes = [
    "bool": 1, "char": 1, "uint8_t": 1, "int32_t": 4, "uint32_t": 4, "tok_id": 4, "float": 4,
    "int64_t": 8, "uint64_t": 8, "size_t": 8, "double": 8,
  ]

  /// All structs of a header in which each member stands on a line of its own.
  static func all(in header: String) throws(GeneratorError) -> [Structure] {
    var found: [Structure] = []
    var open: Structure?
    var callbacks: Set<String> = []
    for line in header.split(separator: "\n") {
      let text = line.trimmed
      if text.hasPrefix("typedef struct "), text.hasSuffix("{") {
        open = Structure(name: String(text.dropFirst(15).prefix { $0 != " " }))
      } else if let callback = Self.callback(text) {
        callbacks.insert(callback)
      } else if text.hasPrefix("}"), var structure = open {
        structure.size = structure.end(alignedTo: structure.alignment)
        found.append(structure)
        open = nil
      } else if open != nil, text.hasSuffix(";") {
        try open?.append(String(text.dropLast()), callbacks)
      }
    }
    return found
  }

  /// `tok_x` of `typedef int32_t (*tok_x)(…);`.
  private static func callback(_ line: String) -> String? {
    guard line.hasPrefix("typedef "), let start = line.firstRange(of: "(*") else { return nil }
    return String(line[start.upperBound...].prefix { $0 != ")" })
  }

  /// Takes `type name`, the name with the stars of a pointer before it.
  private mutating func append(
    _ member: String, _ callbacks: Set<String>
  ) throws(GeneratorError) {
    guard let space = member.lastIndex(of: " "), !member.contains("["), !member.contains("(") else {
      throw GeneratorError("\(name) has a member whose layout is not known: \(member)")
    }
    let declarator = member[member.index(after: space)...]
    let stars = declarator.prefix { $0 == "*" }
    let type = member[..<space] + (stars.isEmpty ? "" : " ") + stars
    let isPointer = !stars.isEmpty || callbacks.contains(String(type))
    guard let size = isPointer ? 8 : Self.sizes[String(type)] else {
      throw GeneratorError("\(name) has a member of a type whose size is not known: \(type)")
    }
    let offset = end(alignedTo: size)
    members.append(
      Member(name: String(declarator.dropFirst(stars.count)), type: String(type), offset: offset))
    self.size = offset + size
    alignment = max(alignment, size)
  }

  private var alignment = 1

  private func end(alignedTo alignment: Int) -> Int {
    (size + alignment - 1) / alignment * alignment
  }

  private init(name: String) { self.name = name }
}
