import ArgumentParser
import Tok
import TokShards

/// The command `tok`: verbs, each in a file of its own, and no algorithm.
@main
struct TokCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tok",
    abstract: "Text to tokens and back, exactly as the original tokenizers do.",
    discussion: """
      Data goes to standard output, everything else to standard error. Exit status: 0, 1 for bad \
      input, 2 for bad usage.

      Example: echo 'Hello, world' | tok encode
      """,
    version: PackageVersion.text,
    subcommands: [
      Encode.self, Decode.self, Count.self, View.self, Inspect.self, Chat.self, Vocabularies.self,
      Verify.self, Compile.self, Convert.self, Trim.self, Extend.self, KnockOut.self, Train.self,
      CountWords.self,
    ])

  static func main() {
    // A closed pipe shows as an error of `write`, and ends the work quietly.
    _ = signal(SIGPIPE, SIG_IGN)
    // So does a limit on the size of files.
    _ = signal(SIGXFSZ, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch is ClosedPipe {
      return
    } catch let error as ShardError {
      System.complain("tok: \(error)")
      System.stop(error.reason == .option ? 2 : 1)
    } catch let failure as Failure {
      System.complain("tok: \(failure)")
      System.stop(failure.status)
    } catch {
      let text = fullMessage(for: error)
      if exitCode(for: error) == .success {
        print(text)
      } else {
        System.complain(text)
        System.stop(2)
      }
    }
  }
}
