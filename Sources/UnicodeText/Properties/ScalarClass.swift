/// What kind of character a scalar is: its general category (Unicode 16.0, annex 44), with the
/// control characters that are white space in two classes of their own.
///
/// One byte answers what tokenizers ask most: letter, number, space, end of line.
package enum ScalarClass: UInt8, CaseIterable, Sendable {
  case lu, ll, lt, lm, lo
  case mn, mc, me
  case nd, nl, no
  case pc, pd, ps, pe, pi, pf, po
  case sm, sc, sk, so
  case zs, zl, zp
  /// Control characters that are not white space.
  case cc
  case cf
  /// Surrogates, which are no scalars and stand in no UTF-8.
  case cs
  case co
  /// Unassigned.
  case cn
  /// U+000A and U+000D, of category Cc.
  case lineBreakControl
  /// U+0009, U+000B, U+000C and U+0085, of category Cc.
  case spaceControl
}
