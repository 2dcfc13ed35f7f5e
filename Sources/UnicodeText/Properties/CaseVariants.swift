internal import CUnicodeTables

/// All scalars that equal `scalar` under simple case folding, itself among them, ascending.
///
/// The folding is that of Unicode 16.0's CaseFolding.txt, status C and S: `k` gives U+004B,
/// U+006B and U+212A, the Kelvin sign. The Turkish entries (status T) are not used, so U+0130 and
/// U+0131 equal only themselves.
///
/// - Complexity: O(log *n*) in the 2,938 scalars that have a variant.
package func caseVariants(of scalar: UInt32) -> [UInt32] {
  // SAFETY: constants that live as long as the process, of `unicode_case_count()` entries each.
  let (scalars, groups) = unsafe (unicode_case_scalars(), unicode_case_scalar_groups())
  var low = 0
  var high = unicode_case_count()
  while low < high {
    let middle = (low + high) / 2
    // SAFETY: low <= middle < high, which never exceeds the number of entries.
    let candidate = unsafe scalars![middle]
    if candidate == scalar {
      // SAFETY: `middle` is the index of an entry.
      return caseGroup(Int(unsafe groups![middle]))
    }
    if candidate < scalar { low = middle + 1 } else { high = middle }
  }
  return [scalar]
}

/// Two to four scalars, ascending.
private func caseGroup(_ number: Int) -> [UInt32] {
  // SAFETY: group numbers come from the table itself, and each group has four places.
  (0..<4).map { unsafe unicode_case_groups()[4 * number + $0] }.filter { $0 != 0 }
}

extension ScalarSet {
  /// The set with all case variants of its scalars, as a pattern without regard to case means it.
  ///
  /// - Complexity: O(*n* log *r*) for the 2,938 scalars that have variants and *r* ranges.
  package var withCaseVariants: ScalarSet {
    var added: [ClosedRange<UInt32>] = []
    for entry in 0..<unicode_case_count() {
      // SAFETY: `entry` is below the number of entries of the table.
      let scalar = unsafe unicode_case_scalars()[entry]
      if contains(scalar) {
        // SAFETY: the groups' table has as many entries.
        let group = Int(unsafe unicode_case_scalar_groups()[entry])
        added += caseGroup(group).map { $0...$0 }
      }
    }
    return union(ScalarSet(added))
  }
}
