internal import Tokenization

/// The tokens of a byte-level vocabulary that is being trained: symbols are their places.
///
/// First come the 256 bytes, in the order of the characters that stand for them in tokenizer.json, as
/// huggingface's trainer has them.
struct GrowingVocabulary {
  private(set) var tokens = ByteStrings()
  private var symbols: [[UInt8]: UInt32] = [:]
  /// The symbol of each byte.
  let symbolsOfBytes: [UInt32]

  init() {
    let order = (0...255).sorted { ByteAlphabet.scalars[$0] < ByteAlphabet.scalars[$1] }
    var symbolsOfBytes = [UInt32](repeating: 0, count: 256)
    for (symbol, byte) in order.enumerated() {
      symbolsOfBytes[byte] = UInt32(symbol)
      tokens.append([UInt8(byte)])
    }
    self.symbolsOfBytes = symbolsOfBytes
  }

  var count: Int { tokens.count }

  /// All symbols.
  var ids: [TokenID] { (0..<count).map { TokenID($0) } }

  /// The symbols of a word's bytes.
  func symbols(of bytes: some Sequence<UInt8>) -> [UInt32] {
    bytes.map { symbolsOfBytes[Int($0)] }
  }

  /// The symbol of two tokens' bytes together, which is a new one unless there is one already.
  mutating func symbol(joining left: UInt32, _ right: UInt32) -> UInt32 {
    let bytes = tokens[Int(left)] + tokens[Int(right)]
    if let symbol = symbols[bytes] { return symbol }
    let symbol = UInt32(count)
    symbols[bytes] = symbol
    tokens.append(bytes)
    return symbol
  }
}
