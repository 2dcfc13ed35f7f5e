import Synchronization
import TokenizerFormats
import TokenizerTraining

/// How far a training is: a line that is written over on a terminal, or lines of JSON.
///
/// The first interrupt ends the training with the best so far.
final class TrainingProgressLine: Sendable {
  private struct State {
    var phase: TrainingProgress.Phase?
    /// When the phase began, and with how much done.
    var start = 0.0
    var first = 0
    var last = 0.0
    var isShown = false
  }

  private enum Style { case line, json, none }

  private let style: Style
  private let begin = System.seconds
  private let state = Mutex(State())

  init(_ style: TrainingRunOptions.ProgressStyle) {
    switch style {
    case .json: self.style = .json
    case .none: self.style = .none
    case .auto: self.style = System.isTerminal(2) ? .line : .none
    }
  }

  /// Seconds since it was made.
  var seconds: Double { System.seconds - begin }

  func report(_ progress: TrainingProgress) -> TrainingDecision {
    let now = System.seconds
    state.withLock { state in
      if progress.phase != state.phase {
        state.phase = progress.phase
        (state.start, state.first, state.last) = (now, progress.completed, 0)
      }
      guard now - state.last > 0.2 || progress.completed == progress.total else { return }
      state.last = now
      switch style {
      case .none: return
      case .json: System.complain(json(progress))
      case .line:
        state.isShown = true
        let done = progress.completed - state.first
        show(line(progress, rate: now > state.start ? Double(done) / (now - state.start) : 0))
      }
    }
    return StopRequest.isMade ? .stop : .goOn
  }

  /// Takes the line away.
  func finish() {
    if state.withLock({ $0.isShown }) { show("") }
  }

  private func show(_ text: String) {
    let line = "\r\(text)\u{1B}[K"
    _ = unsafe write(2, line, line.utf8.count)
  }

  private func line(_ progress: TrainingProgress, rate: Double) -> String {
    var parts = [progress.phase.rawValue]
    if let total = progress.total, total > 0 {
      parts[0] += " \(min(100, Int(Double(progress.completed) * 100 / Double(total)))) %"
    }
    let isBytes = progress.phase == .counting
    if isBytes {
      parts.append("\(progress.completed / 1_000_000) MB")
    } else {
      parts.append("\(progress.completed)" + (progress.total.map { " of \($0)" } ?? ""))
    }
    if rate > 0 {
      parts.append(isBytes ? "\(Int(rate / 1e6)) MB/s" : "\(Int(rate)) a second")
      if let total = progress.total, total > progress.completed {
        let left = Int(Double(total - progress.completed) / rate)
        parts.append("\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left")
      }
    }
    return parts.joined(separator: ", ")
  }

  private func json(_ progress: TrainingProgress) -> String {
    let value = JSONValue([
      "phase": .string(progress.phase.rawValue),
      "completed": JSONValue(progress.completed),
      "total": progress.total.map { JSONValue($0) } ?? .null,
      "seconds": .number(decimal(seconds, digits: 3)),
    ])
    return String(decoding: value.write(), as: UTF8.self)
  }
}

/// The user's wish that a training ends now, with the best so far: the first interrupt.
enum StopRequest {
  // It is free of locks, as a handler of signals needs it.
  private static let flag = Atomic(false)

  static var isMade: Bool { flag.load(ordering: .relaxed) }

  /// Lets the first interrupt be a wish; a second one ends the command.
  static func listen() {
    _ = signal(SIGINT) { signal in
      if StopRequest.flag.exchange(true, ordering: .relaxed) { Interruption.end(signal) }
    }
  }
}
