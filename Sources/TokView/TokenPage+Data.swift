internal import Tokenization

/// What the script knows: the tokens that occur, and for each place their ids and ranges.
///
/// Ranges are written as two lists of small numbers, how far each begins behind the end of the one
/// before and how long it is. Where every token begins at that end, as nearly always, the first list is
/// empty. Spans of one token, nearly all, are left out of the third: it holds pairs of a span's number
/// and its count of tokens.
extension TokenPage {
  func appendData(to page: inout [UInt8]) {
    page += "{\"vocabularies\":[".utf8
    for column in vocabularies.indices {
      if column > 0 { page += ",\n".utf8 }
      appendVocabulary(column, to: &page)
    }
    page += "],\n\"documents\":[".utf8
    for (index, document) in documents.enumerated() {
      if index > 0 { page += ",\n".utf8 }
      page += "{\"columns\":[".utf8
      for (number, column) in document.columns.enumerated() {
        if number > 0 { page += ",\n".utf8 }
        append(column, to: &page)
      }
      page += "]}".utf8
    }
    page += "]}".utf8
  }

  private func append(_ column: PageDocument.Column, to page: inout [UInt8]) {
    var skips: [Int] = []
    var end = 0
    for token in column.tokens {
      skips.append(token.range.lowerBound - end)
      end = token.range.upperBound
    }
    if skips.allSatisfy({ $0 == 0 }) { skips = [] }
    page += "{\"ids\":".utf8
    PageJSON.append(column.tokens.map { Int($0.id) }, to: &page)
    page += ",\"skips\":".utf8
    PageJSON.append(skips, to: &page)
    page += ",\"lengths\":".utf8
    PageJSON.append(column.tokens.map(\.range.count), to: &page)
    page += ",\"counts\":".utf8
    PageJSON.append(
      column.spans.enumerated().flatMap { index, span in
        span.tokens.count == 1 ? [] : [index, span.tokens.count]
      }, to: &page)
    page += "}".utf8
  }

  /// A token is written as the text that it shows, with its bytes where that text is another.
  private func appendVocabulary(_ column: Int, to page: inout [UInt8]) {
    let (name, tokenizer) = vocabularies[column]
    let ids = Set(documents.flatMap { $0.columns[column].tokens.map(\.id) }).sorted()
    page += "{\"name\":".utf8
    PageJSON.append(VisibleText.line(Array(name.utf8)).utf8, to: &page)
    page += ",\"special\":".utf8
    PageJSON.append(ids.filter(tokenizer.isSpecial).map(Int.init), to: &page)
    if let unknown = tokenizer.unknownID { page += ",\"unknown\":\(unknown)".utf8 }
    page += ",\"tokens\":{".utf8
    for (index, id) in ids.enumerated() {
      let bytes = tokenizer.bytes(of: id) ?? []
      let shown = VisibleText.line(bytes)
      if index > 0 { page += ",".utf8 }
      page += "\"\(id)\":".utf8
      if Array(shown.utf8) == bytes {
        PageJSON.append(bytes, to: &page)
      } else {
        page += "[".utf8
        PageJSON.append(shown.utf8, to: &page)
        page += ",\"\(bytes.map(VisibleText.hexadecimal).joined(separator: " "))\"]".utf8
      }
    }
    page += "}}".utf8
  }
}
