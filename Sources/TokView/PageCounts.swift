internal import Tokenization

/// What the table of counts says of one vocabulary, over all texts.
struct PageCounts {
  var tokens = 0
  var bytes = 0
  var scalars = 0
  var distinct = 0
  var special = 0
  var unknown = 0

  init(_ column: Int, of documents: [PageDocument], _ tokenizer: Tokenizer) {
    var seen: Set<TokenID> = []
    for document in documents {
      bytes += document.bytes.count
      scalars += document.scalarCount
      for token in document.columns[column].tokens {
        tokens += 1
        seen.insert(token.id)
        if tokenizer.isSpecial(token.id) { special += 1 }
        if token.id == tokenizer.unknownID { unknown += 1 }
      }
    }
    distinct = seen.count
  }

  /// In the order of ``PageFrame/countsHead``.
  var cells: [String] {
    [
      DecimalText.grouped(tokens), DecimalText.ratio(bytes, tokens),
      DecimalText.ratio(scalars, tokens), DecimalText.grouped(distinct),
      DecimalText.grouped(special), DecimalText.grouped(unknown),
    ]
  }
}

/// Numbers as people read them.
enum DecimalText {
  /// With a comma before every three digits: `1,234,567`.
  static func grouped(_ number: Int) -> String {
    var text = ""
    let digits = String(number)
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// A quotient with two places, rounded half up; a dash where there is none.
  static func ratio(_ number: Int, _ divisor: Int) -> String {
    guard divisor > 0 else { return "–" }
    let hundredths = (number * 200 + divisor) / (divisor * 2)
    let rest = hundredths % 100
    return "\(grouped(hundredths / 100)).\(rest < 10 ? "0" : "")\(rest)"
  }
}
