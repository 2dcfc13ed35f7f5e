/// A template that cannot be read, or that fails for these messages: why, and where in the template.
public struct ChatTemplateError: Error, Hashable, Sendable {
  /// Why. New reasons may come; keep a `default` in a `switch`.
  public struct Reason: Hashable, Sendable {
    enum Kind: Hashable {
      case syntax, unsupported, undefined, wrongType, wrongValue, raised, forbidden, limit
    }
    let kind: Kind

    /// The template is not well-formed, or names a filter or test that there is none of.
    public static let syntax = Reason(kind: .syntax)
    /// The template asks for what is not done here, as other templates.
    public static let unsupported = Reason(kind: .unsupported)
    /// Something is done with a value that is not there.
    public static let undefined = Reason(kind: .undefined)
    /// Something is done with a value of a kind that cannot do it.
    public static let wrongType = Reason(kind: .wrongType)
    /// A value has the right kind and is still none that can be used, as a divisor that is zero.
    public static let wrongValue = Reason(kind: .wrongValue)
    /// The template itself refuses the messages, by `raise_exception`; the message is the template's.
    public static let raised = Reason(kind: .raised)
    /// The template wants to change a list or a dictionary, or to see what it must not.
    public static let forbidden = Reason(kind: .forbidden)
    /// A bound on steps, bytes, depth or the size of numbers.
    public static let limit = Reason(kind: .limit)
  }

  /// Where in the template, both from 1; a column counts Unicode scalars.
  public struct Place: Hashable, Sendable {
    public var line: Int
    public var column: Int
  }

  public var reason: Reason
  /// What was found, as a sentence without its full stop.
  public var message: String
  /// Nil only where nothing of the template is at fault.
  public var place: Place?

  init(_ reason: Reason, _ message: String, at place: Place? = nil) {
    self.reason = reason
    self.message = message
    self.place = place
  }

  /// The same error at `place`, unless it has one.
  func at(_ place: Place) -> ChatTemplateError {
    var error = self
    error.place = error.place ?? place
    return error
  }
}

extension ChatTemplateError: CustomStringConvertible {
  public var description: String {
    guard let place else { return message }
    return "line \(place.line), column \(place.column) of the template: \(message)"
  }
}
