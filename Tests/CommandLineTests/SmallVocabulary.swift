/// Vocabularies whose ids a reader can check: a byte's id is its value, and the merges follow.
///
/// ` t` 256, `he` 257, ` the` 258, `in` 259; special: `<s>` 300, `</s>` 301, `<pad>` 302; added but
/// not special: `<think>` 303. The template of `json` is `<s> TEXT </s>`.
enum SmallVocabulary {
  private static let merges = ["Ġ t", "h e", "Ġt he", "i n"]

  /// The printable character that stands for each byte.
  private static let alphabet: [String] = {
    var next: UInt32 = 256
    return (0..<256 as Range<UInt32>).map { byte in
      let isPrintable = 33...126 ~= byte || 161...172 ~= byte || 174...255 ~= byte
      let value = isPrintable ? byte : next
      if !isPrintable { next += 1 }
      return Unicode.Scalar(value).map { String(Character($0)) } ?? ""
    }
  }()

  static let json: [UInt8] = {
    let tokens = alphabet + merges.map { $0.split(separator: " ").joined() }
    let vocabulary = tokens.enumerated().map { id, token in
      "\"\(token == "\"" || token == "\\" ? "\\" + token : token)\":\(id)"
    }
    let byteLevel = #"{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}"#
    let added = [
      (300, "<s>", true), (301, "</s>", true), (302, "<pad>", true), (303, "<think>", false),
    ].map { id, content, isSpecial in
      #"{"id":\#(id),"content":"\#(content)","single_word":false,"lstrip":false,"rstrip":false,"#
        + #""normalized":false,"special":\#(isSpecial)}"#
    }
    let special = { (name: String, id: Int) in
      #""\#(name)":{"id":"\#(name)","ids":[\#(id)],"tokens":["\#(name)"]}"#
    }
    let single =
      #"[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},"#
      + #"{"SpecialToken":{"id":"</s>","type_id":0}}]"#
    let pair =
      #"[{"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}]"#
    let template =
      #"{"type":"TemplateProcessing","single":\#(single),"pair":\#(pair),"special_tokens":{"#
      + special("<s>", 300) + "," + special("</s>", 301) + "}}"
    let truncation =
      #"{"direction":"Right","max_length":3,"strategy":"LongestFirst","stride":0}"#
    let padding =
      #"{"strategy":{"Fixed":9},"direction":"Right","pad_to_multiple_of":null,"pad_id":302,"#
      + #""pad_type_id":0,"pad_token":"<pad>"}"#
    let listed = merges.map { "\"\($0)\"" }.joined(separator: ",")
    return Array(
      (#"{"version":"1.0","truncation":\#(truncation),"padding":\#(padding),"#
        + #""added_tokens":[\#(added.joined(separator: ","))],"normalizer":{"type":"NFC"},"#
        + #""pre_tokenizer":\#(byteLevel),"post_processor":\#(template),"decoder":\#(byteLevel),"#
        + #""model":{"type":"BPE","vocab":{\#(vocabulary.joined(separator: ","))},"#
        + #""merges":[\#(listed)]}}"#).utf8)
  }()

  /// The bytes, ` t` 256 and `he` 257; neither pattern nor special tokens.
  static let tiktoken: [UInt8] = {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for byte in 0..<256 {
      text += [digits[byte >> 2], digits[(byte & 3) << 4]]
      text += "== \(byte)\n".utf8
    }
    return text + "IHQ= 256\naGU= 257\n".utf8
  }()
}
