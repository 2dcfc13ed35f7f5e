import Tok

/// Bad input or bad usage: one line on standard error, and an exit status.
struct Failure: Error, CustomStringConvertible {
  var description: String
  var status: Int32 = 1

  init(_ description: String) { self.description = description }

  /// What the options ask for cannot be done, whatever the input: status 2.
  init(usage description: String) {
    self.description = description
    status = 2
  }

  /// An error at a place, as a document.
  init(_ place: String, _ error: some Error) {
    description = "\(place): \(error)"
  }
}

/// Whoever reads our output went away: no error, the work is over.
struct ClosedPipe: Error {}
