/// What cannot be turned into C, or is not as it was.
struct GeneratorError: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
