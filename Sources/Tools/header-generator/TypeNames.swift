/// Types of Swift as C calls them.
struct TypeNames {
  private var enumerations: [String: String] = [:]
  private var handles: Set<String> = []
  /// Handles of what never changes, which C has as pointers to constants.
  private var constantHandles: Set<String> = []

  private static let simple = [
    "Int": "size_t", "Int32": "int32_t", "Int64": "int64_t", "UInt8": "uint8_t",
    "UInt32": "uint32_t", "UInt64": "uint64_t", "Float": "float", "Double": "double",
    "Bool": "bool", "CChar": "char", "UnsafeRawPointer": "const void *",
    "UnsafeMutableRawPointer": "void *",
  ]

  /// Takes over the names that a source file declares.
  ///
  /// What a handle stands for says in its documentation that it never changes, or that one thread
  /// uses it at a time.
  mutating func read(_ text: String) throws(GeneratorError) {
    var name: String?
    var documentation = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("///") {
        documentation += line.dropFirst(3)
        continue
      }
      if let handle = Self.handle(line) {
        handles.insert(handle)
        let isConstant = documentation.contains("never changes")
        guard isConstant || documentation.lowercased().contains("one thread") else {
          throw GeneratorError(
            "\(handle) says neither that it never changes nor that one thread uses it at a time")
        }
        if isConstant { constantHandles.insert(handle) }
      } else if let name, line.hasPrefix("public enum ") {
        enumerations[line.dropFirst(12).prefix { $0 != ":" }.trimmed] = name
      }
      name = Self.exported(line)
      documentation = ""
    }
  }

  /// `tok_x` of `@c(tok_x)`.
  static func exported(_ line: some StringProtocol) -> String? {
    guard line.hasPrefix("@c(") else { return nil }
    return String(line.dropFirst(3).prefix { $0 != ")" })
  }

  /// `tok_x` of `public typealias TokX = OpaquePointer`.
  static func handle(_ line: some StringProtocol) -> String? {
    let start = "public typealias "
    guard line.hasPrefix(start), line.hasSuffix(" = OpaquePointer") else { return nil }
    return snake(line.dropFirst(start.count).prefix { $0 != " " })
  }

  /// `unknownID` as C writes it, `unknown_id`.
  static func snake(_ name: some StringProtocol) -> String {
    var result = ""
    var wasLower = false
    for character in name {
      if character.isUppercase, wasLower { result += "_" }
      result += character.lowercased()
      wasLower = !character.isUppercase
    }
    return result
  }

  /// The C type with its stars.
  ///
  /// - Parameter declaration: the name of what has this type. Handles are not constant where they are
  ///   freed.
  func c(_ type: String, in declaration: String) throws(GeneratorError) -> String {
    guard let found = c(type, constant: !declaration.hasSuffix("_free")) else {
      throw GeneratorError("\(declaration) has a type that C has not: \(type)")
    }
    return found
  }

  private func c(_ optional: String, constant: Bool) -> String? {
    let type = optional.last == "?" ? String(optional.dropLast()) : optional
    if let name = Self.simple[type] ?? enumerations[type] { return name }
    if type.hasPrefix("tok_") { return type }
    let name = Self.snake(type)
    if handles.contains(name) {
      return (constant && constantHandles.contains(name) ? "const " : "") + name + " *"
    }
    for (start, qualifier) in [("UnsafePointer<", "const "), ("UnsafeMutablePointer<", "")]
    where type.hasPrefix(start) && type.hasSuffix(">") {
      // A place for a handle is written to: it is not constant. One to be read is.
      let element = String(type.dropFirst(start.count).dropLast())
      guard let inner = c(element, constant: !qualifier.isEmpty) else { return nil }
      guard inner.last == "*" else { return "\(qualifier)\(inner) *" }
      return inner + (qualifier.isEmpty ? "*" : "const *")
    }
    return nil
  }

  /// Whether a parameter is an object that one thread uses at a time.
  func isExclusive(_ type: String) -> Bool {
    guard type.hasSuffix(" *"), !type.hasPrefix("const ") else { return false }
    let name = String(type.dropLast(2))
    return handles.contains(name) && !constantHandles.contains(name)
  }
}
