internal import Tok
internal import Tokenization
internal import TokenizerTraining

/// Why a call gives back what it does.
struct CallError: Error {
  var status: Status
  var message: String
  /// The file and the place in it, where there is one.
  var place = ""
  /// In bytes of the file or the text, or in ids; -1 where it is not known.
  var offset = -1

  init(_ status: Status, _ message: String, place: String = "", offset: Int = -1) {
    self.status = status
    self.message = message
    self.place = place
    self.offset = offset
  }

  /// An argument that has no meaning.
  static func argument(_ name: StaticString, _ problem: StaticString) -> CallError {
    CallError(.argument, "\(name) \(problem)")
  }

  static func handle(_ name: StaticString) -> CallError {
    CallError(.handle, "\(name) is no handle of that kind, or was freed before")
  }

  init(_ error: VocabularyError) {
    let status: Status =
      switch error.reason {
      case .unsupported: .unsupported
      case .limit: .limit
      case .checksum, .version: .compiled
      case .unreadable: .unreadable
      case .unwritable: .unwritable
      case .unknownVocabulary: .unknownVocabulary
      case .inexpressible: .inexpressible
      default: .malformed
      }
    let place = [error.file ?? "", error.path].filter { !$0.isEmpty }.joined(separator: ": ")
    self.init(status, error.message, place: place, offset: error.offset ?? -1)
  }

  init(_ error: EncodingError) {
    let status: Status =
      switch error.reason {
      case .specialToken: .specialToken
      case .patternLimit: .patternLimit
      case .unknownCharacter: .unknownCharacter
      case .length: .length
      default: .unsupported
      }
    self.init(status, error.message, offset: error.range.lowerBound)
  }

  init(_ error: BatchError) {
    self.init(error.error)
    place = "text \(error.index)"
  }

  init(_ error: DecodingError) {
    let status: Status =
      switch error.reason {
      case .unknownID: .unknownID
      case .invalidUTF8: .invalidUTF8
      default: .patternLimit
      }
    self.init(status, error.message, offset: error.index)
  }

  init(_ error: ChatTemplateError) {
    self.init(
      error.reason == .limit ? .limit : .template, error.message,
      place: error.place.map { "line \($0.line), column \($0.column) of the template" } ?? "")
  }

  init(_ error: TrainingError) {
    let status: Status =
      switch error.reason {
      case .option: .option
      case .unreadable: .unreadable
      case .unwritable: .unwritable
      case .limit: .limit
      case .checkpoint: .checkpoint
      case .vocabulary: .malformed
      default: .input
      }
    self.init(status, error.message, place: error.place, offset: error.offset ?? -1)
  }

  init(_ error: StreamingError) {
    self.init(.unsupported, "\(error)")
  }
}

/// Does `body`, and says what it came to; what went wrong goes to `error`, if that is wanted.
func answer(
  _ error: UnsafeMutablePointer<OpaquePointer?>?, _ body: () throws(CallError) -> Void
) -> Status {
  do {
    if let error = unsafe error { unsafe try Memory.place(error, "error").pointee = nil }
  } catch {
    return error.status
  }
  do {
    try body()
    return .ok
  } catch let failure {
    if let error = unsafe error { unsafe error.pointee = HandleTable.insert(ErrorObject(failure)) }
    return failure.status
  }
}
