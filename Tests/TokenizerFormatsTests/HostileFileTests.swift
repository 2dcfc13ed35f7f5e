import SplitPatterns
import TestSupport
import Testing
import Tokenization
import TokenizerFormats

/// Whatever stands in a file, reading it gives an error or a value.
@Suite struct HostileFileTests {
  static let json: [UInt8] = {
    var sample = ComponentTests.processed(
      #"{"type":"Sequence","processors":[\#(Sample.byteLevel),\#(ComponentTests.template())]}"#)
    let escaped = Sample.token(#"\u00e9\ud83d\ude00"#, 6)
    sample.members[0].value = "[\(Sample.token("<s>", 5)),\(escaped)]"
    sample.members.removeAll { ["normalizer", "pre_tokenizer", "truncation"].contains($0.key) }
    sample.members += [
      ("normalizer", #"{"type":"Sequence","normalizers":[{"type":"NFC"}]}"#),
      (
        "pre_tokenizer",
        #"{"type":"Sequence","pretokenizers":[\#(ComponentTests.split),\#(Sample.byteLevel)]}"#
      ), ("truncation", #"{"max_length":1,"strategy":"OnlyFirst","stride":0}"#),
    ]
    return Array((sample.text + "\n").utf8)
  }()
  static let tiktoken = Array("YQ== 0\r\nYg== 1\n\nYWI= 2\nw6k= 10\n".utf8)
  static let pattern = try? SplitPattern("x+", dialect: .rust)

  static func readJSON(_ bytes: [UInt8]) -> Bool {
    (try? readTokenizerJSON(bytes.span)) != nil
  }

  static func readRanks(_ bytes: [UInt8]) -> Bool {
    (try? readTiktoken(bytes.span, stem: nil, pattern: pattern, specialTokens: nil)) != nil
  }

  @Test func `every truncation`() {
    #expect(Self.readJSON(Self.json) && Self.readRanks(Self.tiktoken))
    // Only the newline behind the value can go.
    let accepted = Self.json.indices.count { Self.readJSON(Array(Self.json[..<$0])) }
    #expect(accepted == 1)
    for end in Self.tiktoken.indices { _ = Self.readRanks(Array(Self.tiktoken[..<end])) }
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `changed bytes`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1_000 {
      for (file, read) in [(Self.json, Self.readJSON), (Self.tiktoken, Self.readRanks)] {
        var bytes = file
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let place = bytes.indices.randomElement(using: &generator) ?? 0
          switch Int.random(in: 0..<4, using: &generator) {
          case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
          case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
          case 2: bytes.remove(at: place)
          default: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: place)
          }
        }
        _ = read(bytes)
      }
    }
  }

  @Test(arguments: [3] as [UInt64])
  func `random JSON comes back`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let value = Self.value(depth: 4, &generator)
      #expect(try JSONValue(parsing: value.write().span) == value)
    }
  }

  private static func value(depth: Int, _ generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return JSONValue(Int.random(in: -1000...1000, using: &generator))
    case 3, 4:
      return .string(text(&generator))
    case 5:
      return .array(
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in
          value(depth: depth - 1, &generator)
        })
    default:
      return .object(
        (0..<Int.random(in: 0...3, using: &generator)).map { place in
          JSONValue.Member(
            key: "\(place)" + text(&generator), value: value(depth: depth - 1, &generator))
        })
    }
  }

  private static func text(_ generator: inout SeededGenerator) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...20, using: &generator) {
      let limit: UInt32 = Bool.random(using: &generator) ? 0x80 : 0x110000
      scalars.append(Unicode.Scalar(UInt32.random(in: 0..<limit, using: &generator)) ?? "\u{FFFD}")
    }
    return String(scalars)
  }
}
