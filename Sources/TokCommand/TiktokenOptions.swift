import ArgumentParser
import DefaultVocabulary
import Tok
import TokenizerFormats

/// What `.tiktoken` files do not say themselves.
struct TiktokenOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The pattern that cuts text, for a .tiktoken file that is not known.", valueName: "regex"))
  var pattern: String?

  @Option(help: ArgumentHelp("Whose regular expressions --pattern is written for."))
  var dialect: PatternDialect = .rust

  @Option(
    help: ArgumentHelp(
      "A JSON object of special tokens and their ids, for a .tiktoken file.", valueName: "file"))
  var specialTokens: String?

  /// What the vocabulary `name` says, before tables are built.
  func read(_ name: String) throws -> TokenizerSource {
    do {
      if let path = try VocabularyName.path(of: name) {
        let pattern = try splitPattern()
        let source = try TokenizerSource(
          contentsOf: path, pattern: pattern, specialTokens: readSpecialTokens())
        if let pattern, !source.pipeline.splitter.uses(pattern) {
          throw Failure(usage: "--pattern is for .tiktoken files: \(path) has its own")
        }
        return source
      }
      if pattern != nil || specialTokens != nil {
        throw Failure(
          usage: "--pattern and --special-tokens are for .tiktoken files: `\(name)` is none")
      }
      return TokenizerSource(.default)
    } catch let error as VocabularyError {
      throw Failure(error.description)
    }
  }

  private func splitPattern() throws -> SplitPattern? {
    guard let pattern else { return nil }
    do {
      return try SplitPattern(pattern, dialect: dialect == .rust ? .rust : .oniguruma)
    } catch {
      throw Failure(usage: "--pattern: \(error)")
    }
  }

  private func readSpecialTokens() throws -> [String: TokenID]? {
    guard let specialTokens else { return nil }
    do throws(VocabularyError) {
      let file = try FileBytes(specialTokens)
      var ids: [String: TokenID] = [:]
      for token in try TokenizerFormats.readSpecialTokens(file.span) {
        ids[token.content] = token.id
      }
      return ids
    } catch {
      throw Failure(error.inFile(specialTokens).description)
    }
  }
}

/// Whose regular expressions a pattern is written for.
enum PatternDialect: String, ExpressibleByArgument, CaseIterable {
  case rust, oniguruma
}

extension Splitter {
  /// Whether some step cuts by `pattern`.
  fileprivate func uses(_ pattern: SplitPattern) -> Bool {
    steps.contains { step in
      if case .pattern(pattern, _, _) = step { true } else { false }
    }
  }
}
