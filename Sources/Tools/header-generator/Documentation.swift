/// Checks that the comment of a function says since which version there is one, and completes it with
/// who may call it at once, where it does not say that itself.
func documentation(
  of declaration: Declaration, _ signature: Declaration.Signature, _ types: TypeNames
) throws(GeneratorError) -> [String] {
  let lines = declaration.documentation
  let start = (lines.lastIndex(of: "") ?? -1) + 1
  let ending = lines[start...].joined(separator: " ")
  guard let since = ending.ranges(of: "Since ").last, ending[since.upperBound...].isVersion else {
    throw GeneratorError("\(declaration.name) does not end with `Since` and a version")
  }
  guard !ending.contains("@param") else {
    throw GeneratorError("\(declaration.name) has no empty line behind its parameters")
  }
  for parameter in signature.parameters where parameter.type.hasSuffix("**") {
    let kind = parameter.type.dropLast(3)
    guard kind == "tok_error" || lines.contains(where: { $0.contains("\(kind)_free()") }) else {
      throw GeneratorError("\(declaration.name) does not name \(kind)_free()")
    }
  }
  if lines.contains(where: { $0.contains("Threads: ") }) { return lines }
  let exclusive = signature.parameters.first { types.isExclusive($0.type) }
  let threads =
    if declaration.name.hasSuffix("_free") {
      "Threads: no other call may be using it."
    } else if let exclusive {
      "Threads: one at a time for `\(exclusive.name)`."
    } else {
      "Threads: any, at once."
    }
  let contract = wrapped(ending[..<since.lowerBound])
  let last = "\(threads) \(ending[since.lowerBound...])"
  return Array(lines[..<start]) + contract + (contract.isEmpty ? [last] : ["", last])
}

/// Breaks a paragraph into lines of at most 95 characters.
private func wrapped(_ text: some StringProtocol) -> [String] {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + 1 + word.count <= 95 {
      lines[lines.count - 1] = "\(last) \(word)"
    } else {
      lines.append(String(word))
    }
  }
  return lines
}

extension StringProtocol {
  /// Whether it is like `0.1.`.
  fileprivate var isVersion: Bool {
    let parts = split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[2].isEmpty
      && parts[..<2].allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
  }
}
