// The methods of strings.

extension JinjaInterpreter {
  typealias Method = (JinjaArguments) throws(ChatTemplateError) -> JinjaValue

  /// The method `name` of `text`; nil if there is none.
  func textMethod(_ name: String, _ text: JinjaText) -> JinjaValue? {
    if ["encode", "translate", "maketrans", "casefold"].contains(name) {
      let message = "the string method `\(name)` is not done here"
      return .undefined(JinjaUndefined(message: message, reason: .unsupported))
    }
    let body =
      caseMethod(name, text) ?? searchMethod(name, text) ?? cuttingMethod(name, text)
      ?? fillingMethod(name, text) ?? classMethod(name, text)
    guard let body else { return nil }
    return method(name) { [unowned self] (arguments) throws(ChatTemplateError) in
      try self.chargeText(text.count)
      let result = try body(arguments)
      if case .text(let made) = result { try self.chargeText(made.count) }
      return result
    }
  }

  func method(_ name: String, _ call: @escaping Method) -> JinjaValue {
    .object(JinjaObject("method", name: name, call: call))
  }

  private func caseMethod(_ name: String, _ text: JinjaText) -> Method? {
    let change: (JinjaText) -> JinjaText
    switch name {
    case "upper": change = \.uppercased
    case "lower": change = \.lowercased
    case "title": change = \.titlecased
    case "capitalize": change = \.capitalized
    case "swapcase": change = \.swappedCase
    default: return nil
    }
    return { (arguments) throws(ChatTemplateError) in
      _ = try arguments.bind(name, [])
      return .text(change(text))
    }
  }

  /// Whether all characters are of a class, and there is one.
  private func classMethod(_ name: String, _ text: JinjaText) -> Method? {
    let test: (Unicode.Scalar.Properties) -> Bool
    switch name {
    case "isspace":
      return flagMethod(name) {
        !text.isEmpty && text.string.unicodeScalars.allSatisfy(\.isPythonSpace)
      }
    case "islower": return flagMethod(name) { text.isCase(upper: false) }
    case "isupper": return flagMethod(name) { text.isCase(upper: true) }
    case "istitle": return flagMethod(name) { text.isTitle }
    case "isprintable":
      return flagMethod(name) { text.string.unicodeScalars.allSatisfy(\.isPrintableInPython) }
    case "isascii": return flagMethod(name) { text.bytes.allSatisfy { $0 < 0x80 } }
    case "isidentifier":
      return flagMethod(name) {
        let scalars = Array(text.string.unicodeScalars)
        guard let first = scalars.first else { return false }
        return (first == "_" || first.properties.isXIDStart)
          && scalars.dropFirst().allSatisfy(\.properties.isXIDContinue)
      }
    case "isalpha": test = \.isPythonLetter
    case "isdecimal": test = { $0.numericType == .decimal }
    case "isdigit": test = { $0.numericType == .decimal || $0.numericType == .digit }
    case "isnumeric": test = { $0.numericType != nil }
    case "isalnum": test = { $0.isPythonLetter || $0.numericType != nil }
    default: return nil
    }
    return flagMethod(name) {
      !text.isEmpty && text.string.unicodeScalars.allSatisfy { test($0.properties) }
    }
  }

  private func flagMethod(_ name: String, _ flag: @escaping () -> Bool) -> Method {
    { (arguments) throws(ChatTemplateError) in
      _ = try arguments.bind(name, [])
      return .bool(flag())
    }
  }
}

// MARK: Searching

