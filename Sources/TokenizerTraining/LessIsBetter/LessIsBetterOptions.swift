/// How a ``LessIsBetterTrainer`` learns.
public struct LessIsBetterOptions: Hashable, Sendable {
  /// The two algorithms of that name.
  public enum Variant: String, Hashable, Sendable, CaseIterable {
    /// The code of 2020, which the published tables are of: a chunk is learned when it was met twice in
    /// a document, and reading takes the longest unit.
    case lib2020
    /// The code of 2023: what is learned is on probation until it was met between other neighbours, and
    /// reading compares two ways.
    case lib2023
  }

  /// Which sentences a document, the step of the training, is made of.
  public enum Documents: Hashable, Sendable {
    /// So many sentences that follow each other; behind the last one it begins again.
    case consecutive(sentences: Int)
    /// So many documents of so many sentences, drawn before the training (with repeats, that are left
    /// out) and kept in the order of the text; each step draws one of them.
    case sampled(documents: Int, sentences: Int)
  }

  public var variant: Variant
  public var documents: Documents
  /// How many documents are read.
  public var documentCount: Int
  /// α: how likely two chunks in a row are looked at as one, from 0 to 1.
  public var memorizingRate: Double
  /// ω: the share of the lexicon, from its end, that goes on probation behind each document, from 0 to
  /// 1.
  public var forgettingRate: Double
  /// Δ: by which share of its rank a unit moves when it is judged, from 0 up to 1, without 1.
  public var updateRate: Double
  /// τ₀: for how many documents a unit lives on probation, at least 1.
  public var life: Int
  /// The longest unit in characters (Unicode scalars), at least 1; nil for no limit. For `lib2020` this
  /// is also how far it looks ahead.
  public var maximumCharacterCount: Int?
  /// How many unknown characters in a row can be learned together. `lib2020` only.
  public var maximumGap: Int
  /// A unit is on probation until its neighbours have changed; otherwise until it is met again.
  /// `lib2023` only.
  public var inspectsContext: Bool
  /// Where the generator starts.
  public var seed: UInt64

  /// How many tokens there may be, those of bytes and the unknown one included: nothing is learned while
  /// there are as many. Nil for no limit, as published.
  public var vocabularySize: Int?
  /// All characters of the text are units from the start, the most frequent ones where there is not room
  /// for all, and are never forgotten. The published code forgets them like others.
  public var keepsCharacters: Bool
  /// Bytes become tokens behind the lexicon, for characters that are no units; otherwise these become
  /// ``unknownToken``.
  public var byteFallback: Bool
  /// Stands for a character without a token where there is no ``byteFallback``; nil for none, so that
  /// such characters are left out.
  public var unknownToken: String?
  /// `lib2020` reads text by units of so many characters at most; nil for no limit. The published code
  /// evaluates with 10.
  public var readingCharacterLimit: Int?
  /// `lib2023` reads the first character alone where only one unit, of several characters, matches, as
  /// the published code does.
  public var skipsLoneUnits: Bool

  /// The defaults that the authors give a variant, with which every text can be encoded: characters are
  /// kept, and bytes are tokens.
  ///
  /// Those of `lib2023` are its demonstration's, because those of its class hardly forget.
  public init(_ variant: Variant = .lib2023) {
    self.variant = variant
    maximumGap = 2
    inspectsContext = true
    seed = 0
    memorizingRate = 0.25
    vocabularySize = nil
    keepsCharacters = true
    byteFallback = true
    unknownToken = nil
    readingCharacterLimit = nil
    skipsLoneUnits = false
    switch variant {
    case .lib2020:
      documents = .sampled(documents: 400, sentences: 200)
      documentCount = 5001
      forgettingRate = 0.0001
      updateRate = 0.2
      life = 10
      maximumCharacterCount = 12
    case .lib2023:
      documents = .consecutive(sentences: 200)
      documentCount = 501
      forgettingRate = 0.01
      updateRate = 0.1
      life = 3
      maximumCharacterCount = nil
    }
  }

  /// The options of a variant as published: characters are forgotten like other units, and those that
  /// are none become `<unk>`.
  public static func published(_ variant: Variant) -> Self {
    var options = Self(variant)
    options.keepsCharacters = false
    options.byteFallback = false
    options.unknownToken = "<unk>"
    if variant == .lib2020 { options.readingCharacterLimit = 10 }
    options.skipsLoneUnits = true
    return options
  }

  /// How many units there may be beside the other tokens.
  var unitLimit: Int {
    guard let vocabularySize else { return Int(Int32.max) }
    return vocabularySize - (byteFallback ? 256 : 0) - (unknownToken == nil ? 0 : 1)
  }

  /// - Throws: `option` for the first one that has no meaning.
  func check() throws(TrainingError) {
    func require(
      _ holds: Bool, _ place: String, _ message: String
    ) throws(TrainingError) {
      if !holds { throw TrainingError(.option, message, place: place) }
    }
    let rates = [
      ("memorizingRate", memorizingRate), ("forgettingRate", forgettingRate),
      ("updateRate", updateRate),
    ]
    for (place, rate) in rates {
      try require(rate >= 0 && rate <= 1, place, "\(rate) is not from 0 to 1")
    }
    try require(updateRate < 1, "updateRate", "\(updateRate) is not less than 1")
    try require(documentCount >= 1, "documentCount", "\(documentCount) is not at least 1")
    try require(life >= 1, "life", "\(life) is not at least 1")
    try require(
      maximumCharacterCount ?? 1 >= 1, "maximumCharacterCount",
      "\(maximumCharacterCount ?? 1) is not at least 1")
    try require(
      readingCharacterLimit ?? 1 >= 1, "readingCharacterLimit",
      "\(readingCharacterLimit ?? 1) is not at least 1")
    try require(maximumGap >= 0, "maximumGap", "\(maximumGap) is less than 0")
    switch documents {
    case .consecutive(let sentences):
      try require(sentences >= 1, "documents", "\(sentences) sentences are not at least 1")
    case .sampled(let documents, let sentences):
      try require(
        documents >= 1 && sentences >= 1, "documents",
        "\(documents) documents of \(sentences) sentences are not at least 1 of 1")
      try require(
        documents.multipliedReportingOverflow(by: sentences).partialValue <= 1 << 28
          && !documents.multipliedReportingOverflow(by: sentences).overflow, "documents",
        "\(documents) documents of \(sentences) sentences are more than \(1 << 28) together")
    }
    try require(
      unitLimit >= 1, "vocabularySize",
      "\(vocabularySize ?? 0) tokens leave no room beside those of bytes and the unknown one")
    try require(
      !byteFallback || unknownToken == nil, "unknownToken",
      "`\(unknownToken ?? "")` would never be used, since bytes are tokens")
    try require(unknownToken != "", "unknownToken", "an empty text is no token")
  }
}
