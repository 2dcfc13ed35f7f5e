import ArgumentParser
import Tok
import TokShards
import TokenizerTraining

/// What is trained on.
struct TrainingTextOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What is cut by itself: line, with its newline; bare-line, without it; document, a whole file \
      or JSON text. Lines, without newline where sentencepiece's rules hold, unless said otherwise.
      """))
  var unit: Unit?

  @Option(
    help: ArgumentHelp(
      "Each line is a JSON object, whose member of this name (a.b for one inside another) is a text.",
      valueName: "field"))
  var jsonl: String?

  @Flag(help: "The files are word counts, as `tok count-words` writes them.")
  var counts = false

  @Option(
    help: ArgumentHelp(
      "How much each file counts, as 1,0.3: a number for each, from 0.001 to 1000000.",
      valueName: "numbers"))
  var weights: String?

  @Argument(
    help: ArgumentHelp(
      "Files, also gzip and Zstandard; - for standard input, as it is.", valueName: "file"))
  var files: [String] = []

  enum Unit: String, ExpressibleByArgument, CaseIterable {
    case line
    case bareLine = "bare-line"
    case document

    var unit: TrainingSource.Unit {
      switch self {
      case .line: .line
      case .bareLine: .bareLine
      case .document: .document
      }
    }
  }

  func validate() throws {
    guard !counts || jsonl == nil else {
      throw ValidationError("--counts and --jsonl exclude each other")
    }
    if let weights, try numbers(weights).count != names.count {
      throw ValidationError(
        "--weights: \(try numbers(weights).count) numbers for \(names.count) files")
    }
  }

  /// The files, standard input where none is named.
  var names: [String] { files.isEmpty ? ["-"] : files }

  /// - Parameter usual: the unit where the user does not say.
  func sources(unit usual: TrainingSource.Unit = .line) throws -> [TrainingSource] {
    let weights = try weights.map(numbers) ?? names.map { _ in 1 }
    do {
      return try zip(names, weights).map { name, weight in
        let unit = unit?.unit ?? usual
        return try TrainingSource(content(name, unit), unit: unit, weight: weight)
      }
    } catch let error as TrainingError {
      throw Failure(usage: "--weights: \(error)")
    }
  }

  private func content(_ name: String, _ unit: TrainingSource.Unit) -> TrainingSource.Content {
    if counts { return .wordCounts(name) }
    if let jsonl {
      let field = jsonl.split(separator: ".").map(String.init)
      return CompressedTexts.content(name, .json(field: field)) ?? .jsonLines(name, field: field)
    }
    return CompressedTexts.content(name, unit == .document ? .none : .byte(0x0A)) ?? .file(name)
  }

  private func numbers(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Double(part) else {
        throw ValidationError("--weights: `\(part)` is no number")
      }
      return number
    }
  }
}
