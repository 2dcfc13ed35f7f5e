"""What the end of a text may become when the text goes on, as tiktoken finds it.

The tokens of the last word are not sure, nor are those of white space before it. They become any token that
begins with their bytes; and at each place within these bytes, any token that begins with what stands there
may begin, and makes other tokens of the bytes before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._encoding import Encoding


def divided(encoding: Encoding, ids: list[int], last_text: str) -> tuple[list[int], bytes]:
    """The ids that stay, and the bytes of the others. `last_text` is what stands behind the last special
    token.
    """
    count = _last_word_count(encoding, last_text)
    if count and _is_space(encoding, ids[-count]):
        while count < len(ids) and _is_space(encoding, ids[-count - 1]):
            count += 1
    first = len(ids) - count
    return ids[:first], encoding.decode_bytes(ids[first:])


def completions(
    encoding: Encoding, ids: list[int], last_text: str
) -> tuple[list[int], list[list[int]]]:
    """The ids that stay, and what the others may become, each once."""
    stable, rest = divided(encoding, ids, last_text)
    found: set[tuple[int, ...]] = {
        (encoding.encode_single_token(token),) for token in _tokens_with(encoding, rest)
    }
    for place in range(1, len(rest)):
        for token in _tokens_with(encoding, rest[place:]):
            found.add(_as_long_as(encoding, rest[:place] + token, len(rest)))
    if rest:
        # White space at the end may be split off by what comes behind it.
        text = rest.decode("utf-8", "ignore")
        last = text[-1:].encode()
        if text[-1:].isspace() and rest.endswith(last) and len(rest) > len(last):
            parts = rest[: -len(last)], last
            found.add(tuple(id for part in parts for id in encoding._encode_single_piece(part)))
    return stable, [list(sequence) for sequence in found]


def _last_word_count(encoding: Encoding, text: str) -> int:
    """How many tokens the last word has."""
    (encoded,) = encoding._tokenizer.encode_texts([text])
    words = encoded.words
    return int((words == words[-1]).sum()) if words is not None and len(words) else 0


def _is_space(encoding: Encoding, id: int) -> bool:
    return not encoding.decode_single_token_bytes(id).strip(b" \n\t")


def _tokens_with(encoding: Encoding, beginning: bytes) -> Iterator[bytes]:
    """The tokens that begin with some bytes, if there are any."""
    tokens = encoding._sorted_tokens
    for index in range(bisect_left(tokens, beginning), len(tokens)) if beginning else ():
        if not tokens[index].startswith(beginning):
            return
        yield tokens[index]


def _as_long_as(encoding: Encoding, text: bytes, length: int) -> tuple[int, ...]:
    """The first tokens of a text, as many as reach a length."""
    try:
        ids = encoding.encode_ordinary(text.decode())
    except UnicodeDecodeError:
        ids = encoding._encode_single_piece(text)
    reached = 0
    for count, id in enumerate(ids, 1):
        reached += len(encoding.decode_single_token_bytes(id))
        if reached >= length:
            return tuple(ids[:count])
    return tuple(ids)
