"""Text to tokens and back, exactly as the original tokenizers do.

    import tok

    tokenizer = tok.load("o200k_base")
    ids = tokenizer.encode("Hello, world")          # numpy array of uint32
    text = tokenizer.decode(ids)
    batch = tokenizer.encode_batch(texts, threads=4) # batch.ids, batch.offsets

Everything is done by the C library libtok; `tok.compat` has classes that stand in for those of other
packages.
"""

from __future__ import annotations

from ._chat import ChatTemplate
from ._encodings import EncodedBatch, EncodedText, ScoredEncodings, Tokens
from ._native import Error, StreamDecoder, StreamEncoder, use_icu
from ._tokenizer import AddedToken, Tokenizer, load, load_bytes, vocabularies
from ._training import (
    count_words,
    extend,
    train,
    train_boundless,
    train_bpe,
    train_lib,
    train_sentencepiece_bpe,
    train_superbpe,
    train_unigram,
    train_wordpiece,
)
from ._version import __version__

__all__ = [
    "AddedToken",
    "ChatTemplate",
    "EncodedBatch",
    "EncodedText",
    "Error",
    "ScoredEncodings",
    "StreamDecoder",
    "StreamEncoder",
    "Tokenizer",
    "Tokens",
    "__version__",
    "count_words",
    "extend",
    "load",
    "load_bytes",
    "train",
    "train_boundless",
    "train_bpe",
    "train_lib",
    "train_sentencepiece_bpe",
    "train_superbpe",
    "train_unigram",
    "train_wordpiece",
    "use_icu",
    "vocabularies",
]
