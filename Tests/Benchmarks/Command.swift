#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// `tok-benchmarks`: measures the library and prints a JSON object a line.
@main
struct Command {
  static let usage = """
    usage: tok-benchmarks throughput --vocabulary V --corpus FILE [--threads N] [--limit BYTES]
                                     [--repetitions N]
           tok-benchmarks ranges --vocabulary V --corpus FILE [--limit BYTES] [--repetitions N]
           tok-benchmarks sizes  [--vocabulary V] [--text NAME] [--milliseconds N]
           tok-benchmarks worst  [--vocabulary V] [--kind NAME] [--bytes N] [--repetitions N]
           tok-benchmarks load   [--vocabulary V] [--compiled FILE] [--repetitions N]
           tok-benchmarks text   --kind NAME [--bytes N]

    V is a file, a folder, a name that is found, or `default`, the one in the program.
    Documents of a corpus end with NUL. Results are JSON, an object a line; README.md says what the
    fields mean. `text` writes one of the worst cases, `load --compiled` the compiled form.
    """

  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    guard let mode = words.first, mode != "--help" else {
      print(usage)
      exit(words.isEmpty ? 2 : 0)
    }
    do {
      let options = try Options(Array(words.dropFirst()))
      switch mode {
      case "throughput": try measureThroughput(options)
      case "ranges": try measureRanges(options)
      case "sizes": try measureSizes(options)
      case "worst": try measureWorstCases(options)
      case "load": try measureLoading(options)
      case "text": try writeWorstCase(options)
      default: throw BenchmarkError(message: "no mode `\(mode)`\n\(usage)")
      }
    } catch {
      var message = "tok-benchmarks: \(error)\n"
      _ = message.withUTF8 { unsafe write(STDERR_FILENO, $0.baseAddress, $0.count) }
      exit(1)
    }
  }
}

/// Why nothing was measured, or a result that is wrong.
struct BenchmarkError: Error, CustomStringConvertible {
  var message: String
  var description: String { message }
}
