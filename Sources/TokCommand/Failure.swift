import Tok

/// Bad input: one line on standard error, exit status 1.
struct Failure: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }

  /// An error at a place, as a document.
  init(_ place: String, _ error: some Error) {
    description = "\(place): \(error)"
  }
}

/// Whoever reads our output went away: no error, the work is over.
struct ClosedPipe: Error {}
