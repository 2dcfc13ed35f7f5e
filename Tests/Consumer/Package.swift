// swift-tools-version: 6.2
import PackageDescription

// A program of somebody else's that uses the library: no flag, no setting, one import.
let package = Package(
  name: "consumer",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "tok", path: "../..")],
  targets: [
    .executableTarget(name: "Consumer", dependencies: [.product(name: "Tok", package: "tok")])
  ]
)
