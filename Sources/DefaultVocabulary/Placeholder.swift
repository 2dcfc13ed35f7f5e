// DefaultVocabulary
