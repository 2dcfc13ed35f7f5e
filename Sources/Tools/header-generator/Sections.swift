/// The files of `Sources/TokABI` in the order of the header, each with what stands above its functions.
///
/// A file with an `@c` declaration that is not here is an error, and so is a file that is not there.
let sections = [
  ("Version", "The library"), ("Status", "The library"), ("Errors", "Errors"),
  ("Bytes", "Bytes"), ("Loading", "Tokenizers"), ("AddedTokens", "Tokenizers"),
  ("Writing", "Tokenizers"), ("Inspection", "Tokenizers"), ("Vocabulary", "Vocabularies"),
  ("Contexts", "Encoding"), ("Encoding", "Encoding"), ("Batches", "Many texts"),
  ("Encodings", "Texts as models take them"), ("Sampling", "Encodings by chance and others"),
  ("Decoding", "Decoding"), ("Streaming", "Texts and ids that come in parts"),
  ("GrowingTexts", "Texts and ids that come in parts"), ("Chat", "Chat templates"),
  ("Trainers", "Training"),
  ("Smaller", "Smaller vocabularies"),
]
