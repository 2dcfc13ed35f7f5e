internal import CPCRE2

/// What one search needs for itself: PCRE2's memory, and the text as PCRE2 reads it. Reused.
@safe
final class MatchScratch: @unchecked Sendable {
  // Handed from thread to thread, used by one at a time.
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?
  /// The text as the pattern was compiled for it.
  var subject: [UInt8] = []

  /// Nil if there is no memory.
  init?(for pattern: CompiledPattern) {
    // SAFETY: each is created here, checked, and freed by `deinit` or here.
    guard let data = unsafe pcre2_match_data_create_8(1, nil) else { return nil }
    guard let context = unsafe pcre2_match_context_create_8(nil) else {
      unsafe pcre2_match_data_free_8(data)
      return nil
    }
    unsafe self.data = data
    unsafe self.context = context
    unsafe stack = pcre2_jit_stack_create_8(32 * 1024, Self.stackSize, nil)
    unsafe pcre2_jit_stack_assign_8(
      context, nil, unsafe stack.map { unsafe UnsafeMutableRawPointer($0) })
  }

  deinit {
    unsafe pcre2_jit_stack_free_8(stack)
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_match_data_free_8(data)
  }

  /// For the machine code, reserved and taken as needed.
  private static let stackSize = 1 << 20

  func setLimits(_ limits: MatchLimits, length: Int) {
    let steps = limits.steps + limits.stepsForByte * length
    // SAFETY: the context lives as long as `self`.
    unsafe pcre2_set_match_limit_8(context, UInt32(clamping: steps))
    unsafe pcre2_set_depth_limit_8(context, UInt32(clamping: steps))
    unsafe pcre2_set_heap_limit_8(context, UInt32(clamping: limits.memory))
  }

  /// The first match that begins at `start`...`lastStart`: nil for none, or PCRE2's error number.
  ///
  /// The subject must be as the pattern was compiled for it: any bytes, or UTF-8 but for surrogates.
  /// With `mayGoOn` a search that asks what stands behind the subject ends as ``SearchResult/partial``.
  @inline(__always)
  func firstMatch(
    of pattern: CompiledPattern, in subject: UnsafeBufferPointer<UInt8>, from start: Int,
    startingUpTo lastStart: Int, mayGoOn: Bool = false
  ) -> SearchResult {
    // SAFETY: PCRE2 reads `subject.count` bytes during the call and writes to `data`, which is ours;
    // the subject is as PCRE2_NO_UTF_CHECK asks.
    unsafe pcre2_set_offset_limit_8(context, lastStart)
    let options = PCRE2_NO_UTF_CHECK | (mayGoOn ? PCRE2_PARTIAL_HARD : 0)
    var result = unsafe pcre2_match_8(
      pattern.code, subject.baseAddress, subject.count, start, options, data, context)
    if result == PCRE2_ERROR_JIT_STACKLIMIT {
      result = unsafe pcre2_match_8(
        pattern.code, subject.baseAddress, subject.count, start,
        options | PCRE2_NO_JIT, data, context)
    }
    switch result {
    case 0...:
      let offsets = unsafe pcre2_get_ovector_pointer_8(data)!
      return .match(start: unsafe offsets[0], end: unsafe offsets[1])
    case PCRE2_ERROR_NOMATCH: return .none
    case PCRE2_ERROR_PARTIAL:
      let offsets = unsafe pcre2_get_ovector_pointer_8(data)!
      return .partial(start: unsafe offsets[0])
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT: return .failure(.steps)
    case PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_NOMEMORY, PCRE2_ERROR_JIT_STACKLIMIT:
      return .failure(.memory)
    default: return .failure(.other)
    }
  }
}

/// What a search found.
enum SearchResult {
  case none
  case match(start: Int, end: Int)
  /// Whether there is a match here depends on what stands behind the subject.
  case partial(start: Int)
  case failure(MatchError.Limit)
}
