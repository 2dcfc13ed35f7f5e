extension GGUFPreTokenizer {
  /// A rule under its names.
  struct Entry: Sendable {
    var names: [String]
    var rule: GGUFPreTokenizer

    init(
      _ names: [String], _ patterns: [String], endsWithGPT2: Bool = false,
      _ change: (inout GGUFPreTokenizer) -> Void = { _ in }
    ) {
      self.names = names
      rule = GGUFPreTokenizer(patterns, endsWithGPT2: endsWithGPT2)
      change(&rule)
    }
  }

  /// Left out are `afmoe`, whose digits llama.cpp cuts by a rule that is no pattern, and models that
  /// do not cut by patterns: `whitespace`, `hybriddna`.
  static let all: [Entry] = [
    Entry(
      ["default"], [#"[\p{P}\$\+<=>\^~\|]+"#, gpt2, #"\p{N}+"#, "[0-9][0-9][0-9]"]),
    Entry(
      [
        "gpt-2", "phi-2", "jina-es", "jina-de", "gigachat", "jina-v2-es", "jina-v2-de", "a.x-4.0",
        "mellum", "modern-bert", "mpt", "olmo", "jais", "trillion", "granite-docling", "exaone4",
      ], [], endsWithGPT2: true),
    Entry(["jina-v1-en", "jina-v2-code", "roberta-bpe"], [], endsWithGPT2: true) {
      $0.addsSeparator = true
    },
    Entry(
      [
        "starcoder", "refact", "command-r", "smollm", "codeshell", "exaone", "minerva-7b",
        "mellum2",
      ], [#"\p{N}"#], endsWithGPT2: true),
    Entry(
      [
        "llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2",
        "jina-v5-nano",
      ], [KnownPattern.llama3]
    ) {
      $0.takesWholePretokens = true
      $0.addsBeginning = true
    },
    Entry(["dbrx", "smaug-bpe"], [KnownPattern.llama3]),
    Entry(["glm4", "chatglm-bpe"], [KnownPattern.llama3]) { $0.hasNoBeginning = true },
    Entry(
      ["minicpm5"],
      [#"\p{N}{1,3}"#, KnownPattern.llama3.replacing(#"\p{N}{1,3}"#, with: #"\p{N}+"#)]
    ) { $0.takesWholePretokens = true },
    Entry(
      [
        "qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2", "hunyuan",
        "solar-open", "grok-2",
      ], [KnownPattern.qwen2]),
    Entry(["qwen35"], [KnownPattern.qwen35]),
    Entry(["laguna"], [#"[^\n]+|[\n]+"#, KnownPattern.qwen2]),
    Entry(["ufakzeka"], [#"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*"# + spaces]),
    Entry(
      ["seed-coder"],
      [
        contractions + #"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+"# + spaces
      ]),
    Entry(
      ["bailingmoe", "bailingmoe2", "llada-moe"],
      [
        #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*"#
          + #"|\s*[\r\n]|\s+(?!\S)|\s+"#
      ]),
    Entry(
      ["exaone-moe"],
      [
        contractions + #"[^\r\n\p{L}\p{N}]?(?:\p{L}\p{M}*(?: \p{L}\p{M}*)*)+|\p{N}"#
          + #"| ?[^\s\p{L}\p{N}]+[\r\n/]?|\s*[\r\n]|\s+(?!\S)|\s+"#
      ]),
    Entry(
      ["jais-2"],
      [
        contractions + #"[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"#
          + #"|\s*[\r\n]+|\s{512}(?!\S)|\s{256}(?!\S)|\s{128}(?!\S)|\s{64}(?!\S)|\s{32}(?!\S)"#
          + #"|\s{16}(?!\S)|\s{8}(?!\S)|\s{4}(?!\S)|\s{1,2}(?!\S)|\s{1}"#
      ]),
    Entry(
      ["gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"], [KnownPattern.o200k]),
    Entry(["granite-embed-multi-97m"], [KnownPattern.o200k]) { $0.takesWholePretokens = true },
    Entry(
      ["tiny_aya", "cohere2moe"], [#"\d{1,3}(?=(?:\d{3})*\b)"#, KnownPattern.o200k]),
    Entry(["tekken"], [tekken]) {
      $0.takesWholePretokens = true
      $0.addsBeginning = true
    },
    Entry(["kimi-k2"], [KnownPattern.kimi]),
    Entry(["deepseek-v3", "hunyuan-dense", "joyai-llm", "hy_v4"], deepSeek(signEnd: lines + "*")),
    Entry(
      ["spark2_5"],
      [#"\p{N}{1,3}"#, kana, deepSeekWords + #"|[\r\n]|\s+(?!\S)|\s+"#, #"\p{N}"#]),
    Entry(["deepseek-coder"], [lines, #"\s?\p{L}+"#, #"\s?\p{P}+"#, hanAndHangul, #"\p{N}"#]),
    Entry(
      ["deepseek-llm"], [lines, casedLetters, wideSigns, #"\s+$"#, hanAndHangul, #"\p{N}+"#]),
    Entry(["youtu"], [youtuScripts, youtuWords]) { $0.takesWholePretokens = true },
    Entry(["falcon"], [#"[\p{P}\$\+<=>\^~\|`]+"#, gpt2, "[0-9][0-9][0-9]"]),
    Entry(["poro-chat", "bloom", "gpt3-finnish"], [clauses]),
    Entry(["viking"], [clauses, #"\p{N}"#]),
    Entry(["superbpe"], [#"\p{N}+"#, #"(?=(\d{3})+(?!\d))"#]),
    Entry(
      ["chameleon"],
      [
        "<sentinel:[0-9]+>", "(IMGIMG)((A|B|C|D|E|F|G|H|I){1,4})Z", #"([\t\n]|    |  )"#,
        #"\p{N}"#, #"[\p{P}!-/:-@\[-`{-~]"#,
      ], endsWithGPT2: true
    ) { $0.addsBeginning = true },
    Entry(["gemma4", "granite-embed-multi-311m"], [#"[^\n]+|[\n]+"#]) {
      $0.usesByteAlphabet = false
      $0.alwaysAddsBeginning = true
    },
    Entry(["sarvam-moe"], [#"[^\n]+|[\n]+"#]) { $0.usesByteAlphabet = false },
  ]

  // llama.cpp leaves the last part out: what is not matched is a pretoken too.
  private static let gpt2 = KnownPattern.gpt2
  private static let contractions = #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|"#
  private static let spaces = #"|\s*[\r\n]+|\s+(?!\S)|\s+"#
  private static let lines = "[\r\n]"

  private static let tekken =
    #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
    + #"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
    + #"|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*"# + spaces

  private static let kana = "[\u{4E00}-\u{9FA5}\u{3040}-\u{309F}\u{30A0}-\u{30FF}]+"
  private static let deepSeekWords =
    ##"[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^"## + "\r\n"
    + #"\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+"#

  private static func deepSeek(signEnd: String) -> [String] {
    [#"\p{N}{1,3}"#, kana, deepSeekWords + signEnd + spaces]
  }

  private static let hanAndHangul =
    "[\u{4E00}-\u{9FA5}\u{0800}-\u{4E00}\u{AC00}-\u{D7FF}]+"
  private static let wideSigns =
    #"\s?[!-/:-~"# + "\u{FF01}-\u{FF0F}\u{FF1A}-\u{FF5E}\u{2018}-\u{201F}\u{3000}-\u{3002}]+"

  private static let clauses =
    #" ?[^(\s|.,!?"# + "\u{2026}\u{3002}\u{FF0C}\u{3001}\u{0964}\u{06D4}\u{060C})]+"

  private static let youtuScripts =
    "[\u{AC00}-\u{D7A3}\u{3131}-\u{318E}]+"
    + "|[\u{FF01}\u{2026}\u{201C}\u{201D}\u{2018}\u{2019}\u{2014}\u{FF1A}\u{FF1B}\u{FF0C}"
    + "\u{3001}-\u{303F}\u{FE30}-\u{FE4F}]+|[\u{3105}-\u{312F}]+|\(kana)"
  private static let youtuWords = KnownPattern.o200k.replacing(#"\p{N}{1,3}"#, with: #"\p{N}"#)

  /// Letters with upper and lower case, as DeepSeek's first tokenizers list them.
  private static let casedLetters =
    #"\s?["#
    + casedRanges.split(separator: " ").map { range in
      range.split(separator: "-").map { "\\x{\($0)}" }.joined(separator: "-")
    }.joined() + "]+"

  private static let casedRanges = """
    41-5A 61-7A B5 C0-D6 D8-F6 F8-1BA 1BC-1BF 1C4-293 295-2AF 370-373 376 377 37B-37D 37F 386 \
    388-38A 38C 38E-3A1 3A3-3F5 3F7-481 48A-52F 531-556 10A0-10C5 13A0-13F5 13F8-13FD 1C90-1CBA \
    1CBD-1CBF 1D00-1D2B 1D6B-1D77 1D79-1D9A 1E00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D 1F50-1F57 1F59 \
    1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FBC 1FBE 1FC2-1FC4 1FC6-1FCC 1FD0-1FD3 1FD6-1FDB 1FE0-1FEC \
    1FF2-1FF4 1FF6-1FFC 2102 2107 210A-2113 2115 2119-211D 2124 2126 2128 212A-212D 212F-2134 2139 \
    213C-213F 2145-2149 214E 2183 2184 2C00-2C7B 2C7E-2CE4 2CEB-2CEE 2CF2 2CF3 A640-A66D A680-A69B \
    A722-A76F A771-A787 A78B-A78E AB70-ABBF FB00-FB06 FB13-FB17 FF21-FF3A FF41-FF5A 10400-1044F \
    104B0-104D3 104D8-104FB 10C80-10CB2 10CC0-10CF2 118A0-118DF 1E900-1E943
    """
}
