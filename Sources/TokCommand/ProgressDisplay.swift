import ArgumentParser
import Synchronization
import TokenizerFormats

/// How far it is, for whoever waits.
struct ProgressOptions: ParsableArguments {
  @Option(
    help: "How far it is, on standard error: auto, a line on a terminal; none; json, objects.")
  var progress: Style = .auto

  enum Style: String, ExpressibleByArgument, CaseIterable {
    case auto, none, json
  }
}

/// Where it is shown how far work is: a line that is written over on a terminal, or lines of JSON.
final class ProgressDisplay: Sendable {
  enum Mode { case line, json, none }

  let mode: Mode
  private let begin = System.seconds
  private let isShown = Atomic(false)

  init(_ style: ProgressOptions.Style) {
    switch style {
    case .json: mode = .json
    case .none: mode = .none
    case .auto: mode = System.isTerminal(2) ? .line : .none
    }
  }

  /// Seconds since it was made.
  var seconds: Double { System.seconds - begin }

  /// Writes a line over the one before.
  func show(_ text: String) {
    isShown.store(true, ordering: .relaxed)
    let line = "\r\(text)\u{1B}[K"
    _ = unsafe write(2, line, line.utf8.count)
  }

  /// Writes an object; every one says the seconds.
  func report(_ members: KeyValuePairs<String, JSONValue>) {
    var members = members.map { JSONValue.Member(key: $0, value: $1) }
    members.append(
      JSONValue.Member(key: "seconds", value: .number(decimal(seconds, digits: 3))))
    System.complain(String(decoding: JSONValue.object(members).write(), as: UTF8.self))
  }

  /// Takes the line away.
  func finish() {
    if isShown.exchange(false, ordering: .relaxed) { show("") }
  }

  /// Minutes and seconds, as `1:05 left`.
  static func left(_ seconds: Double) -> String {
    let seconds = Int(seconds)
    return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60) left"
  }
}
