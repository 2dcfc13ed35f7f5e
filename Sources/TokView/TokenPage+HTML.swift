internal import Tokenization

extension TokenPage {
  /// The page, UTF-8.
  ///
  /// - Complexity: O(*v* *n*) in the vocabularies and the bytes of the texts; about eight bytes of page
  ///   for each token beside the text itself, and seven for what the script knows of it.
  public func html() -> [UInt8] {
    var page: [UInt8] = []
    page += "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n".utf8
    page += "<meta http-equiv=\"Content-Security-Policy\" content=\"\(Self.policy)\">\n".utf8
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n".utf8
    page += "<meta name=\"color-scheme\" content=\"light dark\">\n<title>".utf8
    HTMLText.appendVisible(Array(title.utf8), to: &page)
    page += " – tok</title>\n<style>\(PageStyle.text)</style>\n</head>\n<body>\n".utf8
    appendHead(to: &page)
    page += "<main>\n".utf8
    appendCounts(to: &page)
    page += PageFrame.legend.utf8
    for (index, document) in documents.enumerated() {
      append(document, number: index, to: &page)
    }
    page += "</main>\n\(PageFrame.details)<script type=\"application/json\" id=\"data\">".utf8
    appendData(to: &page)
    page += "</script>\n<script>\(PageScript.text)</script>\n</body>\n</html>\n".utf8
    return page
  }

  /// What the page may load and run: its own style and script, known by their digests, and no more.
  private static let policy =
    "default-src 'none'; style-src '\(digest(PageStyle.text))'; "
    + "script-src '\(digest(PageScript.text))'; font-src data:; base-uri 'none'; form-action 'none'"

  private static func digest(_ text: String) -> String {
    "sha256-" + Base64.text(of: SHA256.digest(of: Array(text.utf8)))
  }

  private func appendHead(to page: inout [UInt8]) {
    page += "<header>\n<h1><bdi>".utf8
    HTMLText.appendVisible(Array(title.utf8), to: &page)
    page += "</bdi> <small>as tokens</small></h1>\n\(PageFrame.settings)</header>\n".utf8
  }

  private func appendCounts(to page: inout [UInt8]) {
    page += PageFrame.countsHead.utf8
    for (column, vocabulary) in vocabularies.enumerated() {
      page += "<tr><th scope=\"row\"><bdi>".utf8
      HTMLText.appendVisible(Array(vocabulary.name.utf8), to: &page)
      page += "</bdi> <small>\(vocabulary.tokenizer.modelName)</small></th>".utf8
      let counts = PageCounts(column, of: documents, vocabulary.tokenizer)
      for cell in counts.cells { page += "<td>\(cell)</td>".utf8 }
      page += "</tr>\n".utf8
    }
    page += "</tbody>\n</table>\n</div>\n".utf8
  }

  private func append(_ document: PageDocument, number: Int, to page: inout [UInt8]) {
    page += "<section>\n<h2 id=\"document\(number)\"><bdi>".utf8
    HTMLText.appendVisible(Array(document.name.utf8), to: &page)
    page += "</bdi> <small>\(DecimalText.grouped(document.bytes.count)) bytes, ".utf8
    page += "\(DecimalText.grouped(document.scalarCount)) characters</small></h2>\n".utf8
    page += "<div class=\"heads\" aria-hidden=\"true\">".utf8
    for (column, vocabulary) in zip(document.columns, vocabularies) {
      page += "<div><bdi>".utf8
      HTMLText.appendVisible(Array(vocabulary.name.utf8), to: &page)
      page += "</bdi> <small>\(DecimalText.grouped(column.tokens.count)) tokens</small></div>".utf8
    }
    page += "</div>\n<div class=\"text\" data-d=\"\(number)\" tabindex=\"0\" role=\"group\"".utf8
    page += " aria-labelledby=\"document\(number)\" aria-describedby=\"keys\">\n".utf8
    var nextSpans = document.columns.map { _ in 0 }
    for (index, row) in document.rows.enumerated() {
      let isLast = index == document.rows.count - 1
      let isCut = !isLast && document.bytes[row.upperBound - 1] != 0x0A
      page += "<div class=\"row\(isCut ? " cut" : "")\">".utf8
      for column in document.columns.indices {
        let spans = document.columns[column].spans
        let first = nextSpans[column]
        var end = first
        // A span without text at the end of a row is the next row's, where there is one.
        while end < spans.count, isLast || spans[end].range.lowerBound < row.upperBound { end += 1 }
        nextSpans[column] = end
        page +=
          "<div dir=\"auto\" class=\"t\(first % Palette.grounds.count)\" data-s=\"\(first)\">".utf8
        append(first..<end, of: row, column, document, to: &page)
        page += "</div>".utf8
      }
      page += "</div>\n".utf8
    }
    page += "</div>\n</section>\n".utf8
  }

  /// The text of a row as one vocabulary cuts it.
  private func append(
    _ spans: Range<Int>, of row: Range<Int>, _ column: Int, _ document: PageDocument,
    to page: inout [UInt8]
  ) {
    let (tokens, all) = (document.columns[column].tokens, document.columns[column].spans)
    var place = row.lowerBound
    for index in spans {
      let span = all[index]
      append(document.bytes, place..<span.range.lowerBound, to: &page)
      appendTag(of: span, tokens, vocabularies[column].tokenizer, to: &page)
      append(document.bytes, span.range, to: &page)
      page += "</i>".utf8
      place = span.range.upperBound
    }
    append(document.bytes, place..<row.upperBound, to: &page)
  }

  private func appendTag(
    of span: TokenSpan, _ tokens: [Token], _ tokenizer: Tokenizer, to page: inout [UInt8]
  ) {
    let traits = SpanTraits(of: span, tokens, tokenizer)
    var classes: [String] = []
    if traits.isSpecial { classes.append("s") }
    if traits.isUnknown { classes.append("u") }
    if traits.count > 1 { classes.append("m") }
    if span.range.isEmpty { classes.append("e") }
    guard !classes.isEmpty else {
      page += "<i>".utf8
      return
    }
    page += "<i class=\"\(classes.joined(separator: " "))\"".utf8
    if traits.count > 1 { page += " data-n=\"\(traits.count)\"".utf8 }
    if span.range.isEmpty {
      page += " data-t=\"".utf8
      HTMLText.appendVisible(traits.bytes, to: &page)
      page += "\"".utf8
    }
    page += ">".utf8
  }

  /// Text between tags; the signs for what has no look are made by the style, so that they are neither
  /// copied nor found.
  private func append(_ bytes: [UInt8], _ range: Range<Int>, to page: inout [UInt8]) {
    VisibleText.forEachPart(of: bytes.span, in: range) { part in
      switch part {
      case .text(let range): HTMLText.append(bytes[range], to: &page)
      case .lineFeed: page += "<b class=\"n\"></b>\n".utf8
      case .tab: page += "<b class=\"h\">\t</b>".utf8
      case .label(let name):
        page += "<b data-c=\"".utf8
        HTMLText.append(name.utf8, to: &page)
        page += "\"></b>".utf8
      case .byte(let byte): page += "<b data-c=\"\(VisibleText.hexadecimal(byte))\"></b>".utf8
      }
    }
  }
}
