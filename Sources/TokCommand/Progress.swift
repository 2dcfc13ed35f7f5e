/// A line on standard error for work that takes long, when that is a terminal.
struct Progress {
  private let isShown = System.isTerminal(2)
  private let start = System.seconds
  private var last = System.seconds

  mutating func report(bytes: Int, documents: Int) {
    guard isShown else { return }
    let now = System.seconds
    guard now - start > 1, now - last > 0.2 else { return }
    last = now
    let megabytes = Double(bytes) / 1e6
    let rate = megabytes / (now - start)
    let text = "\r\(Int(megabytes)) MB, \(documents) documents, \(Int(rate)) MB/s\u{1B}[K"
    _ = unsafe write(2, text, text.utf8.count)
  }

  func finish() {
    guard isShown, last - start > 1 else { return }
    let text = "\r\u{1B}[K"
    _ = unsafe write(2, text, text.utf8.count)
  }
}
