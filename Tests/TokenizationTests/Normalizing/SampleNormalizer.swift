import SplitPatterns
import TestSupport
import Testing
import Tokenization
import UnicodeText

/// The normalizers and texts of NormalizingSamples.swift.
enum SampleNormalizer {
  static func charsmap() throws -> PrecompiledCharsmap {
    try PrecompiledCharsmap(
      CharsmapBuilder.charsmap(sampleRules.map { (Array($0.0.utf8), Array($0.1.utf8)) }))
  }

  static func named(_ name: String) throws -> Normalizer {
    switch name {
    case "lowercase": return .lowercase
    case "stripAccents": return .stripAccents
    case "nmt": return .nmt
    case "byteLevel": return .byteLevel
    case "bertUncased": return .bert(.init())
    case "bertCased": return .bert(.init(lowercases: false))
    case "bertAccents":
      return .bert(
        .init(cleansText: false, separatesIdeographs: false, stripsAccents: true, lowercases: false)
      )
    case "bertLowercase": return .bert(.init(separatesIdeographs: false, stripsAccents: false))
    case "strip": return .strip(left: true, right: true)
    case "stripLeft": return .strip(left: true, right: false)
    case "stripRight": return .strip(left: false, right: true)
    case "prepend": return .prepend("\u{2581}")
    case "replaceLiteral": return .replace(.literal("ab"), "<>")
    case "replaceSpace": return .replace(.literal(" "), "\u{2581}")
    case "replaceNothing": return .replace(.literal(""), "-")
    case "replaceSpaces": return .replace(try pattern(#" {2,}|\n"#), " ")
    case "replaceEmpty": return .replace(try pattern("b*"), "-")
    case "precompiled": return .precompiled(try charsmap())
    case "sequence":
      return .sequence([
        .replace(.literal("``"), "\""), .form(.nfkd), .stripAccents, .precompiled(try charsmap()),
        .lowercase, .prepend("\u{2581}"), .replace(try pattern(#"\s"#), "\u{2581}"),
      ])
    default:
      let flags = try #require(Int(name.dropFirst("sentencePiece".count)), "\(name)")
      return try sentencePiece(flags)
    }
  }

  static func sentencePiece(_ flags: Int) throws -> Normalizer {
    .sentencePiece(
      SentencePieceNormalizer(
        charsmap: try charsmap(), addsDummySpace: flags & 1 != 0,
        removesExtraSpaces: flags & 2 != 0, escapesSpaces: flags & 4 != 0,
        addsSpaceBehind: flags & 8 != 0, userSymbols: sampleSymbols))
  }

  private static func pattern(_ source: String) throws -> TextPattern {
    .pattern(try SplitPattern(source, dialect: .oniguruma))
  }

  static func randomText(seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    var text: [UInt8] = []
    for _ in 0..<(generator.next() % 24) {
      let index = Int(generator.next() % UInt64(sampleAlphabet.count))
      appendUTF8(of: sampleAlphabet[index], to: &text)
    }
    return text
  }

  /// A text with bytes taken out.
  static func randomBytes(seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    return randomText(seed: ~seed).filter { _ in generator.next() % 8 != 0 }
  }
}
