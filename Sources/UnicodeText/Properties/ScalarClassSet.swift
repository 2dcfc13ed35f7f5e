/// A set of scalar classes: 32 bits, one a class.
@usableFromInline
package struct ScalarClassSet: Hashable, Sendable {
  /// Bit *n* stands for the class with raw value *n*.
  @usableFromInline package var mask: UInt32

  @inlinable
  package init(mask: UInt32) { self.mask = mask }

  package init(_ classes: ScalarClass...) {
    mask = classes.reduce(0) { $0 | 1 << UInt32($1.rawValue) }
  }

  /// Whether the set has the class with this raw value, as ``ScalarClassTable`` gives it.
  @inlinable @inline(__always)
  package func contains(_ rawClass: UInt8) -> Bool { mask &>> UInt32(rawClass) & 1 != 0 }

  package func contains(_ scalarClass: ScalarClass) -> Bool { contains(scalarClass.rawValue) }

  @inlinable
  package func union(_ other: Self) -> Self { Self(mask: mask | other.mask) }
  @inlinable
  package func intersection(_ other: Self) -> Self { Self(mask: mask & other.mask) }
  @inlinable
  package func subtracting(_ other: Self) -> Self { Self(mask: mask & ~other.mask) }
  /// All classes that are not in the set.
  @inlinable
  package var inverted: Self { Self(mask: ~mask) }
  @inlinable
  package var isEmpty: Bool { mask == 0 }
}

// Constants that the compiler sees in other modules: as lazily initialised globals they made a loop
// over text four times slower (224 instead of 967 MB/s of English, letters counted).
extension ScalarClassSet {
  @inlinable package static var none: Self { Self(mask: 0) }
  @inlinable package static var all: Self { Self(mask: .max) }
  /// L.
  @inlinable package static var letters: Self { Self(mask: 0x0000_001F) }
  /// LC: Lu, Ll and Lt.
  @inlinable package static var casedLetters: Self { Self(mask: 0x0000_0007) }
  /// M.
  @inlinable package static var marks: Self { Self(mask: 0x0000_00E0) }
  /// N.
  @inlinable package static var numbers: Self { Self(mask: 0x0000_0700) }
  /// Nd.
  @inlinable package static var decimalDigits: Self { Self(mask: 0x0000_0100) }
  /// P.
  @inlinable package static var punctuation: Self { Self(mask: 0x0003_F800) }
  /// S.
  @inlinable package static var symbols: Self { Self(mask: 0x003C_0000) }
  /// Z.
  @inlinable package static var separators: Self { Self(mask: 0x01C0_0000) }
  /// Cc, white space or not.
  @inlinable package static var controls: Self { Self(mask: 0xC200_0000) }
  /// C.
  @inlinable package static var others: Self { Self(mask: 0xFE00_0000) }
  /// U+000A and U+000D.
  @inlinable package static var lineBreakControls: Self { Self(mask: 0x4000_0000) }
  /// Exactly the property White_Space: Z and the controls U+0009...U+000D and U+0085.
  @inlinable package static var whiteSpace: Self { Self(mask: 0xC1C0_0000) }
}
