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
    .library(name: "TokICU", targets: ["TokICU"]),
    .library(name: "TokView", targets: ["TokView"]),
    .library(name: "TokShards", targets: ["TokShards"]),
    .library(name: "TokenizerTraining", targets: ["TokenizerTraining"]),
    .library(name: "DefaultVocabulary", targets: ["DefaultVocabulary"]),
    // The C interface, of which `make install-lib` makes libtok.
    .library(name: "tokabi", type: .static, targets: ["TokABI"]),
    .executable(name: "tok", targets: ["TokCommand"]),
    .executable(name: "tok-benchmarks", targets: ["Benchmarks"]),
    .executable(name: "tok-conformance", targets: ["ConformanceDriver"]),
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
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .target(name: "CUnicodeTables"),
    .target(name: "CICULoader"),
    .target(name: "CMemoryHints"),
    .target(name: "CByteMasks"),
    .target(name: "CTokTypes"),
    .target(
      name: "CDefaultVocabulary", exclude: ["o200k_base.tok"], cSettings: [.headerSearchPath(".")]),

    .target(
      name: "CCharsmaps",
      exclude: [
        "README.md", "nmt_nfkc.charsmap", "nfkc.charsmap", "nmt_nfkc_cf.charsmap",
        "nfkc_cf.charsmap",
      ],
      cSettings: [.headerSearchPath(".")]),

    // Text in, ids out.
    .target(
      name: "UnicodeText", dependencies: ["CUnicodeTables", "CUTF8Proc"], swiftSettings: settings),
    .target(
      name: "SplitPatterns", dependencies: ["UnicodeText", "CPCRE2", "CByteMasks"],
      swiftSettings: settings),
    .target(
      name: "Tokenization",
      dependencies: ["UnicodeText", "SplitPatterns", "CByteMasks", "CMemoryHints"],
      // For views of tables that cannot outlive them.
      swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "TokenizerFormats", dependencies: ["Tokenization", "SplitPatterns", "UnicodeText"],
      swiftSettings: settings + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "Tok",
      dependencies: ["Tokenization", "TokenizerFormats", "SplitPatterns", "UnicodeText"],
      swiftSettings: settings),
    .target(name: "TokFoundation", dependencies: ["Tok"], swiftSettings: settings),
    .target(
      name: "TokICU", dependencies: ["Tokenization", "SplitPatterns", "CICULoader"],
      swiftSettings: settings),
    .target(
      name: "TokView", dependencies: ["Tokenization", "UnicodeText"], swiftSettings: settings),
    .target(
      name: "TokenizerTraining",
      dependencies: [
        "Tok", "Tokenization", "TokenizerFormats", "SplitPatterns", "UnicodeText", "CCharsmaps",
      ],
      swiftSettings: settings),
    .target(
      name: "TokShards",
      dependencies: ["Tok", "Tokenization", "TokenizerFormats", "CZlib", "CZstd", "CCrypto"],
      swiftSettings: settings),
    .target(
      name: "DefaultVocabulary", dependencies: ["CDefaultVocabulary", "Tok", "TokenizerFormats"],
      swiftSettings: settings),
    .target(
      name: "TokABI",
      dependencies: [
        "CTokTypes", "Tok", "DefaultVocabulary", "Tokenization", "TokenizerFormats",
        "TokenizerTraining", "SplitPatterns", "TokICU",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "TokCommand",
      dependencies: [
        "Tok", "DefaultVocabulary", "TokenizerFormats", "TokView", "TokenizerTraining",
        "TokShards",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),

    .executableTarget(
      name: "header-generator", path: "Sources/Tools/header-generator", swiftSettings: settings),

    // Tests, each with the folders and file names of its module.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .target(name: "References", path: "Tests/References", swiftSettings: settings),
    .testTarget(
      name: "UnicodeTextTests", dependencies: ["UnicodeText", "CICU", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "SplitPatternsTests", dependencies: ["SplitPatterns", "UnicodeText", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TokenizationTests",
      dependencies: ["Tokenization", "SplitPatterns", "UnicodeText", "References", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TokenizerFormatsTests",
      dependencies: [
        "TokenizerFormats", "Tokenization", "SplitPatterns", "UnicodeText", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TokICUTests",
      dependencies: ["TokICU", "Tokenization", "TokenizerFormats", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TokViewTests", dependencies: ["TokView", "Tok", "DefaultVocabulary", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TokenizerTrainingTests",
      dependencies: [
        "TokenizerTraining", "Tok", "Tokenization", "TokenizerFormats", "SplitPatterns",
        "UnicodeText", "References", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TokShardsTests",
      dependencies: [
        "TokShards", "Tok", "DefaultVocabulary", "Tokenization", "TokenizerFormats", "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TokTests",
      dependencies: [
        "Tok", "DefaultVocabulary", "Tokenization", "TokenizerFormats", "SplitPatterns",
        "References", "TestSupport", "ConformanceDriver",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CommandLineTests", dependencies: ["TokCommand", "TestSupport"],
      swiftSettings: settings),
    .executableTarget(
      name: "streaming-check", dependencies: ["Tok"], path: "Tests/Conformance/Streaming",
      swiftSettings: settings),
    .executableTarget(
      name: "superbpe-check", dependencies: ["TokenizerTraining", "Tok"],
      path: "Tests/Conformance/SuperBPE", exclude: ["compare.py"], swiftSettings: settings),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Tok", "DefaultVocabulary"], path: "Tests/Benchmarks",
      exclude: [
        "README.md", "batches.py", "c_interface.py", "calls.py", "clusters.py", "peers.py", "run",
        "synthetic.py",
        "table.py", "tokenizer_json.py",
        "training.py",
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "ConformanceDriver", dependencies: ["Tok", "TokenizerFormats"],
      path: "Tests/Conformance/Driver", swiftSettings: settings),
  ]
)
