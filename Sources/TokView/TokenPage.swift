public import Tokenization
internal import UnicodeText

/// A page that shows texts as tokens: HTML that needs nothing beside it.
///
///     var page = TokenPage(title: "notes.txt", vocabularies: [("gpt2", gpt2), ("o200k_base", .default)])
///     try page.append(text.utf8Span.span, named: "notes.txt")
///     let html = page.html()
///
/// Without its script the page shows the texts in colours, the vocabularies side by side, and the
/// counts; with it, what a token is when the pointer or the keyboard comes to it. Nothing in the texts,
/// the names and the vocabularies can become a part of the page, and the page asks no network.
public struct TokenPage: Sendable {
  public let title: String
  public let vocabularies: [(name: String, tokenizer: Tokenizer)]
  /// What was put in, in order.
  private(set) var documents: [PageDocument] = []

  /// - Parameter vocabularies: one column for each, in this order.
  public init(title: String, vocabularies: [(name: String, tokenizer: Tokenizer)]) {
    self.title = title
    self.vocabularies = vocabularies
  }

  /// Adds a text, UTF-8 or not, below those that are there.
  ///
  /// - Throws: what encoding throws; nothing is added then.
  /// - Complexity: O(*v* *n*) in the vocabularies and the bytes.
  public mutating func append(
    _ text: Span<UInt8>, named name: String, specialTokens: SpecialTokens = .asPlainText,
    addsTemplate: Bool = true
  ) throws(EncodingError) {
    var columns: [[Token]] = []
    for (_, tokenizer) in vocabularies {
      columns.append(
        try tokenizer.tokenize(text, specialTokens: specialTokens, addsTemplate: addsTemplate))
    }
    documents.append(PageDocument(name: name, text: text, columns: columns))
  }
}

/// A text with what each vocabulary makes of it.
struct PageDocument: Sendable {
  struct Column: Sendable {
    var tokens: [Token]
    var spans: [TokenSpan]
  }

  let name: String
  let bytes: [UInt8]
  let columns: [Column]
  /// Stretches of the text, one behind another, that are shown beside each other.
  let rows: [Range<Int>]
  /// How many characters the text has, bytes that are not UTF-8 included.
  let scalarCount: Int

  init(name: String, text: Span<UInt8>, columns tokens: [[Token]]) {
    let characters = ShownCharacters(text)
    let columns = tokens.map {
      Column(tokens: $0, spans: TokenSpan.spans(of: $0, in: characters))
    }
    self.name = name
    bytes = text.indices.map { text[$0] }
    self.columns = columns
    rows = PageRows.rows(of: text, characters, columns.map(\.spans))
    var count = 0
    var place = 0
    while place < text.count {
      place += decodeScalar(in: text, at: place).length
      count += 1
    }
    scalarCount = count
  }
}
