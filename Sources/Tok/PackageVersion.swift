/// The version of this package: of the tool, of `tok.h` and of libtok.
///
/// It stands here only; `make header` takes it over after a change.
package enum PackageVersion {
  package static let major = 0
  package static let minor = 1
  package static let patch = 0

  /// As `0.1.0`.
  package static var text: String { "\(major).\(minor).\(patch)" }
}
