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

extension ScalarClassSet {
  package static let none = Self(mask: 0)
  package static let all = Self(mask: .max)

  /// L.
  package static let letters = Self(.lu, .ll, .lt, .lm, .lo)
  /// LC: Lu, Ll and Lt.
  package static let casedLetters = Self(.lu, .ll, .lt)
  /// M.
  package static let marks = Self(.mn, .mc, .me)
  /// N.
  package static let numbers = Self(.nd, .nl, .no)
  /// Nd.
  package static let decimalDigits = Self(.nd)
  /// P.
  package static let punctuation = Self(.pc, .pd, .ps, .pe, .pi, .pf, .po)
  /// S.
  package static let symbols = Self(.sm, .sc, .sk, .so)
  /// Z.
  package static let separators = Self(.zs, .zl, .zp)
  /// Cc, white space or not.
  package static let controls = Self(.cc, .lineBreakControl, .spaceControl)
  /// C.
  package static let others = controls.union(Self(.cf, .cs, .co, .cn))
  /// U+000A and U+000D.
  package static let lineBreakControls = Self(.lineBreakControl)
  /// Exactly the property White_Space: Z and the controls U+0009...U+000D and U+0085.
  package static let whiteSpace = separators.union(Self(.lineBreakControl, .spaceControl))
}
