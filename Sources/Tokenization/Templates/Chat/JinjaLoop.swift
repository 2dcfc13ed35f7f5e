/// A loop that runs: what the template sees as `loop`.
final class JinjaLoop {
  typealias Recursion = (JinjaValue) throws(ChatTemplateError) -> JinjaText

  private var iterator: JinjaIterator
  /// The number of values; found out by asking for all where nobody knows.
  private var count: Int?
  private let level: Int
  private unowned let interpreter: JinjaInterpreter
  private let recurse: Recursion
  private var index = -1
  private var before: JinjaValue?
  private var current: JinjaValue?
  /// The next value, if it was asked for already; nil within if there is none.
  private var after: JinjaValue??
  private var lastChanged: [JinjaValue]?

  init(
    _ iterator: JinjaIterator, count: Int?, level: Int, interpreter: JinjaInterpreter,
    _ recurse: @escaping Recursion
  ) {
    self.iterator = iterator
    self.count = count
    self.level = level
    self.interpreter = interpreter
    self.recurse = recurse
  }

  /// The next value, which becomes the current one.
  func advance() throws(ChatTemplateError) -> JinjaValue? {
    guard let value = try peek() else { return nil }
    after = nil
    index += 1
    before = current
    current = value
    return value
  }

  private func peek() throws(ChatTemplateError) -> JinjaValue? {
    if let after { return after }
    let value = try iterator.next()
    after = .some(value)
    return value
  }

  private func length() throws(ChatTemplateError) -> Int {
    if let count { return count }
    var rest: [JinjaValue] = []
    while let value = try iterator.next() { rest.append(value) }
    let isPeeked = if case .some(.some) = after { 1 } else { 0 }
    let length = index + 1 + isPeeked + rest.count
    count = length
    iterator = JinjaInterpreter.iterate(rest)
    return length
  }

  /// Itself as a value; the loop lives as long as it.
  var object: JinjaObject {
    JinjaObject("LoopContext", name: "loop") { (arguments) throws(ChatTemplateError) in
      let values = try arguments.bind("loop", ["iterable"], required: 1)
      return .text(try self.recurse(values[0] ?? .none))
    } attribute: { [unowned self] (name) throws(ChatTemplateError) in
      switch name {
      case "index": .integer(self.index + 1)
      case "index0": .integer(self.index)
      case "revindex": .integer(try self.length() - self.index)
      case "revindex0": .integer(try self.length() - self.index - 1)
      case "first": .bool(self.index == 0)
      case "last": .bool(try self.peek() == nil)
      case "length": .integer(try self.length())
      case "depth": .integer(self.level + 1)
      case "depth0": .integer(self.level)
      case "previtem":
        self.before ?? .undefined(JinjaUndefined(message: "there is no previous item"))
      case "nextitem":
        try self.peek() ?? .undefined(JinjaUndefined(message: "there is no next item"))
      case "cycle":
        .object(
          JinjaObject("method", name: "cycle") { (arguments) throws(ChatTemplateError) in
            guard !arguments.positional.isEmpty else {
              throw ChatTemplateError(.wrongType, "`cycle` has no values")
            }
            return arguments.positional[self.index % arguments.positional.count]
          })
      case "changed":
        .object(
          JinjaObject("method", name: "changed") { (arguments) throws(ChatTemplateError) in
            .bool(try self.hasChanged(arguments.positional))
          })
      default: nil
      }
    }
  }

  private func hasChanged(_ values: [JinjaValue]) throws(ChatTemplateError) -> Bool {
    if let lastChanged, try interpreter.areEqual(.tuple(lastChanged), .tuple(values)) {
      return false
    }
    lastChanged = values
    return true
  }
}
