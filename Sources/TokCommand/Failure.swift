import Tok

/// Bad input: one line on standard error, exit status 1.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }

  /// An error at a place of an input.
  init(_ input: String, document: Int?, _ error: some Error) {
    let place = document.map { "\(input): document \($0)" } ?? input
    description = "\(place): \(error)"
  }
}

/// Whoever reads our output went away: no error, the work is over.
struct ClosedPipe: Error {}
