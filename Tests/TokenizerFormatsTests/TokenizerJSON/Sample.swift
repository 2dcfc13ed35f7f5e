import Tokenization
import TokenizerFormats

/// A small tokenizer.json whose members can be replaced.
struct Sample {
  var members: [(key: String, value: String)] = [
    ("version", #""1.0""#), ("truncation", "null"), ("padding", "null"), ("added_tokens", "[]"),
    ("normalizer", "null"), ("pre_tokenizer", byteLevel), ("post_processor", "null"),
    ("decoder", byteLevel),
    ("model", #"{"type":"BPE","vocab":\#(vocabulary),"merges":\#(merges)}"#),
  ]

  static let byteLevel =
    #"{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}"#
  static let vocabulary = #"{"a":0,"b":1,"c":2,"ab":3,"abc":4}"#
  static let merges = #"["a b","ab c"]"#

  /// With `value` instead of member `key`; without it for `nil`.
  static func with(_ key: String, _ value: String?) -> Sample {
    var sample = Sample()
    sample.members.removeAll { $0.key == key }
    if let value { sample.members.append((key, value)) }
    return sample
  }

  /// With the model `{"type":"BPE", … }`.
  static func model(
    vocabulary: String = vocabulary, merges: String = merges, more: String = ""
  ) -> Sample {
    with("model", #"{"type":"BPE","vocab":\#(vocabulary),"merges":\#(merges)\#(more)}"#)
  }

  static func added(_ tokens: String..., model: Sample = Sample()) -> Sample {
    var sample = model
    sample.members.removeAll { $0.key == "added_tokens" }
    sample.members.insert(("added_tokens", "[\(tokens.joined(separator: ","))]"), at: 0)
    return sample
  }

  /// An entry of `added_tokens`.
  static func token(_ content: String, _ id: Int, special: Bool = true) -> String {
    #"{"id":\#(id),"content":"\#(content)","single_word":false,"lstrip":false,"rstrip":false,"#
      + #""normalized":false,"special":\#(special)}"#
  }

  var text: String {
    "{" + members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
  }

  func read() throws(VocabularyError) -> TokenizerDefinition {
    try readTokenizerJSON(Array(text.utf8).span)
  }

  func refusal() -> VocabularyError? {
    do throws(VocabularyError) {
      _ = try read()
      return nil
    } catch { return error }
  }
}

extension BytePairDefinition {
  /// The tokens by id, for rows; bytes that are not UTF-8 are repaired.
  var tokensByID: [TokenID: String] {
    var tokens: [TokenID: String] = [:]
    for (place, id) in ids.enumerated() {
      tokens[id] = String(decoding: self.tokens[place], as: UTF8.self)
    }
    return tokens
  }

  /// The merges as `left+right=result`.
  var mergesAsText: [String] {
    guard case .listed(let merges) = merges else { return [] }
    return merges.map { "\($0.left)+\($0.right)=\($0.result)" }
  }
}

extension ModelDefinition {
  /// The byte-level model that the tests here are about; without tokens if it is another.
  var bytePair: BytePairDefinition {
    self as? BytePairDefinition
      ?? BytePairDefinition(
        tokens: ByteStrings(), ids: [], merges: .byID, takesWholePretokens: false)
  }
}
