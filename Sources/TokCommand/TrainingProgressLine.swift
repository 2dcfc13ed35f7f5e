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
  }

  private let display: ProgressDisplay
  private let state = Mutex(State())

  init(_ style: ProgressOptions.Style) { display = ProgressDisplay(style) }

  /// Seconds since it was made.
  var seconds: Double { display.seconds }

  func report(_ progress: TrainingProgress) -> TrainingDecision {
    let now = System.seconds
    state.withLock { state in
      if progress.phase != state.phase {
        state.phase = progress.phase
        (state.start, state.first, state.last) = (now, progress.completed, 0)
      }
      guard now - state.last > 0.2 || progress.completed == progress.total else { return }
      state.last = now
      switch display.mode {
      case .none: return
      case .json:
        display.report([
          "phase": .string(progress.phase.rawValue), "completed": JSONValue(progress.completed),
          "total": progress.total.map { JSONValue($0) } ?? .null,
        ])
      case .line:
        let done = progress.completed - state.first
        display.show(
          line(progress, rate: now > state.start ? Double(done) / (now - state.start) : 0))
      }
    }
    return StopRequest.isMade ? .stop : .goOn
  }

  /// Takes the line away.
  func finish() { display.finish() }

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
        parts.append(ProgressDisplay.left(Double(total - progress.completed) / rate))
      }
    }
    return parts.joined(separator: ", ")
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
