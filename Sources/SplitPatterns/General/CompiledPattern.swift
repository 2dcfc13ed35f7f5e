internal import CPCRE2

/// A pattern compiled by PCRE2, to machine code where it can.
///
/// Never changes after `init`; PCRE2 lets threads share it.
@safe
final class CompiledPattern: @unchecked Sendable {
  let code: OpaquePointer

  /// Throws if the pattern is too large for PCRE2: it was printed from a tree, and is no other way wrong.
  init(_ pattern: String, isUTF8: Bool) throws(PatternError) {
    var text = pattern
    var number: Int32 = 0
    var offset = 0
    // SAFETY: PCRE2 reads `$0.count` bytes during the call, and gives a context or nil.
    let code = text.withUTF8 { bytes in
      let context = unsafe pcre2_compile_context_create_8(nil)
      defer { unsafe pcre2_compile_context_free_8(context) }
      unsafe pcre2_set_parens_nest_limit_8(context, Self.nesting)
      // The stand-in for a byte that is not UTF-8 is a surrogate.
      unsafe pcre2_set_compile_extra_options_8(context, PCRE2_EXTRA_ALLOW_SURROGATE_ESCAPES)
      let options = PCRE2_USE_OFFSET_LIMIT | PCRE2_DUPNAMES | (isUTF8 ? PCRE2_UTF : 0)
      return unsafe pcre2_compile_8(
        bytes.baseAddress, bytes.count, options, &number, &offset, context)
    }
    guard let code = unsafe code else {
      throw PatternError(
        .tooLarge, at: 0, found: "\(pattern.utf8.count) bytes when written out for PCRE2",
        expected: "a smaller pattern: PCRE2 gives error \(number)")
    }
    unsafe self.code = code
    // Without machine code matching is slower, and nothing else.
    _ = unsafe pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
  }

  deinit { unsafe pcre2_code_free_8(code) }

  /// Parentheses in what we print: a few for each level of the tree.
  private static let nesting: UInt32 = 1_500
}