extension JinjaInterpreter {
  private func searchMethod(_ name: String, _ text: JinjaText) -> Method? {
    switch name {
    case "startswith", "endswith":
      return { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["prefix", "start", "end"], required: 1)
        let (part, _) = try Self.part(of: text, from: values[1], to: values[2])
        var choices = [values[0] ?? .none]
        if case .list(let list) = choices[0], list.kind == .tuple { choices = list.items }
        for choice in choices {
          let choice = try choice.requireText()
          guard let part else { continue }
          if name == "startswith" ? part.hasPrefix(choice) : part.hasSuffix(choice) {
            return .bool(true)
          }
        }
        return .bool(false)
      }
    case "find", "index", "rfind", "rindex":
      return { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["sub", "start", "end"], required: 1)
        let wanted = try (values[0] ?? .none).requireText()
        let (part, start) = try Self.part(of: text, from: values[1], to: values[2])
        let place =
          name.hasPrefix("r") ? part?.lastMatch(of: wanted) : part?.firstMatch(of: wanted)
        if let part, let place { return .integer(start + part.scalarIndex(of: place)) }
        if name.hasSuffix("find") { return .integer(-1) }
        throw ChatTemplateError(.wrongValue, "`\(wanted.string)` is not found")
      }
    case "count":
      return { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["sub", "start", "end"], required: 1)
        let wanted = try (values[0] ?? .none).requireText()
        let (part, _) = try Self.part(of: text, from: values[1], to: values[2])
        return .integer(part?.matches(of: wanted).count ?? 0)
      }
    case "replace":
      return { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["old", "new", "count"], required: 2)
        return .text(
          try self.replacing(
            in: text, try (values[0] ?? .none).requireText(),
            with: try (values[1] ?? .none).requireText(), limit: values[2]))
      }
    default: return nil
    }
  }

  /// `text.replace(old, new, limit)`, counting first how much it makes.
  func replacing(
    in text: JinjaText, _ old: JinjaText, with new: JinjaText, limit: JinjaValue?
  ) throws(ChatTemplateError) -> JinjaText {
    let limit = try limit?.requireInteger() ?? -1
    if new.count > old.count {
      let matches = text.matches(of: old).count
      try chargeText(text.count + matches * (new.count - old.count))
    }
    return text.replacing(old, with: new, limit: limit)
  }

  /// The part between two bounds that count scalars, as a slice has them, and the number of scalars
  /// before it; nil if the first bound is behind the second, or behind the text.
  private static func part(
    of text: JinjaText, from start: JinjaValue?, to end: JinjaValue?
  ) throws(ChatTemplateError) -> (JinjaText?, start: Int) {
    if start == nil, end == nil { return (text, 0) }
    let offsets = text.scalarOffsets
    let count = offsets.count - 1
    func bound(_ value: JinjaValue?, _ missing: Int) throws(ChatTemplateError) -> Int {
      guard let value, !value.isNone else { return missing }
      let place = try value.requireInteger()
      return place < 0 ? max(place.addingReportingOverflow(count).partialValue, 0) : place
    }
    let low = try bound(start, 0)
    let high = min(try bound(end, count), count)
    guard low <= high else { return (nil, low) }
    return (text[offsets[low]..<offsets[high]], low)
  }
}

// MARK: Cutting

extension JinjaInterpreter {
  private func cuttingMethod(_ name: String, _ text: JinjaText) -> Method? {
    switch name {
    case "strip", "lstrip", "rstrip":
      return { (arguments) throws(ChatTemplateError) in
        let value = try arguments.bind(name, ["chars"])[0] ?? .none
        let set: JinjaText? = value.isNone ? nil : try value.requireText()
        let side: JinjaText.Side = name == "strip" ? .both : name == "lstrip" ? .left : .right
        return .text(text.stripped(side, of: set))
      }
    case "split", "rsplit":
      return { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["sep", "maxsplit"])
        let limit = try values[1]?.requireInteger() ?? -1
        let separator = values[0] ?? .none
        let fromRight = name == "rsplit"
        var parts = text.words(limit: separator.isNone ? limit : 0, fromRight: fromRight)
        if !separator.isNone {
          let separator = try separator.requireText()
          guard !separator.isEmpty else {
            throw ChatTemplateError(.wrongValue, "the separator is empty")
          }
          parts = text.split(by: separator, limit: limit, fromRight: fromRight)
        }
        return .list(parts.map { JinjaValue.text($0) })
      }
    case "partition", "rpartition":
      return { (arguments) throws(ChatTemplateError) in
        let separator = try (arguments.bind(name, ["sep"], required: 1)[0] ?? .none).requireText()
        guard !separator.isEmpty else {
          throw ChatTemplateError(.wrongValue, "the separator is empty")
        }
        let isLast = name == "rpartition"
        let place = isLast ? text.lastMatch(of: separator) : text.firstMatch(of: separator)
        var parts = isLast ? [JinjaText(), JinjaText(), text] : [text, JinjaText(), JinjaText()]
        if let place {
          let end = place + separator.count
          parts = [text[0..<place], text[place..<end], text[end..<text.count]]
        }
        return .tuple(parts.map { JinjaValue.text($0) })
      }
    case "splitlines":
      return { (arguments) throws(ChatTemplateError) in
        let keepsEnds = try arguments.bind(name, ["keepends"])[0]?.isTrue ?? false
        return .list(text.lines(keepsEnds: keepsEnds).map { JinjaValue.text($0) })
      }
    case "removeprefix", "removesuffix":
      return { (arguments) throws(ChatTemplateError) in
        let part = try (arguments.bind(name, ["part"], required: 1)[0] ?? .none).requireText()
        if name == "removeprefix" {
          return .text(text.hasPrefix(part) ? text[part.count..<text.count] : text)
        }
        return .text(text.hasSuffix(part) ? text[0..<(text.count - part.count)] : text)
      }
    default: return nil
    }
  }
}

// MARK: Filling

