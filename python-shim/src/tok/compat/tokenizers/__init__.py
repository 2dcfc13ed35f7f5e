"""Stands in for tokenizers: `from tok.compat import tokenizers`.

The classes, methods and defaults are those of tokenizers 0.23; libtok does the work. install() puts the module
in the place of the package, so that transformers works with it. What libtok cannot do is a
NotImplementedError that names it: parts written in Python, NormalizedString and PreTokenizedString, and the
training of Unigram and of parity-aware models.
"""

from __future__ import annotations

import importlib
import sys
from enum import Enum

from . import decoders, models, normalizers, pre_tokenizers, processors, trainers
from ._added_token import AddedToken
from ._encoding import Encoding
from ._patterns import Regex
from ._tokenizer import Tokenizer
from .implementations import (
    BertWordPieceTokenizer,
    ByteLevelBPETokenizer,
    CharBPETokenizer,
    SentencePieceBPETokenizer,
    SentencePieceUnigramTokenizer,
)
from .models import Token

__version__ = "0.23.3"
"""The version of the package that this stands in for."""

Offsets = tuple[int, int]
TextInputSequence = str
PreTokenizedInputSequence = list[str] | tuple[str, ...]
TextEncodeInput = (
    TextInputSequence | tuple[TextInputSequence, TextInputSequence] | list[TextInputSequence]
)
PreTokenizedEncodeInput = (
    PreTokenizedInputSequence
    | tuple[PreTokenizedInputSequence, PreTokenizedInputSequence]
    | list[PreTokenizedInputSequence]
)
InputSequence = TextInputSequence | PreTokenizedInputSequence
EncodeInput = TextEncodeInput | PreTokenizedEncodeInput


class OffsetReferential(Enum):
    ORIGINAL = "original"
    NORMALIZED = "normalized"


class OffsetType(Enum):
    BYTE = "byte"
    CHAR = "char"


class SplitDelimiterBehavior(Enum):
    REMOVED = "removed"
    ISOLATED = "isolated"
    MERGED_WITH_PREVIOUS = "merged_with_previous"
    MERGED_WITH_NEXT = "merged_with_next"
    CONTIGUOUS = "contiguous"


class NormalizedString:
    """Not there: see Normalizer.normalize_str()."""

    def __init__(self, sequence: str) -> None:
        raise NotImplementedError("NormalizedString: use normalize_str() of a normalizer")


class PreTokenizedString:
    """Not there: see PreTokenizer.pre_tokenize_str()."""

    def __init__(self, s: str) -> None:
        raise NotImplementedError("PreTokenizedString: use pre_tokenize_str() of a pre-tokenizer")


_MODULES = (
    "decoders",
    "implementations",
    "models",
    "normalizers",
    "pre_tokenizers",
    "processors",
    "trainers",
)


def install() -> None:
    """Makes this module what `import tokenizers` gives from now on, in all of this process. To be called
    before transformers is imported; RuntimeError if tokenizers itself was imported already.
    """
    present = sys.modules.get("tokenizers")
    if present is not None and present is not sys.modules[__name__]:
        raise RuntimeError("tokenizers was imported already: call install() before that")
    sys.modules["tokenizers"] = sys.modules[__name__]
    for name in _MODULES:
        sys.modules[f"tokenizers.{name}"] = importlib.import_module(f".{name}", __name__)


__all__ = [
    "AddedToken",
    "BertWordPieceTokenizer",
    "ByteLevelBPETokenizer",
    "CharBPETokenizer",
    "EncodeInput",
    "Encoding",
    "InputSequence",
    "NormalizedString",
    "OffsetReferential",
    "OffsetType",
    "Offsets",
    "PreTokenizedEncodeInput",
    "PreTokenizedInputSequence",
    "PreTokenizedString",
    "Regex",
    "SentencePieceBPETokenizer",
    "SentencePieceUnigramTokenizer",
    "SplitDelimiterBehavior",
    "TextEncodeInput",
    "TextInputSequence",
    "Token",
    "Tokenizer",
    "__version__",
    "decoders",
    "install",
    "models",
    "normalizers",
    "pre_tokenizers",
    "processors",
    "trainers",
]
