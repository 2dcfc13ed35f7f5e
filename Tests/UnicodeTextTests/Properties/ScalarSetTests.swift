import CICU
import TestSupport
import Testing
import UnicodeText

/// Any set of scalars below 64, where all of them can be looked at.
private func smallSet(_ generator: inout SeededGenerator) -> ScalarSet {
  let ranges = (0..<Int(generator.next() % 6)).map { _ in
    let first = UInt32(generator.next() % 60)
    return first...first + UInt32(generator.next() % 4)
  }
  return ScalarSet(ranges)
}

@Suite struct ScalarSetTests {
  @Test(arguments: 0..<300 as Range<UInt64>)
  func `set operations agree with their definition`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (left, right) = (smallSet(&generator), smallSet(&generator))
    let union = left.union(right)
    let intersection = left.intersection(right)
    let difference = left.subtracting(right)
    for scalar in 0...64 as ClosedRange<UInt32> {
      let (isLeft, isRight) = (left.contains(scalar), right.contains(scalar))
      #expect(union.contains(scalar) == (isLeft || isRight))
      #expect(intersection.contains(scalar) == (isLeft && isRight))
      #expect(difference.contains(scalar) == (isLeft && !isRight))
      #expect(left.inverted.contains(scalar) == !isLeft)
    }
    #expect(left.inverted.inverted == left)
    for (range, next) in zip(union.ranges, union.ranges.dropFirst()) {
      #expect(range.upperBound + 1 < next.lowerBound)
    }
  }

  @Test func `no surrogates`() {
    #expect(ScalarSet.all.ranges == [0...0xD7FF, 0xE000...0x10FFFF])
    #expect(ScalarSet.all.count == 1_112_064)
    #expect(ScalarSet.none.inverted == .all)
    #expect(ScalarSet([0xD800...0xDFFF, 0x110000...0x120000]).isEmpty)
  }

  // Counts from the Python packages unicodedata2 16.0.0 and regex 2024.11.6.
  @Test(
    arguments: [
      ("L", 141_028), ("Lu", 1_858), ("Letter", 141_028), ("Uppercase_Letter", 1_858),
      ("uppercase letter", 1_858), ("LC", 4_147), ("L&", nil), ("N", 1_911), ("Nd", 760),
      ("P", 855), ("Punct", 855), ("S", 8_514), ("Zs", 17), ("Z", 19), ("C", 957_236),
      ("Cn", 819_533), ("Co", 137_468), ("Cs", 0), ("Any", 1_112_064), ("Assigned", 292_531),
      ("ASCII", 128), ("gc=Lu", 1_858), ("General_Category=Decimal_Number", 760), ("gc:Nd", 760),
      ("gc!=Any", 0), ("IsL", 141_028), ("isc", nil), ("Han", 99_030), ("Hani", 99_030),
      ("Script=Han", 99_030), ("sc=greek", 518), ("scx=Greek", 531),
      ("Script_Extensions=Grek", 531),
      ("IsGreek", 518), ("White_Space", 25), ("space", 25), ("WSpace", 25), ("Alphabetic", 142_759),
      ("Alpha", 142_759), ("Lowercase", 2_569), ("Lower", 2_569), ("Uppercase", 1_978),
      ("Join_Control", 2), ("Emoji", 1_431), ("Extended_Pictographic", 3_537), ("Alnum", 143_519),
      ("Blank", 18), ("Graph", 292_447), ("Print", 292_464), ("XDigit", 22), ("Word", 144_665),
      ("Cntrl", 65), ("Digit", 760), ("In_Basic_Latin", 128), ("InGreekAndCoptic", 144),
      ("Sc", 63), ("cf", 170), ("", nil), ("=", nil), ("gc=", nil), ("Klingon", nil),
      ("sc=Klingon", nil), ("gc=Han", nil), ("sc=Lu", nil), ("café", nil),
    ] as [(String, Int?)])
  func `properties by name`(name: String, count: Int?) {
    #expect(ScalarSet(property: name)?.count == count)
  }

  @Test(arguments: [
    "ID_Start", "ID_Continue", "XID_Start", "XID_Continue", "Emoji_Presentation", "Ideographic",
    "Cased", "Case_Ignorable", "Dash", "Default_Ignorable_Code_Point", "Diacritic", "Math",
    "Grapheme_Extend", "Noncharacter_Code_Point", "Variation_Selector", "Regional_Indicator",
  ])
  func `binary properties are there`(name: String) {
    #expect(ScalarSet(property: name)?.isEmpty == false)
  }

  /// Word characters of Oniguruma counted with the package tokenizers 0.23.3: `[\w]` has 144,665
  /// scalars and `\w` 144,671.
  @Test func `word characters`() {
    #expect(ScalarSet.wordOniguruma.count == 144_665)
    #expect(ScalarSet.bareWordOniguruma.count == 144_671)
    #expect(ScalarSet.perlWordRust.subtracting(.wordOniguruma) == ScalarSet(0x200C, 0x200D))
    #expect(ScalarSet.decimalDigits == ScalarSet(property: "Nd"))
    #expect(ScalarSet.whiteSpace == ScalarSet(.whiteSpace))
  }

  @Test(
    arguments: [
      ("L", .letters), ("M", .marks), ("N", .numbers), ("P", .punctuation), ("S", .symbols),
      ("Z", .separators), ("C", .others), ("LC", .casedLetters),
    ] as [(String, ScalarClassSet)])
  func `classes and ranges agree`(name: String, classes: ScalarClassSet) {
    #expect(ScalarSet(property: name) == ScalarSet(classes))
  }

  @Test(
    arguments: [
      ("Alphabetic", 5_000), ("Lowercase", 100),
      ("Uppercase", 100), ("White_Space", 0),
      ("Emoji", 10), ("ID_Start", 5_000),
      ("ID_Continue", 5_300), ("Join_Control", 0),
      ("Ideographic", 700),
    ] as [(String, Int)])
  func `binary properties have what ICU has, and little more`(
    name: String, added: Int
  ) throws {
    let set = try #require(ScalarSet(property: name))
    // SAFETY: a string that lives during the call, which only reads it.
    let property = unsafe icu_property(name)
    let theirs = ScalarSet(
      (0...0x10FFFF as ClosedRange<UInt32>).lazy
        .filter { icu_has_property(Int32($0), property) != 0 }.map { $0...$0 })
    #expect(theirs.subtracting(set).count <= 2)
    #expect(set.subtracting(theirs).count <= added)
  }

  @Test(arguments: ["Latin", "Greek", "Cyrillic", "Han", "Arabic", "Devanagari", "Hangul", "Thai"])
  func `scripts have what ICU has`(name: String) throws {
    // SAFETY: strings that live during the calls, which only read them.
    let property = unsafe icu_property("Script")
    // SAFETY: as above.
    let script = unsafe icu_property_value(property, name)
    let set = try #require(ScalarSet(property: name))
    for scalar in 0...0x10FFFF as ClosedRange<UInt32>
    where icu_value(Int32(scalar), property) == script {
      if !set.contains(scalar) { Issue.record("U+\(String(scalar, radix: 16)) is \(name)") }
    }
  }
}

