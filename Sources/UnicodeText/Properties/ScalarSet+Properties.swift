internal import CUnicodeTables

extension ScalarSet {
  /// What `\p{name}` means in patterns, or nil if no property of Unicode 16.0 has this name.
  ///
  /// Understood is what Rust's regex and Oniguruma accept, the union of both:
  /// - general categories and their groups, short and long: `L`, `Lu`, `Uppercase_Letter`, `LC`;
  ///   `Any`, `Assigned`, `ASCII`; also as `gc=Lu`, `General_Category=Lu`
  /// - scripts: `Han`, `Hani`, `sc=Han`, `Script=Han`; script extensions: `scx=Han`
  /// - binary properties, short and long: `White_Space`, `space`, `Alphabetic`, `Emoji`
  /// - blocks, as Oniguruma writes them: `In_Basic_Latin`
  /// - Oniguruma's POSIX names that are not among the above: `Alnum`, `Blank`, `Graph`, `Print`,
  ///   `XDigit`, `Word`. `Punct` is P without symbols, as in both.
  ///
  /// Case, spaces, hyphens, underscores and a leading `Is` make no difference (annex 44, UAX44-LM3).
  /// `:` stands for `=`, and `name!=value` is the complement. Grapheme, word and sentence break
  /// values and ages are not understood, nor is Oniguruma's `^` in front.
  package init?(property name: String) {
    let text = Array(name.utf8)
    guard let sign = text.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") })
    else {
      let loose = Self.looseName(text[...])
      guard let set = Self.named(loose) ?? Self.withoutIs(loose).flatMap(Self.named) else {
        return nil
      }
      self = set
      return
    }
    let isNegated = sign > 0 && text[sign - 1] == UInt8(ascii: "!")
    let value = Self.looseName(text[(sign + 1)...])
    let prefix: String
    switch Self.looseName(text[..<(isNegated ? sign - 1 : sign)]) {
    case "gc", "generalcategory": prefix = "gc="
    case "sc", "script": prefix = "sc="
    case "scx", "scriptextensions": prefix = "scx="
    case "blk", "block": prefix = "in"
    default: return nil
    }
    let plain = Self.stored(prefix + value)
    guard let set = plain ?? Self.withoutIs(value).flatMap({ Self.stored(prefix + $0) }) else {
      return nil
    }
    self = isNegated ? set.inverted : set
  }

  /// The scalars of these classes.
  ///
  /// - Complexity: O(*n*) in the 1,112,064 scalars: for set-up only.
  package init(_ classes: ScalarClassSet) {
    let table = ScalarClassTable()
    var found: [ClosedRange<UInt32>] = []
    var start: UInt32?
    for scalar in 0...0x110000 as ClosedRange<UInt32> {
      let isIn = scalar < 0x110000 && classes.contains(table[scalar])
      if isIn, start == nil { start = scalar }
      if !isIn, let first = start {
        found.append(first...scalar - 1)
        start = nil
      }
    }
    self.init(found)
  }

  /// `\w` of Rust's regex: Alphabetic, M, Nd, Pc and Join_Control (Unicode technical standard 18,
  /// annex C).
  package static let perlWordRust = wordOniguruma.union(required("joincontrol"))

  /// `[\w]`, `[[:word:]]` and `\p{Word}` of Oniguruma 6.9: Alphabetic, M, Nd and Pc.
  package static let wordOniguruma = required("alphabetic")
    .union(required("gc=m")).union(required("gc=nd")).union(required("gc=pc"))

  /// `\w` of Oniguruma 6.9 outside of brackets: ``wordOniguruma`` and ² ³ ¹ ¼ ½ ¾.
  ///
  /// For scalars below U+0100 Oniguruma asks a table of ISO 8859-1 there, which calls these word
  /// characters; inside brackets it asks the table of Unicode.
  package static let bareWordOniguruma = wordOniguruma.union(
    ScalarSet(0xB2, 0xB3, 0xB9, 0xBC, 0xBD, 0xBE))

  /// Nd: `\d` of Rust's regex and of Oniguruma.
  package static let decimalDigits = required("gc=nd")

  /// White_Space: `\s` of Rust's regex and of Oniguruma.
  package static let whiteSpace = required("whitespace")
}

extension ScalarSet {
  /// In lowercase, without spaces, hyphens and underscores.
  private static func looseName(_ name: ArraySlice<UInt8>) -> String {
    let kept = name.filter { !" \t-_".utf8.contains($0) }
    return String(decoding: kept.map { 0x41...0x5A ~= $0 ? $0 + 32 : $0 }, as: UTF8.self)
  }

  /// The name without `is` in front. `isc` is the name of a property that is not here, not `c`.
  private static func withoutIs(_ name: String) -> String? {
    name.utf8.starts(with: "is".utf8) && name != "isc" ? String(name.dropFirst(2)) : nil
  }

  private static func named(_ name: String) -> ScalarSet? {
    switch name {
    case "alnum": required("alphabetic").union(decimalDigits)
    case "blank": required("gc=zs").union(ScalarSet(9))
    case "graph":
      whiteSpace.union(required("gc=cc")).union(required("gc=cn")).inverted
    case "print":
      whiteSpace.union(required("gc=cc")).union(required("gc=cn")).inverted
        .union(required("gc=zs"))
    case "xdigit": required("asciihexdigit")
    case "word": wordOniguruma
    default: stored("gc=" + name) ?? stored(name) ?? stored("sc=" + name)
    }
  }

  private static func required(_ name: String) -> ScalarSet {
    guard let set = stored(name) else { preconditionFailure("no property `\(name)` in the table") }
    return set
  }

  /// The set that has exactly this name in the generated table.
  private static func stored(_ name: String) -> ScalarSet? {
    let wanted = Array(name.utf8)
    var low = 0
    var high = unicode_name_count()
    while low < high {
      let middle = (low + high) / 2
      // SAFETY: `middle` is below the number of names, and each is a constant ended by a zero.
      let found = unsafe Array(String(cString: unicode_name(middle)).utf8)
      if found == wanted {
        // SAFETY: there is one set number for each name.
        return stored(number: Int(unsafe unicode_name_sets()[middle]))
      }
      if found.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// All scripts, with the names that each has: every scalar is in one of them.
  static var allScripts: [(names: [String], set: ScalarSet)] {
    var names: [UInt16: [String]] = [:]
    for index in 0..<unicode_name_count() {
      // SAFETY: `index` is below the number of names, and each is a constant ended by a zero.
      let name = unsafe String(cString: unicode_name(index))
      guard name.hasPrefix("sc=") else { continue }
      // SAFETY: there is one set number for each name.
      names[unsafe unicode_name_sets()[index], default: []].append(String(name.dropFirst(3)))
    }
    return names.sorted { $0.key < $1.key }.map { ($1, stored(number: Int($0))) }
  }

  private static func stored(number: Int) -> ScalarSet {
    // SAFETY: set numbers come from the table, which has one start more than sets.
    let (first, end) = unsafe (unicode_set_starts()[number], unicode_set_starts()[number + 1])
    return ScalarSet(
      (Int(first)..<Int(end)).map { range in
        // SAFETY: the starts count pairs of the table of ranges, each with first <= last.
        unsafe unicode_ranges()[2 * range]...unicode_ranges()[2 * range + 1]
      })
  }
}
