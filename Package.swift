// swift-tools-version: 6.2
import PackageDescription

/// The settings of every Swift target: language mode 6 comes from the tools version.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

let package = Package(
  name: "tok",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Tok", targets: ["Tok"]),
    .library(name: "TokFoundation", targets: ["TokFoundation"]),
    .library(name: "DefaultVocabulary", targets: ["DefaultVocabulary"]),
    .executable(name: "tok", targets: ["TokCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // What the system or C provides.
    .systemLibrary(name: "CICU", providers: [.apt(["libicu-dev"])]),
    .systemLibrary(name: "CPCRE2", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"]), .brew(["utf8proc"])]),
    .target(name: "CUnicodeTables"),
    .target(name: "CPrefetch"),
    .target(name: "CDefaultVocabulary", cSettings: [.headerSearchPath(".")]),

    // Text in, ids out.
    .target(
      name: "UnicodeText", dependencies: ["CUnicodeTables", "CUTF8Proc"], swiftSettings: settings),
    .target(
      name: "SplitPatterns", dependencies: ["UnicodeText", "CPCRE2"], swiftSettings: settings),
    .target(
      name: "Tokenization", dependencies: ["UnicodeText", "SplitPatterns", "CPrefetch"],
      // For views of tables that cannot outlive them.
      swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "TokenizerFormats", dependencies: ["Tokenization", "SplitPatterns", "UnicodeText"],
      swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "Tok", dependencies: ["Tokenization", "TokenizerFormats", "SplitPatterns"],
      swiftSettings: settings),
    .target(name: "TokFoundation", dependencies: ["Tok"], swiftSettings: settings),
    .target(
      name: "DefaultVocabulary", dependencies: ["CDefaultVocabulary", "Tok", "TokenizerFormats"],
      swiftSettings: settings),
    .executableTarget(
      name: "TokCommand",
      dependencies: [
        "Tok", "DefaultVocabulary",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    // Tests, each with the folders and file names of its module.
    .testTarget(
      name: "UnicodeTextTests", dependencies: ["UnicodeText", "CICU", "TestSupport"],
      path: "Tests/UnicodeTextTests", swiftSettings: settings),
    .testTarget(
      name: "SplitPatternsTests", dependencies: ["SplitPatterns", "UnicodeText", "TestSupport"],
      path: "Tests/SplitPatternsTests", swiftSettings: settings),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
  ]
)