@Suite struct CaseVariantTests {
  @Test(
    arguments: [
      (0x6B, [0x4B, 0x6B, 0x212A]), (0x53, [0x53, 0x73, 0x17F]), (0x69, [0x49, 0x69]),
      (0x130, [0x130]), (0x131, [0x131]), (0xDF, [0xDF, 0x1E9E]),
      (0x3B8, [0x398, 0x3B8, 0x3D1, 0x3F4]), (0xFB05, [0xFB05, 0xFB06]), (0x30, [0x30]),
      (0x390, [0x390, 0x1FD3]), (0x10D50, [0x10D50, 0x10D70]), (0x264, [0x264, 0xA7CB]),
      (0x4E00, [0x4E00]), (0x10FFFF, [0x10FFFF]),
    ] as [(UInt32, [UInt32])])
  func `variants`(scalar: UInt32, expected: [UInt32]) {
    #expect(caseVariants(of: scalar) == expected)
  }

  @Test func `variants have one folding in ICU, and others have another`() {
    // Equal since Unicode 15.1 and 16.0.
    let added: Set<UInt32> = [0x390, 0x1FD3, 0x3B0, 0x1FE3, 0xFB05, 0xFB06]
    var groups: [Int32: [UInt32]] = [:]
    for scalar in 0...0x10FFFF as ClosedRange<UInt32> where Unicode.Scalar(scalar) != nil {
      groups[icu_fold_case(Int32(scalar)), default: []].append(scalar)
    }
    for group in groups.values where group.count > 1 {
      for scalar in group { #expect(caseVariants(of: scalar) == group) }
    }
    for group in groups.values where group.count == 1 && caseVariants(of: group[0]).count > 1 {
      // Both sides of a pair that Unicode 16.0 added: one of them was not assigned before.
      let isNew = caseVariants(of: group[0]).contains { icu_general_category(Int32($0)) == 0 }
      if !isNew && !added.contains(group[0]) { Issue.record("U+\(group[0])") }
    }
  }

  @Test func `sets without regard to case`() {
    #expect(ScalarSet(0x6B, 0x31).withCaseVariants == ScalarSet(0x31, 0x4B, 0x6B, 0x212A))
  }
}
