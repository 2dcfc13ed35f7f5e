extension JinjaFilters {
  /// Filters that make texts of texts, or look at them. A value of another type is first printed.
  static let textual: [String: Filter] = [
    "upper": onText("upper") { $0.uppercased },
    "lower": onText("lower") { $0.lowercased },
    "capitalize": onText("capitalize") { $0.capitalized },
    "title": onText("title", title),
    "safe": onText("safe") {
      var text = $0
      text.isMarkup = true
      return text
    },
    "escape": onText("escape") { $0.escapedForHTML },
    "e": onText("e") { $0.escapedForHTML },
    "forceescape": onText("forceescape") {
      var text = $0
      text.isMarkup = false
      return text.escapedForHTML
    },
    "striptags": onText("striptags", withoutTags),
    "trim": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let set = try arguments.bind("trim", ["chars"])[0] ?? .none
      let text = try interpreter.text(of: value)
      return .text(text.stripped(of: set.isNone ? nil : try set.requireText()))
    },
    "replace": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let values = try arguments.bind("replace", ["old", "new", "count"], required: 2)
      let limit = values[2] ?? .none
      return .text(
        try interpreter.replacing(
          in: interpreter.text(of: value), interpreter.text(of: values[0] ?? .none),
          with: interpreter.text(of: values[1] ?? .none), limit: limit.isNone ? nil : limit))
    },
    "center": { (interpreter, value, arguments) throws(ChatTemplateError) in
      let width = try arguments.bind("center", ["width"])[0]?.requireInteger() ?? 80
      return .text(
        try interpreter.filled(
          interpreter.text(of: value), to: width, with: JinjaText(" "), textAt: .both))
    },
    "indent": indent,
    "truncate": truncate,
    "wordcount": { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind("wordcount", [])
      return .integer(wordCount(try interpreter.text(of: value)))
    },
    "urlencode": urlEncode,
    "format": { (interpreter, value, arguments) throws(ChatTemplateError) in
      guard arguments.positional.isEmpty || arguments.named.isEmpty else {
        throw ChatTemplateError(.wrongType, "arguments with and without names")
      }
      var named = JinjaDictionary()
      for argument in arguments.named { named.set(JinjaText(argument.name), argument.value) }
      let values: JinjaValue =
        named.count > 0 ? .dictionary(named) : .tuple(arguments.positional)
      return .text(
        try PercentFormat.format(try interpreter.text(of: value), with: values, interpreter))
    },
  ]

  private static func onText(
    _ name: String, _ change: @escaping @Sendable (JinjaText) -> JinjaText
  ) -> Filter {
    { (interpreter, value, arguments) throws(ChatTemplateError) in
      _ = try arguments.bind(name, [])
      return .text(change(try interpreter.text(of: value)))
    }
  }

  /// Words begin behind hyphens, white space and opening brackets.
  private static func title(_ text: JinjaText) -> JinjaText {
    func isBorder(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isPythonSpace || "-({[<".unicodeScalars.contains(scalar)
    }
    let scalars = text.scalars
    var result = JinjaText()
    var start = 0
    for index in scalars.indices {
      let isLast = index + 1 == scalars.count
      guard isLast || isBorder(scalars[index].value) != isBorder(scalars[index + 1].value) else {
        continue
      }
      let word = text[scalars[start].range.lowerBound..<scalars[index].range.upperBound]
      let first = scalars[start].range.count
      result.append(word[0..<first].uppercased)
      result.append(word[first..<word.count].lowercased)
      start = index + 1
    }
    return result
  }

  /// Without comments and tags, and with single spaces.
  private static func withoutTags(_ text: JinjaText) -> JinjaText {
    func removing(_ text: JinjaText, from opening: String, to closing: String) -> JinjaText {
      var result = JinjaText()
      var start = 0
      let (opening, closing) = (JinjaText(opening), JinjaText(closing))
      while let begin = text.firstMatch(of: opening, from: start),
        let end = text.firstMatch(of: closing, from: begin + opening.count)
      {
        result.append(text, start..<begin)
        start = end + closing.count
      }
      result.append(text, start..<text.count)
      return result
    }
    let bare = removing(removing(text, from: "<!--", to: "-->"), from: "<", to: ">")
    return unescaped(JinjaText(" ").joining(bare.words()))
  }

  /// With the five characters that ``JinjaText/escapedForHTML`` writes in place of what it wrote.
  private static func unescaped(_ text: JinjaText) -> JinjaText {
    let names = [
      ("&lt;", "<"), ("&gt;", ">"), ("&#34;", "\""), ("&quot;", "\""), ("&#39;", "'"),
      ("&amp;", "&"),
    ]
    return names.reduce(text) { text, name in
      let character = JinjaText(name.1, origin: [])
      return text.replacing(JinjaText(name.0), with: character)
    }
  }

  // MARK: Lines and words

  private static let indent: Filter = { (interpreter, value, arguments) throws(ChatTemplateError) in
    let values = try arguments.bind("indent", ["width", "first", "blank"])
    var indention = JinjaText()
    if case .text(let text)? = values[0] {
      indention = text
    } else {
      let width = max(try values[0]?.requireInteger() ?? 4, 0)
      try interpreter.chargeText(width)
      indention = JinjaText(String(repeating: " ", count: width))
    }
    let indentsBlank = values[2]?.isTrue ?? false
    var text = try value.requireText()
    // A last line that is empty is a line too.
    text.append("\n")
    let lines = text.lines()
    try interpreter.chargeText(text.count + lines.count * indention.count)
    var result = values[1]?.isTrue ?? false ? indention : JinjaText()
    for (index, line) in lines.enumerated() {
      if index > 0 {
        result.append("\n")
        if indentsBlank || !line.isEmpty { result.append(indention) }
      }
      result.append(line)
    }
    return .text(result)
  }

  private static let truncate: Filter = {
    (interpreter, value, arguments) throws(ChatTemplateError) in
    let values = try arguments.bind("truncate", ["length", "killwords", "end", "leeway"])
    let length = try values[0]?.requireInteger() ?? 255
    let end = try values[2]?.requireText() ?? JinjaText("...")
    let leeway: Int
    if let given = values[3], !given.isNone {
      leeway = try given.requireInteger()
    } else {
      leeway = 5
    }
    let endCount = end.scalarCount
    guard length >= endCount, leeway >= 0 else {
      throw ChatTemplateError(.wrongValue, "a length or a leeway that is too small")
    }
    if let count = JinjaInterpreter.count(of: value),
      count <= length.addingReportingOverflow(leeway).partialValue
    {
      return value
    }
    let text = try value.requireText()
    let offsets = text.scalarOffsets
    var result = text[0..<offsets[length - endCount]]
    if !(values[1]?.isTrue ?? false) {
      if let space = result.lastMatch(of: JinjaText(" ")) { result = result[0..<space] }
    }
    result.append(end)
    return .text(result)
  }

  /// Runs of letters, digits and underscores.
  private static func wordCount(_ text: JinjaText) -> Int {
    var count = 0
    var isInWord = false
    for scalar in text.string.unicodeScalars {
      let properties = scalar.properties
      let isWord: Bool =
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
          true
        default: scalar == "_" || properties.numericType != nil
        }
      if isWord, !isInWord { count += 1 }
      isInWord = isWord
    }
    return count
  }

  // MARK: Addresses

  private static let urlEncode: Filter = {
    (interpreter, value, arguments) throws(ChatTemplateError) in
    _ = try arguments.bind("urlencode", [])
    var pairs: [JinjaValue]
    switch value {
    case .dictionary(let dictionary): pairs = dictionary.items
    case .list, .iterator: pairs = try interpreter.array(of: value)
    default: return .text(quoted(try interpreter.text(of: value), isQuery: false))
    }
    var parts: [JinjaText] = []
    for pair in pairs {
      let items = try interpreter.array(of: pair)
      guard items.count == 2 else {
        throw ChatTemplateError(
          .wrongValue, "\(items.count) values where a key and a value are expected")
      }
      var part = quoted(try interpreter.text(of: items[0]), isQuery: true)
      part.append("=")
      part.append(quoted(try interpreter.text(of: items[1]), isQuery: true))
      parts.append(part)
    }
    return .text(try interpreter.joined(parts, by: JinjaText("&")))
  }

  private static func quoted(_ text: JinjaText, isQuery: Bool) -> JinjaText {
    let plain = Set("_.-~".utf8)
    var result = JinjaText()
    for (index, byte) in text.bytes.enumerated() {
      let character = Character(Unicode.Scalar(byte))
      let isPlain =
        byte < 0x80 && (character.isLetter || character.isNumber) || plain.contains(byte)
        || (!isQuery && byte == UInt8(ascii: "/"))
      let origin = text.origin(at: index)
      if isPlain {
        result.append([byte], origin: origin)
      } else if isQuery, byte == UInt8(ascii: " ") {
        result.append("+", origin: origin)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result.append("%\(byte < 16 ? "0" : "")\(digits)", origin: origin)
      }
    }
    return result
  }
}
