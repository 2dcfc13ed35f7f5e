"""Puts special tokens around encodings that are there already.

libtok puts them around texts. So it is given texts of as many words as the encodings have tokens, in a
vocabulary in which every word is one token; where these come to stand, the tokens do.
"""

from __future__ import annotations

import json
from typing import Any

from ..._encodings import EncodedText
from ..._tokenizer import Tokenizer, load_bytes
from ._encoding import _LISTS, Encoding
from ._lengths import Truncation
from ._loaded import steps_of, template_tokens


def added_count(processor: dict[str, Any], is_pair: bool) -> int:
    """How many tokens a post-processor puts around one text, or two."""
    (encoded,) = _tokenizer(processor, 1).encode_texts([[]], [[]] if is_pair else None)
    return len(encoded)


def processed(
    processor: dict[str, Any] | None,
    encoding: Encoding,
    pair: Encoding | None,
    add_special_tokens: bool,
    truncation: Truncation | None = None,
) -> Encoding:
    """One or two encodings cut and with special tokens around them."""
    encodings = [encoding] if pair is None else [encoding, pair]
    count = max(map(len, encodings))
    texts = [[f"w{number}" for number in range(len(one))] for one in encodings]
    (encoded,) = _tokenizer(processor, count).encode_texts(
        texts[:1],
        texts[1:] or None,
        template=add_special_tokens,
        **(truncation.options() if truncation else {}),
    )
    names = template_tokens(processor)
    layouts = [encoded, *encoded.overflow]
    parts = [_placed(layout, encodings, names) for layout in layouts]
    if processor is not None:
        for part, layout in zip(parts, layouts):
            part.type_ids = layout.type_ids.tolist()
    for step in steps_of(processor):
        if step.get("trim_offsets"):
            for part in parts:
                _trim(part, step["add_prefix_space"])
    if processor is None and pair is None:
        # What was said of which text the tokens are of stays, as long as nothing is cut.
        for part in parts:
            part._ranges = dict(encoding._ranges) if len(part) == len(encoding) else {}
    first, *others = parts
    first.overflowing = others
    return first


def _first_word(names: dict[int, str]) -> int:
    """The id of w0."""
    return max(names, default=-1) + 1


def _placed(part: EncodedText, encodings: list[Encoding], names: dict[int, str]) -> Encoding:
    """The tokens of encodings, where the words stand for them."""
    placed = Encoding()
    first = _first_word(names)
    for index, (id, number) in enumerate(zip(part.ids.tolist(), part.texts.tolist())):
        if number < 0:
            row: dict[str, Any] = {
                "ids": id,
                "type_ids": 0,
                "tokens": names[id],
                "word_ids": None,
                "offsets": (0, 0),
                "special_tokens_mask": 1,
                "attention_mask": 1,
            }
        else:
            row = {name: getattr(encodings[number], name)[id - first] for name in _LISTS}
            start, _ = placed._ranges.get(number, (index, index))
            placed._ranges[number] = (start, index + 1)
        for name in _LISTS:
            getattr(placed, name).append(row[name])
    for number in range(len(encodings)):
        placed._ranges.setdefault(number, (0, 0))
    return placed


def _trim(encoding: Encoding, has_prefix: bool) -> None:
    """Takes the white space at the ends of tokens out of their ranges. One space before the first token is
    left, where it `has_prefix`: it may be one that the text does not have.
    """
    for first, last in encoding._ranges.values():
        for index in range(first, last):
            token = encoding.tokens[index].replace("Ġ", " ")
            start, end = encoding.offsets[index]
            before, behind = (len(token) - len(rest) for rest in (token.lstrip(), token.rstrip()))
            if not (before == 1 and has_prefix and (index == first or start == 0)):
                start = min(start + before, end)
            if behind <= end:
                end = max(end - behind, start)
            encoding.offsets[index] = (start, end)


def _tokenizer(processor: dict[str, Any] | None, count: int) -> Tokenizer:
    """A tokenizer of the words w0, w1 and so on, whose ids are behind those of the special tokens."""
    names = template_tokens(processor)
    first = _first_word(names)
    vocabulary = {f"t{id}": id for id in names}
    vocabulary.update((f"w{number}", first + number) for number in range(max(count, 1)))
    model = {"type": "WordLevel", "vocab": vocabulary, "unk_token": "w0"}
    described: dict[str, Any] = {
        "version": "1.0",
        "added_tokens": [],
        "post_processor": processor,
        "model": model,
    }
    return load_bytes(json.dumps(described).encode())
