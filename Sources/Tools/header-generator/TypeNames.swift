/// Types of Swift as C calls them.
struct TypeNames {
  /// The C name of each Swift enumeration.
  private var enumerations: [String: String] = [:]

  private static let simple = [
    "Int": "size_t", "Int32": "int32_t", "Int64": "int64_t", "UInt32": "uint32_t",
    "UInt64": "uint64_t", "Double": "double", "Bool": "bool", "CChar": "char",
    "UnsafeRawPointer?": "const void *", "UnsafeMutableRawPointer?": "void *",
  ]

  /// Handles of what never changes.
  private static let constant = ["tok_tokenizer", "tok_error", "tok_batch", "tok_encoding"]

  /// Reads `@c(tok_x)` and `public enum X` of a source file.
  mutating func read(_ text: String) {
    var name: String?
    for line in text.split(separator: "\n") {
      if line.hasPrefix("@c(") {
        name = String(line.dropFirst(3).prefix { $0 != ")" })
      } else if line.hasPrefix("public enum "), let name {
        enumerations[line.dropFirst(12).prefix { $0 != ":" }.trimmed] = name
      } else {
        name = nil
      }
    }
  }

  /// `tok_x` of `public typealias TokX = OpaquePointer`.
  static func handle(_ line: String) -> String? {
    let start = "public typealias "
    guard line.hasPrefix(start), line.hasSuffix(" = OpaquePointer") else { return nil }
    return snake(line.dropFirst(start.count).prefix { $0 != " " })
  }

  private static func snake(_ name: some StringProtocol) -> String {
    var result = ""
    for character in name {
      if character.isUppercase, !result.isEmpty { result += "_" }
      result += character.lowercased()
    }
    return result
  }

  /// - Parameter frees: handles go to a function that frees them, and are not constant.
  /// - Returns: the C type with its stars, nil where there is none.
  func c(_ type: String, frees: Bool) -> String? {
    if let simple = Self.simple[type] { return simple }
    if let name = enumerations[type] { return name }
    if type.hasPrefix("tok_") { return type.last == "?" ? String(type.dropLast()) : type }
    if type.hasPrefix("Tok"), type.last == "?" {
      let name = Self.snake(type.dropLast())
      return (Self.constant.contains(name) && !frees ? "const " : "") + name + " *"
    }
    for (start, qualifier) in [("UnsafePointer<", "const "), ("UnsafeMutablePointer<", "")]
    where type.hasPrefix(start) && type.hasSuffix(">?") {
      // A place for a handle is written to: it is not constant.
      let inner = String(type.dropFirst(start.count).dropLast(2))
      guard let element = c(inner, frees: true) else { return nil }
      return qualifier + element + (element.last == "*" ? "*" : " *")
    }
    return nil
  }
}
