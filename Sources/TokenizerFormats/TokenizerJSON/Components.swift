import Tokenization

// MARK: truncation and padding

func readTruncation(_ value: JSONValue) throws(VocabularyError) -> Truncation {
  let strategy = try value.required("strategy") { (name) throws(VocabularyError) in
    let text = try name.text()
    guard let strategy = Truncation.Strategy(rawValue: text) else {
      throw VocabularyError(.unsupported, "the strategy `\(text)` is not supported")
    }
    return strategy
  }
  return Truncation(
    maximumLength: try value.whole("max_length"), strategy: strategy,
    stride: try value.whole("stride"),
    direction: value["direction"] == nil ? .right : try readSide(value))
}

func json(_ truncation: Truncation) -> JSONValue {
  JSONValue([
    "direction": .string(truncation.direction.rawValue),
    "max_length": JSONValue(truncation.maximumLength),
    "strategy": .string(truncation.strategy.rawValue), "stride": JSONValue(truncation.stride),
  ])
}

func readPadding(_ value: JSONValue) throws(VocabularyError) -> Padding {
  let strategy = try value.required("strategy") { (strategy) throws(VocabularyError) in
    if strategy["Fixed"] != nil { return Padding.Strategy.fixed(try strategy.whole("Fixed")) }
    let text = try strategy.text()
    guard text == "BatchLongest" else {
      throw VocabularyError(.unsupported, "the strategy `\(text)` is not supported")
    }
    return .batchLongest
  }
  return Padding(
    strategy: strategy, direction: try readSide(value),
    multiple: try value.optional("pad_to_multiple_of") { (number) throws(VocabularyError) in
      try number.integer()
    },
    id: try value.required("pad_id") { (id) throws(VocabularyError) in try id.tokenID() },
    typeID: try value.whole("pad_type_id"),
    token: try value.required("pad_token") { (token) throws(VocabularyError) in try token.text() })
}

func json(_ padding: Padding) -> JSONValue {
  let strategy: JSONValue =
    switch padding.strategy {
    case .batchLongest: "BatchLongest"
    case .fixed(let length): JSONValue(["Fixed": JSONValue(length)])
    }
  return JSONValue([
    "strategy": strategy, "direction": .string(padding.direction.rawValue),
    "pad_to_multiple_of": padding.multiple.map { JSONValue($0) } ?? .null,
    "pad_id": JSONValue(padding.id), "pad_type_id": JSONValue(padding.typeID),
    "pad_token": .string(padding.token),
  ])
}

private func readSide(_ value: JSONValue) throws(VocabularyError) -> Side {
  try value.required("direction") { (name) throws(VocabularyError) in
    let text = try name.text()
    guard let side = Side(rawValue: text) else {
      throw VocabularyError(.malformed, "found `\(text)` where `Left` or `Right` is expected")
    }
    return side
  }
}

extension JSONValue {
  /// The required whole number `key`.
  func whole(_ key: String) throws(VocabularyError) -> Int {
    try required(key) { (number) throws(VocabularyError) in try number.integer() }
  }
}
