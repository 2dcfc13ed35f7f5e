// The special tokens of published vocabularies, in the order of their ids; see
// KnownVocabulary+Table.swift for where they come from.

/// `prefix`, each of `numbers`, `suffix`.
func numbered(_ prefix: String, _ numbers: Range<Int>, _ suffix: String) -> [String] {
  numbers.map { "\(prefix)\($0)\(suffix)" }
}

// MARK: OpenAI

func harmonySpecialTokens() -> [String] {
  let named = [
    "<|startoftext|>", "<|endoftext|>", "<|reserved_200000|>", "<|reserved_200001|>",
    "<|return|>", "<|constrain|>", "<|reserved_200004|>", "<|channel|>", "<|start|>", "<|end|>",
    "<|message|>", "<|reserved_200009|>", "<|reserved_200010|>", "<|reserved_200011|>",
    "<|call|>",
  ]
  return named + numbered("<|reserved_", 200013..<200018, "|>") + ["<|endofprompt|>"]
    + numbered("<|reserved_", 200019..<201088, "|>")
}

// MARK: Whisper

/// Whisper's tokens behind `start` ranks: marks, languages, tasks, and times up to 30 seconds.
func whisper(start: UInt32) -> SpecialTokenTable {
  SpecialTokenTable(
    start: start,
    texts: {
      ["<|endoftext|>", "<|startoftranscript|>"] + whisperLanguages.map { "<|\($0)|>" } + [
        "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>",
        "<|notimestamps|>",
      ] + (0...1500).map { "<|\($0 / 50).\($0 % 50 < 5 ? "0" : "")\($0 % 50 * 2)|>" }
    })
}

/// The 99 languages of all models but `large-v3` and later, which have one more (`yue`) and so other
/// ids behind them.
private let whisperLanguages = [
  "en", "zh", "de", "es", "ru", "ko", "fr", "ja", "pt", "tr", "pl", "ca", "nl", "ar", "sv", "it",
  "id", "hi", "fi", "vi", "he", "uk", "el", "ms", "cs", "ro", "da", "hu", "ta", "no", "th", "ur",
  "hr", "bg", "lt", "la", "mi", "ml", "cy", "sk", "te", "fa", "lv", "bn", "sr", "az", "sl", "kn",
  "et", "mk", "br", "eu", "is", "hy", "ne", "mn", "bs", "kk", "sq", "sw", "gl", "mr", "pa", "si",
  "km", "sn", "yo", "so", "af", "oc", "ka", "be", "tg", "sd", "gu", "am", "yi", "lo", "uz", "fo",
  "ht", "ps", "tk", "nn", "mt", "sa", "lb", "my", "bo", "tl", "mg", "as", "tt", "haw", "ln",
  "ha", "ba", "jw", "su",
]

// MARK: Llama

func llama3SpecialTokens() -> [String] {
  let named = [
    "<|begin_of_text|>", "<|end_of_text|>", "<|reserved_special_token_0|>",
    "<|reserved_special_token_1|>", "<|finetune_right_pad_id|>", "<|step_id|>",
    "<|start_header_id|>", "<|end_header_id|>", "<|eom_id|>", "<|eot_id|>", "<|python_tag|>",
    "<|image|>",
  ]
  return named + numbered("<|reserved_special_token_", 2..<246, "|>")
}

func llama4SpecialTokens() -> [String] {
  let text = [
    "<|header_start|>", "<|header_end|>", "<|eom|>", "<|eot|>", "<|step|>",
    "<|text_post_train_reserved_special_token_0|>",
    "<|text_post_train_reserved_special_token_1|>",
    "<|text_post_train_reserved_special_token_2|>",
    "<|text_post_train_reserved_special_token_3|>",
    "<|text_post_train_reserved_special_token_4|>",
    "<|text_post_train_reserved_special_token_5|>", "<|python_start|>", "<|python_end|>",
    "<|finetune_right_pad|>",
  ]
  let vision = [
    "<|image_start|>", "<|image_end|>", "<|vision_reserved_special_token_0|>",
    "<|vision_reserved_special_token_1|>", "<|tile_x_separator|>", "<|tile_y_separator|>",
    "<|vision_reserved_special_token_2|>", "<|vision_reserved_special_token_3|>",
    "<|vision_reserved_special_token_4|>", "<|vision_reserved_special_token_5|>", "<|image|>",
    "<|vision_reserved_special_token_6|>", "<|patch|>",
  ]
  var all = [
    "<|begin_of_text|>", "<|end_of_text|>", "<|fim_prefix|>", "<|fim_middle|>", "<|fim_suffix|>",
  ]
  all += text + numbered("<|text_post_train_reserved_special_token_", 8..<69, "|>")
  all += vision + numbered("<|vision_reserved_special_token_", 7..<1048, "|>")
  all += numbered("<|reasoning_reserved_special_token_", 0..<8, "|>")
  all += ["<|reasoning_thinking_start|>", "<|reasoning_thinking_end|>"]
  return all + numbered("<|reserved_special_token_", 0..<2048 - all.count, "|>")
}

// MARK: Qwen

let qwenControls = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]

/// What stands behind the controls: 19 of them in Qwen 2.5, 23 in Qwen 3, all in Qwen 3.5.
let qwenMarks = [
  "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>", "<|box_end|>", "<|quad_start|>",
  "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>",
  "<|video_pad|>", "<tool_call>", "</tool_call>", "<|fim_prefix|>", "<|fim_middle|>",
  "<|fim_suffix|>", "<|fim_pad|>", "<|repo_name|>", "<|file_sep|>", "<tool_response>",
  "</tool_response>", "<think>", "</think>", "<|audio_start|>", "<|audio_end|>", "<tts_pad>",
  "<tts_text_bos>", "<tts_text_eod>", "<tts_text_bos_single>", "<|audio_pad|>",
]

// MARK: Kimi

func kimiK2SpecialTokens() -> [String] {
  let named: [Int: String] = [
    0: "[BOS]", 1: "[EOS]", 2: "<|im_end|>", 3: "<|im_user|>", 4: "<|im_assistant|>",
    6: "<|start_header_id|>", 7: "<|end_header_id|>", 9: "[EOT]", 10: "<|im_system|>",
    11: "<|tool_calls_section_begin|>", 12: "<|tool_calls_section_end|>",
    13: "<|tool_call_begin|>", 14: "<|tool_call_argument_begin|>", 15: "<|tool_call_end|>",
    17: "<|im_middle|>", 254: "[UNK]", 255: "[PAD]",
  ]
  return (0..<256).map { named[$0] ?? "<|reserved_token_\(163584 + $0)|>" }
}
