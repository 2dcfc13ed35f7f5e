internal import Tok

/// The version of the library as a number: 10000 times the major one, 100 times the minor one, and the
/// patch.
///
/// Compare it with TOK_VERSION, that of the header. Since 0.1.
@c(tok_version)
public func version() -> UInt32 {
  UInt32(PackageVersion.major * 10000 + PackageVersion.minor * 100 + PackageVersion.patch)
}
