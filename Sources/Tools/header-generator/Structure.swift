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
  private var alignment = 1

  private static let sizes = [
    "bool": 1, "char": 1, "uint8_t": 1, "int32_t": 4, "uint32_t": 4, "tok_id": 4, "float": 4,
    "int64_t": 8, "uint64_t": 8, "size_t": 8, "double": 8,
  ]

  /// Takes `type name`, the name with the stars of a pointer before it.
  ///
  /// - Parameter callbacks: the names of types of functions.
  mutating func append(
    _ member: String, callbacks: some Sequence<String>
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

  /// Fills up the end, when all members are there.
  mutating func close() { size = end(alignedTo: alignment) }

  private func end(alignedTo alignment: Int) -> Int {
    (size + alignment - 1) / alignment * alignment
  }

  init(name: String) { self.name = name }
}
