"""Makes the original's encodings of what libtok gives."""

from __future__ import annotations

from typing import Any

from ..._encodings import EncodedText
from ._encoding import Encoding
from ._inputs import Input
from ._loaded import Loaded


def encoding_of(
    encoded: EncodedText, texts: Input, loaded: Loaded, options: dict[str, Any]
) -> Encoding:
    """The encoding of a text, or two, of what encode_texts() gave with these options."""
    first, *others = [
        _part(part, number, texts, loaded, options)
        for number, part in enumerate([encoded, *encoded.overflow])
    ]
    first.overflowing = others
    return first


def _part(
    part: EncodedText, number: int, texts: Input, loaded: Loaded, options: dict[str, Any]
) -> Encoding:
    encoding = Encoding()
    encoding.ids = part.ids.tolist()
    encoding.type_ids = part.type_ids.tolist()
    encoding.special_tokens_mask = part.special_mask.tolist()
    encoding.attention_mask = part.attention_mask.tolist()
    encoding._ranges = loaded.sequence_ranges(part, 1 if texts[1] is None else 2)
    if part.starts is None or part.ends is None or part.words is None:
        encoding.offsets = [(0, 0)] * len(part)
        encoding.word_ids = [None] * len(part)
        encoding.tokens = loaded.spelled_template(part)
        encoding.type_ids = loaded.fast_type_ids(part)
        return encoding
    encoding.offsets = loaded.offsets(part)
    encoding.word_ids = [None if word < 0 else word for word in part.words.tolist()]
    encoding._tokens = lambda: loaded.spelled(part, number, texts, options)
    return encoding
