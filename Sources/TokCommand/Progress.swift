import Synchronization
import TokShards
import TokenizerFormats

/// How far documents are read and encoded.
struct Progress {
  private let display: ProgressDisplay
  /// When the phase began, and with how much done.
  private var start = (seconds: 0.0, progress: ShardProgress?.none)
  private var last = 0.0
  private var unseen: ShardProgress?

  init(_ style: ProgressOptions.Style) { display = ProgressDisplay(style) }

  /// Seconds since it was made.
  var seconds: Double { display.seconds }

  mutating func report(
    bytes: Int, of total: Int?, documents: Int, tokens: Int = 0
  ) {
    report(
      ShardProgress(
        phase: .encoding, completed: bytes, total: total, documents: documents, tokens: tokens))
  }

  mutating func report(_ progress: ShardProgress) {
    let now = display.seconds
    if start.progress?.phase != progress.phase { start = (now, progress) }
    unseen = progress
    // What is done within a second needs no line.
    guard now - last > (last == 0 ? 1 : 0.2) else { return }
    show(progress, now)
  }

  private mutating func show(_ progress: ShardProgress, _ now: Double) {
    last = now
    unseen = nil
    switch display.mode {
    case .none: return
    case .json:
      display.report([
        "phase": .string(progress.phase.rawValue), "completed": JSONValue(progress.completed),
        "total": progress.total.map { JSONValue($0) } ?? .null,
        "documents": JSONValue(progress.documents), "tokens": JSONValue(progress.tokens),
      ])
    case .line: display.show(line(progress, now - start.seconds))
    }
  }

  private func line(_ progress: ShardProgress, _ seconds: Double) -> String {
    var parts = [progress.phase.rawValue]
    if let total = progress.total, total > 0 {
      parts[0] += " \(min(100, progress.completed * 100 / total)) %"
    }
    if progress.phase == .encoding { parts.append("\(progress.completed / 1_000_000) MB") }
    parts.append("\(progress.documents) documents")
    guard let start = start.progress, seconds > 0 else { return parts.joined(separator: ", ") }
    let rate = Double(progress.completed - start.completed) / seconds
    if progress.phase == .encoding { parts.append("\(Int(rate / 1e6)) MB/s") }
    if progress.tokens > start.tokens {
      parts.append("\(Int(Double(progress.tokens - start.tokens) / seconds)) tokens/s")
    }
    if let total = progress.total, total > progress.completed, rate > 0 {
      parts.append(ProgressDisplay.left(Double(total - progress.completed) / rate))
    }
    return parts.joined(separator: ", ")
  }

  /// Takes the line away; objects end with how far it came.
  mutating func finish() {
    if let unseen, display.mode == .json { show(unseen, display.seconds) }
    display.finish()
  }
}

/// The same, for several threads.
final class SharedProgress: Sendable {
  private let progress: Mutex<Progress>

  init(_ style: ProgressOptions.Style) { progress = Mutex(Progress(style)) }

  func report(_ now: ShardProgress) { progress.withLock { $0.report(now) } }

  func finish() { progress.withLock { $0.finish() } }
}
