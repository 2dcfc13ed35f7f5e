internal import CTokTypes
internal import Tok
internal import TokenizerTraining

/// What the options of a source say, in Swift.
struct SourceOptions {
  var unit: TrainingSource.Unit?
  var content = Content.text
  var field: [String] = []
  var weight = 1.0

  init(_ pointer: UnsafePointer<tok_source_options>?) throws(CallError) {
    guard let options = try unsafe Memory.options(pointer, tok_source_options()) else { return }
    guard let unit = unsafe TrainingUnit(rawValue: options.unit) else {
      throw .argument("options.unit", "is none of TOK_TRAINING_UNIT")
    }
    switch unit {
    case .usual: break
    case .line: self.unit = .line
    case .bareLine: self.unit = .bareLine
    case .document: self.unit = .document
    }
    guard let content = unsafe Content(rawValue: options.content) else {
      throw .argument("options.content", "is none of TOK_CONTENT")
    }
    self.content = content
    if let text = try unsafe Memory.text(options.field, "options.field") {
      field = text.split(separator: ".").map(String.init)
    }
    if content == .jsonLines, field.isEmpty {
      throw .argument("options.field", "names no member")
    }
    if unsafe options.weight != 0 {
      weight = unsafe options.weight
      do throws(TrainingError) {
        _ = try TrainingSource(.buffer([]), weight: weight)
      } catch { throw CallError(error) }
    }
  }
}

/// A caller's text, read a part at a time.
@safe
final class LentText: @unchecked Sendable {
  // SAFETY: the caller keeps it as it is, and a source is read by one thread at a time.
  private let text: UnsafeBufferPointer<UInt8>
  private let isWhole: Bool
  private var start = 0

  /// - Parameter isWhole: it must not be cut at lines.
  init(_ text: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
    unsafe self.text = text
    self.isWhole = isWhole
  }

  private static let partSize = 1 << 20

  /// Appends the next part, whole lines; false behind the end, where it begins anew.
  func read(into bytes: inout [UInt8]) -> Bool {
    guard unsafe start < text.count else {
      start = 0
      return false
    }
    var end = unsafe isWhole ? text.count : min(start + Self.partSize, text.count)
    while unsafe end < text.count, unsafe text[end - 1] != 0x0A { end += 1 }
    unsafe bytes.append(contentsOf: unsafe text[start..<end])
    start = end
    return true
  }
}

/// A function of the caller's that gives texts.
@safe
struct TextCallback: @unchecked Sendable {
  // SAFETY: the caller answers for it; it is called by one thread at a time.
  private let next: tok_next_text
  private let user: UnsafeMutableRawPointer?

  init(_ next: @escaping tok_next_text, _ user: UnsafeMutableRawPointer?) {
    unsafe self.next = unsafe next
    unsafe self.user = user
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Appends the next text; false behind the last one.
  func read(into bytes: inout [UInt8]) throws(Failure) -> Bool {
    var text: UnsafePointer<CChar>?
    var length = 0
    let answer = unsafe next(user, &text, &length)
    guard answer >= 0 else { throw Failure(description: "the callback gave back \(answer)") }
    if answer == 0 { return false }
    do throws(CallError) {
      unsafe bytes.append(
        contentsOf: try unsafe Memory.read(UnsafeRawPointer(text), length, "the callback's text"))
    } catch { throw Failure(description: error.message) }
    return true
  }
}

/// What the options of a run say, in Swift.
func trainingRun(_ pointer: UnsafePointer<tok_run_options>?) throws(CallError) -> TrainingRun {
  var run = TrainingRun()
  guard let options = try unsafe Memory.options(pointer, tok_run_options()) else { return run }
  guard unsafe options.threads >= 0 else { throw .argument("options.threads", "is below 0") }
  guard unsafe options.checkpoint_interval >= 0, unsafe options.checkpoint_interval < 1e9 else {
    throw .argument("options.checkpoint_interval", "is not from 0 to 1e9")
  }
  run.threads = unsafe max(Int(options.threads), 1)
  if unsafe options.memory_limit > 0 {
    run.memoryLimit = unsafe Int(clamping: options.memory_limit)
  }
  if let path = try unsafe Memory.text(options.checkpoint, "options.checkpoint") {
    run.checkpoint = CheckpointFolder(path)
  }
  if unsafe options.checkpoint_interval > 0 {
    run.checkpointInterval = unsafe .seconds(options.checkpoint_interval)
  }
  if let progress = unsafe options.progress {
    let callback = unsafe ProgressCallback(progress, options.user)
    run.progress = { callback.report($0) }
  }
  return run
}

/// A function of the caller's that is told how far a training is.
@safe
private struct ProgressCallback: @unchecked Sendable {
  // SAFETY: the caller answers for it.
  private let progress: tok_progress_callback
  private let user: UnsafeMutableRawPointer?

  init(_ progress: @escaping tok_progress_callback, _ user: UnsafeMutableRawPointer?) {
    unsafe self.progress = unsafe progress
    unsafe self.user = user
  }

  func report(_ state: TrainingProgress) -> TrainingDecision {
    let phase: StaticString =
      switch state.phase {
      case .counting: "counting"
      case .joining: "joining"
      case .merging: "merging"
      case .seeding: "seeding"
      case .estimating: "estimating"
      case .pruning: "pruning"
      case .memorizing: "memorizing"
      }
    // SAFETY: literals are NUL-terminated and stay.
    var told = unsafe tok_progress(
      phase: UnsafeRawPointer(phase.utf8Start).assumingMemoryBound(to: CChar.self),
      completed: UInt64(clamping: state.completed), total: UInt64(clamping: state.total ?? 0))
    return unsafe progress(user, &told) == 0 ? .goOn : .stop
  }
}
