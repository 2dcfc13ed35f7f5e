"""Asks libtok what one part of a tokenizer does, by a small tokenizer that has only this part.

Its model is byte-pair encoding without merges, whose tokens are the 256 bytes with their values as ids:
what it encodes is the normalized text, word by word.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ..._tokenizer import Tokenizer, load_bytes

_BYTE_IDS = {
    "type": "BPE",
    "byte_fallback": True,
    "vocab": {f"<0x{byte:02X}>": byte for byte in range(256)},
    "merges": [],
}


class Word(NamedTuple):
    """A word of a text as the model gets it, with the characters of the text that it stands for."""

    text: str
    start: int
    end: int


def normalized(normalizer: dict[str, Any], text: str) -> str:
    """A text as a normalizer leaves it."""
    return bytes(_byte_tokenizer(_key(normalizer=normalizer)).encode_list(text)).decode()


def words(pre_tokenizer: dict[str, Any], text: str) -> list[Word]:
    """The words into which a pre-tokenizer splits a text."""
    return list(all_words([text], [], pre_tokenizer=pre_tokenizer))


def all_words(
    texts: Sequence[str], added: Sequence[dict[str, Any]], **parts: Any
) -> Iterator[Word]:
    """The words of many texts, by the parts of a tokenizer but its model. An added token is a word."""
    for encoded in _tokenizer(added, parts).encode_texts(texts, special="parse", template=False):
        assert encoded.starts is not None and encoded.ends is not None and encoded.words is not None
        starts, ends, ids = encoded.starts, encoded.ends, encoded.ids.tolist()
        borders = [0, *((encoded.words[1:] != encoded.words[:-1]).nonzero()[0] + 1).tolist()]
        for first, end in zip(borders, [*borders[1:], len(ids)]):
            if first == end:
                continue
            if ids[first] < 256:
                text = bytes(ids[first:end]).decode()
            else:
                text = added[ids[first] - 256]["content"]
            yield Word(text, int(starts[first:end].min()), int(ends[first:end].max()))


def piece(
    text: str | list[str],
    start: int,
    end: int,
    word: int,
    added: Sequence[dict[str, Any]],
    **parts: Any,
) -> str:
    """What the model gets of the characters from `start` to `end` of a text, or of a word of one that was split
    already, by the parts of a tokenizer but its model.
    """
    (encoded,) = _tokenizer(added, parts).encode_texts([text], special="parse", template=False)
    assert encoded.starts is not None and encoded.ends is not None and encoded.words is not None
    inside = (encoded.starts >= start) & (encoded.ends <= end) & (encoded.ids < 256)
    inside &= encoded.starts < encoded.ends
    if not isinstance(text, str):
        inside &= encoded.words == word
    return bytes(encoded.ids[inside].tolist()).decode(errors="replace")


def joined(decoder: dict[str, Any] | None, tokens: Sequence[str]) -> str:
    """What a decoder makes of tokens."""
    vocabulary = {token: id for id, token in enumerate(dict.fromkeys(tokens))}
    model = {"type": "BPE", "vocab": vocabulary, "merges": []}
    tokenizer = load_bytes(_key(model=model, decoder=decoder).encode())
    return tokenizer.decode([vocabulary[token] for token in tokens], special=True)


def _tokenizer(added: Sequence[dict[str, Any]], parts: dict[str, Any]) -> Tokenizer:
    """The tokenizer of bytes, with added tokens behind them."""
    rows = [{**token, "id": 256 + index} for index, token in enumerate(added)]
    return _byte_tokenizer(_key(added_tokens=rows, **parts))


def _key(**parts: Any) -> str:
    return json.dumps({"version": "1.0", "added_tokens": [], "model": _BYTE_IDS, **parts})


@functools.lru_cache(maxsize=64)
def _byte_tokenizer(described: str) -> Tokenizer:
    return load_bytes(described.encode())
