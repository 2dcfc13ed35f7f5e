// One import for text: everything a program needs to turn text into tokens and back.
@_exported public import SplitPatterns
@_exported public import Tokenization
@_exported public import TokenizerFormats
@_exported public import UnicodeText