extension JinjaInterpreter {
  private func fillingMethod(_ name: String, _ text: JinjaText) -> Method? {
    switch name {
    case "center", "ljust", "rjust":
      return { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["width", "fillchar"], required: 1)
        let width = try (values[0] ?? .none).requireInteger()
        let fill = try values[1]?.requireText() ?? JinjaText(" ")
        guard fill.scalarCount == 1 else {
          throw ChatTemplateError(.wrongType, "what fills is not one character")
        }
        let side: JinjaText.Side = name == "center" ? .both : name == "ljust" ? .left : .right
        return .text(try self.filled(text, to: width, with: fill, textAt: side))
      }
    case "zfill":
      return { (arguments) throws(ChatTemplateError) in
        let width = try (arguments.bind(name, ["width"], required: 1)[0] ?? .none).requireInteger()
        let hasSign =
          text.bytes.first == UInt8(ascii: "-") || text.bytes.first == UInt8(ascii: "+")
        let digits = text[(hasSign ? 1 : 0)..<text.count]
        var result = text[0..<(hasSign ? 1 : 0)]
        result.append(
          try self.filled(
            digits, to: width - (hasSign ? 1 : 0), with: JinjaText("0"), textAt: .right))
        return .text(result)
      }
    case "expandtabs":
      return { (arguments) throws(ChatTemplateError) in
        let size = try arguments.bind(name, ["tabsize"])[0]?.requireInteger() ?? 8
        return .text(try self.expandingTabs(in: text, to: size))
      }
    case "join":
      return { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["iterable"], required: 1)
        var parts: [JinjaText] = []
        for value in try self.array(of: values[0] ?? .none) {
          parts.append(try value.requireText())
        }
        return .text(try self.joined(parts, by: text))
      }
    case "format":
      return { (arguments) throws(ChatTemplateError) in
        .text(try BraceFormat.format(text, with: arguments, self))
      }
    case "format_map":
      return { (arguments) throws(ChatTemplateError) in
        let values = try arguments.bind(name, ["mapping"], required: 1)
        let entries = try (values[0] ?? .none).requireDictionary().entries
        var named = JinjaArguments()
        for entry in entries {
          if case .text(let key) = entry.key { named.named.append((key.string, entry.value)) }
        }
        return .text(try BraceFormat.format(text, with: named, self))
      }
    default: return nil
    }
  }

  func joined(
    _ parts: [JinjaText], by separator: JinjaText
  ) throws(ChatTemplateError) -> JinjaText {
    let between = separator.count * max(parts.count - 1, 0)
    try chargeText(parts.reduce(between) { $0 + $1.count })
    return separator.joining(parts)
  }

  /// The text with `fill` beside it, `width` scalars in all.
  func filled(
    _ text: JinjaText, to width: Int, with fill: JinjaText, textAt side: JinjaText.Side
  ) throws(ChatTemplateError) -> JinjaText {
    let count = text.scalarCount
    guard width > count else { return text }
    try chargeText(min(width, .max / 8) * fill.count)
    let total = width - count
    // Python puts the odd one to the left where the width is odd too.
    let left: Int =
      switch side {
      case .left: 0
      case .right: total
      case .both: total / 2 + (total & width & 1)
      }
    var result = fill.repeated(left)
    result.append(text)
    result.append(fill.repeated(total - left))
    return result
  }

  private func expandingTabs(
    in text: JinjaText, to size: Int
  ) throws(ChatTemplateError) -> JinjaText {
    let tabs = text.bytes.count { $0 == 0x09 }
    let (space, overflow) = tabs.multipliedReportingOverflow(by: max(size, 0))
    try chargeText(overflow ? .max : space)
    var column = 0
    return text.mapScalars { scalars, index in
      switch scalars[index].value {
      case "\t":
        let width = size > 0 ? size - column % size : 0
        column += width
        return String(repeating: " ", count: width)
      case "\n", "\r":
        column = 0
        return String(scalars[index].value)
      default:
        column += 1
        return String(scalars[index].value)
      }
    }
  }
}

extension Unicode.Scalar.Properties {
  /// A letter as `str.isalpha` has it.
  fileprivate var isPythonLetter: Bool {
    switch generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }
}

extension JinjaText {
  /// Whether words begin with upper case, the rest is in lower case, and there is a word.
  fileprivate var isTitle: Bool {
    var isBehindCased = false
    var found = false
    for scalar in string.unicodeScalars {
      let properties = scalar.properties
      let isUpper = properties.isUppercase || properties.generalCategory == .titlecaseLetter
      if isUpper {
        if isBehindCased { return false }
      } else if properties.isLowercase {
        if !isBehindCased { return false }
      }
      isBehindCased = isUpper || properties.isLowercase
      found = found || isBehindCased
    }
    return found
  }
}
