internal import UnicodeText

/// `wordPiece`
struct WordPieceStep: DecodingStep {
  private let prefix: [UInt8]
  private var cleanUp: CleanUp?
  private var isFirst = true
  /// How many bytes of the prefix the text began with; nil once it is decided whether it does.
  private var found: Int?
  private var scratch: [UInt8] = []

  init(prefix: String, cleansUp: Bool) {
    self.prefix = Array(prefix.utf8)
    cleanUp = cleansUp ? CleanUp() : nil
  }

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    scratch.removeAll(keepingCapacity: true)
    var index = 0
    if !isFirst, var found {
      while found < prefix.count, index < text.count, text[index] == prefix[found] {
        found += 1
        index += 1
      }
      let isWhole = found == prefix.count
      if !isWhole, index == text.count, !endsText {
        self.found = found
        return
      }
      if !isWhole {
        scratch.append(0x20)
        scratch.append(contentsOf: prefix[..<found])
      }
    }
    found = nil
    scratch.append(contentsOf: text.extracting(index...))
    passOn(endsText: endsText, into: &output.bytes)
    guard endsText else { return }
    output.endText()
    isFirst = false
    found = 0
  }

  private mutating func passOn(endsText: Bool, into output: inout [UInt8]) {
    guard cleanUp != nil else { return output.append(contentsOf: scratch) }
    // Taken out, so that both can be used.
    var text: [UInt8] = []
    swap(&text, &scratch)
    cleanUp?.take(text.span, endsText: endsText, into: &output)
    swap(&text, &scratch)
  }
}

/// `bpe`: keeps a text from its first suffix on until another text comes or none does.
struct SuffixStep: DecodingStep {
  private var search: StreamingSearch
  private var kept: [UInt8] = []
  /// Where in `kept` suffixes were.
  private var places: [Int] = []
  private var keepsWholeText = false

  init(_ suffix: String) {
    search = StreamingSearch(Array(suffix.utf8))
  }

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    if keepsWholeText { passOn(isLast: false, into: &output) }
    var places = places
    self.places = []
    func match(_ kept: inout [UInt8]) {
      if places.isEmpty {
        output.bytes.append(contentsOf: kept)
        kept.removeAll(keepingCapacity: true)
      }
      places.append(kept.count)
    }
    search.take(text, into: &kept, match: match)
    if endsText { search.endText(into: &kept, match: match) }
    if places.isEmpty {
      output.bytes.append(contentsOf: kept)
      kept.removeAll(keepingCapacity: true)
      if endsText { output.endText() }
    } else {
      keepsWholeText = endsText
    }
    self.places = places
  }

  mutating func finish(into output: inout TokenTextList) {
    if keepsWholeText { passOn(isLast: true, into: &output) }
  }

  private mutating func passOn(isLast: Bool, into output: inout TokenTextList) {
    var start = 0
    for place in places {
      output.bytes.append(contentsOf: kept[start..<place])
      if !isLast { output.bytes.append(0x20) }
      start = place
    }
    output.bytes.append(contentsOf: kept[start...])
    output.endText()
    kept.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    keepsWholeText = false
  }
}

/// `ctc`: keeps a text until it is whole.
struct ConnectionistStep: DecodingStep {
  private var pad: LiteralReplacement
  private var cleanUp: CleanUp?
  private var delimiter: LiteralReplacement
  private var kept: [UInt8] = []
  private var previous: [UInt8] = []
  private var isFirst = true
  private var spare: [UInt8] = []

  init(pad: String, wordDelimiter: String, cleansUp: Bool) {
    self.pad = LiteralReplacement(Array(pad.utf8), content: [])
    cleanUp = cleansUp ? CleanUp() : nil
    delimiter = LiteralReplacement(Array(wordDelimiter.utf8), content: [0x20])
  }

  mutating func take(_ text: Span<UInt8>, endsText: Bool, into output: inout TokenTextList) {
    kept.append(contentsOf: text)
    guard endsText else { return }
    if isFirst || kept != previous {
      swap(&kept, &previous)
      isFirst = false
      passOn(into: &output)
    }
    kept.removeAll(keepingCapacity: true)
  }

  /// Passes on `previous`.
  private mutating func passOn(into output: inout TokenTextList) {
    let start = output.bytes.count
    var text: [UInt8] = []
    // Taken out, so that all can be used at once.
    swap(&text, &spare)
    text.removeAll(keepingCapacity: true)
    pad.replaceAll(in: previous, into: &text)
    if cleanUp == nil {
      output.bytes.append(contentsOf: text)
    } else {
      kept.removeAll(keepingCapacity: true)
      cleanUp?.take(text.span, endsText: true, into: &kept)
      delimiter.replaceAll(in: kept, into: &output.bytes)
    }
    swap(&text, &spare)
    if output.bytes.count > start { output.endText() }
  }
}
