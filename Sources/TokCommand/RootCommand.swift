import ArgumentParser

/// The command `tok`.
@main
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tok",
    abstract: "Turns text into the ids of a vocabulary, and back.",
    discussion: """
      Data goes to standard output, everything else to standard error. `-` is standard input. \
      Exit status: 0; 1 for bad input, with the file, the number of the document (the first is 1) \
      and the byte in it (the first is 0); 2 for bad usage.

      Example:
        $ echo 'Hello, world' | tok encode
        13225 11 2375 198
      """,
    version: "0.1.0",
    subcommands: [
      EncodeCommand.self, DecodeCommand.self, CountCommand.self, InspectCommand.self,
      VocabulariesCommand.self, CompileCommand.self,
    ])

  static func main() {
    System.ignoreClosedPipes()
    TemporaryFiles.removeWhenInterrupted()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      leave(with: error)
    }
  }

  /// Ends the program as `error` asks for.
  private static func leave(with error: any Error) -> Never {
    TemporaryFiles.removeAll()
    if error is ClosedPipe { System.exit(0) }
    if let failure = error as? Failure {
      System.writeError("tok: \(failure.message)\n")
      System.exit(failure.status)
    }
    guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
    System.writeError(fullMessage(for: error) + "\n")
    System.exit(Failure.badUsage)
  }
}
