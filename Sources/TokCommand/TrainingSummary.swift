import Tok
import TokenizerFormats
import TokenizerTraining

/// What is said at the end of a training.
struct TrainingSummary {
  var tokenizer: Tokenizer
  var seconds = 0.0
  /// The memory that was allowed, in bytes.
  var memoryLimit: Int?
  var sample: (sample: HeldOutSample, tokens: Int)?
  private let report: TrainingReport
  private let file: String
  private let unreachable: Int
  /// Tokens for bytes that no character without a token has.
  private let spareBytes: Int

  init(_ trained: TrainedTokenizer, file: String) throws {
    do {
      tokenizer = try trained.source.tokenizer()
    } catch {
      throw Failure(error.inFile(file).description)
    }
    report = trained.report
    self.file = file
    let tokens = tokenizer.unreachableTokens()
    spareBytes = tokens.count { $0.reason == .byteNotNeeded }
    unreachable = tokens.count { $0.reason != .byteNotNeeded && $0.reason != .notText }
  }

  private var bytesPerToken: Double? {
    sample.flatMap { $0.tokens > 0 ? Double($0.sample.bytes.count) / Double($0.tokens) : nil }
  }

  private var shortage: String? { report.shortage?.description }

  /// Lines for readers.
  var text: String {
    var lines = ["\(file): \(report.tokenCount) tokens"]
    if let shortage {
      let requested = report.requestedCount.map { " of \($0)" } ?? ""
      lines[0] += "\(requested): \(shortage)"
    }
    if let bytesPerToken, let sample {
      lines.append(
        "\(decimal(bytesPerToken, digits: 3)) bytes a token on \(sample.sample.title), "
          + "\(sample.sample.bytes.count) bytes")
    }
    lines.append(
      unreachable == 0
        ? "every token is reached by some text"
        : "\(unreachable) tokens that no text becomes; tok inspect lists them")
    if spareBytes > 0 {
      lines.append("\(spareBytes) tokens for bytes that all stand in characters with tokens")
    }
    lines.append("\(decimal(seconds, digits: 1)) s, \(memory)")
    return (lines + report.remarks).joined(separator: "\n")
  }

  private var memory: String {
    let peak = System.peakMemory
    let text = "\((peak + 500_000) / 1_000_000) MB of memory"
    guard let memoryLimit, peak > memoryLimit else { return text }
    return text + ", more than the \((memoryLimit + 500_000) / 1_000_000) MB it was to keep to"
  }

  /// A line of JSON.
  var json: String {
    let value = JSONValue([
      "file": .string(file),
      "tokens": JSONValue(report.tokenCount),
      "requested": report.requestedCount.map { JSONValue($0) } ?? .null,
      "shortage": shortage.map { .string($0) } ?? .null,
      "bytes_per_token": bytesPerToken.map { .number(decimal($0, digits: 3)) } ?? .null,
      "measured_on": sample.map { .string($0.sample.title) } ?? .null,
      "unreachable": JSONValue(unreachable),
      "spare_bytes": JSONValue(spareBytes),
      "seconds": .number(decimal(seconds, digits: 3)),
      "peak_bytes": JSONValue(System.peakMemory),
      "remarks": .array(report.remarks.map { .string($0) }),
    ])
    return String(decoding: value.write(), as: UTF8.self)
  }
}

/// `value`, which is not negative, with so many digits behind the point.
func decimal(_ value: Double, digits: Int) -> String {
  var scale = 1
  for _ in 0..<digits { scale *= 10 }
  let scaled = Int((value * Double(scale)).rounded())
  let fraction = String(scaled % scale)
  return "\(scaled / scale)." + String(repeating: "0", count: digits - fraction.utf8.count)
    + fraction
}
