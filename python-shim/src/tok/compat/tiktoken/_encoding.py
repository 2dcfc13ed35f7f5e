"""A byte-level BPE with the methods and defaults of tiktoken's."""

from __future__ import annotations

import base64
import functools
import re
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Literal, NoReturn

import numpy as np

from ... import _native
from ..._tokenizer import Tokenizer, load_bytes
from . import _unstable

_ALL: Literal["all"] = "all"


class Encoding:
    """A byte-level BPE as tiktoken has it."""

    def __init__(
        self,
        name: str,
        *,
        pat_str: str,
        mergeable_ranks: dict[bytes, int],
        special_tokens: dict[str, int],
        explicit_n_vocab: int | None = None,
    ) -> None:
        tokenizer = load_bytes(
            _file(mergeable_ranks), pattern=pat_str, special_tokens=special_tokens
        )
        self._set(name, tokenizer, special_tokens)
        self._arguments: dict[str, Any] | None = {
            "name": name,
            "pat_str": pat_str,
            "mergeable_ranks": mergeable_ranks,
            "special_tokens": special_tokens,
        }
        if explicit_n_vocab is not None:
            found = len(mergeable_ranks) + len(special_tokens)
            if found != explicit_n_vocab or self.max_token_value != explicit_n_vocab - 1:
                raise ValueError(f"{found} tokens, and {explicit_n_vocab} are to be there")

    def _set(self, name: str, tokenizer: Tokenizer, special_tokens: dict[str, int]) -> None:
        self.name = name
        self._tokenizer = tokenizer
        self._special_tokens = special_tokens
        self._special_ids = frozenset(special_tokens.values())
        self.max_token_value = tokenizer.id_count - 1

    @classmethod
    def _of(cls, name: str, tokenizer: Tokenizer) -> Encoding:
        encoding = cls.__new__(cls)
        special = {
            token.text: token.id
            for token in tokenizer.added_tokens
            if token.special and token.id is not None
        }
        encoding._set(name, tokenizer, special)
        encoding._arguments = None
        return encoding

    def __repr__(self) -> str:
        return f"<Encoding {self.name!r}>"

    # -- encoding

    def encode_ordinary(self, text: str) -> list[int]:
        """The ids of a text in which there are no special tokens."""
        try:
            return self._tokenizer.encode_list(text)
        except UnicodeEncodeError:
            return self._tokenizer.encode_list(_without_surrogates(text))

    def encode(
        self,
        text: str,
        *,
        allowed_special: Literal["all"] | AbstractSet[str] = frozenset(),
        disallowed_special: Literal["all"] | Collection[str] = _ALL,
    ) -> list[int]:
        """The ids of a text, in which the allowed special tokens are tokens and the disallowed ones errors."""
        allowed = self._checked(text, allowed_special, disallowed_special)
        if not allowed:
            return self.encode_ordinary(text)
        if allowed == self._special_tokens.keys() and len(allowed) == len(self._special_ids):
            try:
                return self._tokenizer.encode_list(text, "parse")
            except UnicodeEncodeError:
                return self._tokenizer.encode_list(_without_surrogates(text), "parse")
        ids: list[int] = []
        for index, part in enumerate(_special_pattern(allowed).split(text)):
            # Every other part is a special token.
            ids += [self._special_tokens[part]] if index % 2 else self.encode_ordinary(part)
        return ids

    def _checked(
        self,
        text: str,
        allowed: Literal["all"] | AbstractSet[str],
        disallowed: Literal["all"] | Collection[str],
    ) -> frozenset[str]:
        """The special tokens that are tokens; raises ValueError where a disallowed one stands."""
        every = self._special_tokens.keys()
        allowed = frozenset(every if isinstance(allowed, str) else allowed)
        refused = frozenset(every - allowed if isinstance(disallowed, str) else disallowed)
        if refused:
            found = _special_pattern(refused).search(text)
            if found:
                _refuse(found.group())
        return frozenset(allowed & every)

    def encode_to_numpy(
        self,
        text: str,
        *,
        allowed_special: Literal["all"] | AbstractSet[str] = frozenset(),
        disallowed_special: Literal["all"] | Collection[str] = _ALL,
    ) -> np.ndarray:
        """The same as an array of uint32."""
        allowed = self._checked(text, allowed_special, disallowed_special)
        if not allowed:
            try:
                return self._tokenizer.encode(text)
            except UnicodeEncodeError:
                return self._tokenizer.encode(_without_surrogates(text))
        ids = self.encode(text, allowed_special=allowed, disallowed_special=())
        return np.array(ids, dtype=np.uint32)

    def encode_with_unstable(
        self,
        text: str,
        *,
        allowed_special: Literal["all"] | AbstractSet[str] = frozenset(),
        disallowed_special: Literal["all"] | Collection[str] = _ALL,
    ) -> tuple[list[int], list[list[int]]]:
        """The ids of a text that will stay whatever comes behind it, and what the rest may become."""
        allowed = self._checked(text, allowed_special, disallowed_special)
        ids = self.encode(text, allowed_special=allowed, disallowed_special=())
        if allowed:
            text = _special_pattern(allowed).split(text)[-1]
        return _unstable.completions(self, ids, text)

    def encode_ordinary_batch(self, text: list[str], *, num_threads: int = 8) -> list[list[int]]:
        """The ids of each text, in which there are no special tokens."""
        try:
            return self._tokenizer.encode_batch(text, num_threads).tolist()
        except UnicodeEncodeError:
            return [self.encode_ordinary(one) for one in text]

    def encode_batch(
        self,
        text: list[str],
        *,
        num_threads: int = 8,
        allowed_special: Literal["all"] | AbstractSet[str] = frozenset(),
        disallowed_special: Literal["all"] | Collection[str] = _ALL,
    ) -> list[list[int]]:
        """The ids of each text; see encode()."""
        allowed: frozenset[str] = frozenset()
        for one in text:
            allowed = self._checked(one, allowed_special, disallowed_special)
        if not allowed:
            return self.encode_ordinary_batch(text, num_threads=num_threads)
        return [self.encode(one, allowed_special=allowed, disallowed_special=()) for one in text]

    def encode_single_token(self, text_or_bytes: str | bytes) -> int:
        """The id of a token, special or not; KeyError if there is none."""
        id = self._tokenizer.id_of(text_or_bytes)
        if id is None and isinstance(text_or_bytes, str):
            id = self._special_tokens.get(text_or_bytes)
        if id is None:
            raise KeyError(text_or_bytes)
        return id

    # -- decoding

    def decode_bytes(self, tokens: Sequence[int]) -> bytes:
        """The bytes of ids; KeyError for one without a token."""
        try:
            return self._tokenizer.decode_bytes(tokens, special=True)
        except _native.Error as error:
            if error.status == _UNKNOWN_ID:
                raise KeyError(error.message) from None
            raise

    def decode(self, tokens: Sequence[int], errors: str = "replace") -> str:
        """The text of ids; `errors` as for bytes.decode()."""
        return self.decode_bytes(tokens).decode("utf-8", errors)

    def decode_single_token_bytes(self, token: int) -> bytes:
        """The bytes of a token; KeyError if there is none."""
        found = self._tokenizer.bytes_of(token)
        if found is None:
            raise KeyError(token)
        return found

    def decode_tokens_bytes(self, tokens: Sequence[int]) -> list[bytes]:
        """The bytes of each token."""
        return [self.decode_single_token_bytes(token) for token in tokens]

    def decode_with_offsets(self, tokens: Sequence[int]) -> tuple[str, list[int]]:
        """The text, and the character with which each token begins, or in which."""
        whole = self.decode_tokens_bytes(tokens)
        offsets = []
        count = 0
        for piece in whole:
            begins_inside = bool(piece) and 0x80 <= piece[0] < 0xC0
            offsets.append(max(0, count - begins_inside))
            count += sum(1 for byte in piece if not 0x80 <= byte < 0xC0)
        return b"".join(whole).decode("utf-8", "strict"), offsets

    def decode_batch(
        self, batch: Sequence[Sequence[int]], *, errors: str = "replace", num_threads: int = 8
    ) -> list[str]:
        """The text of each list of ids."""
        return [self.decode(tokens, errors) for tokens in batch]

    def decode_bytes_batch(
        self, batch: Sequence[Sequence[int]], *, num_threads: int = 8
    ) -> list[bytes]:
        """The bytes of each list of ids."""
        return [self.decode_bytes(tokens) for tokens in batch]

    # -- the vocabulary

    def token_byte_values(self) -> list[bytes]:
        """The bytes of all tokens that are not special, in order."""
        return list(self._sorted_tokens)

    @functools.cached_property
    def _sorted_tokens(self) -> list[bytes]:
        return sorted(self._mergeable_ranks)

    @property
    def eot_token(self) -> int:
        return self._special_tokens["<|endoftext|>"]

    @functools.cached_property
    def special_tokens_set(self) -> set[str]:
        return set(self._special_tokens)

    def is_special_token(self, token: int) -> bool:
        return token in self._special_ids

    @property
    def n_vocab(self) -> int:
        return self.max_token_value + 1

    # -- what is not public, and others use all the same

    @functools.cached_property
    def _mergeable_ranks(self) -> dict[bytes, int]:
        ids = (id for id in range(self.max_token_value + 1) if id not in self._special_ids)
        found = ((self._tokenizer.bytes_of(id), id) for id in ids)
        return {token: id for token, id in found if token is not None}

    @functools.cached_property
    def _pat_str(self) -> str:
        """The pattern as libtok writes it, which reads both dialects."""
        step = self._tokenizer.inspect()["pipeline"]["pre_tokenizer"]
        for step in step.get("pretokenizers", [step]):
            if step["type"] == "Split":
                return str(step["pattern"]["Regex"])
        return _GPT2_PATTERN

    @functools.cached_property
    def _whole(self) -> Tokenizer:
        """The same merges without the splitting."""
        return load_bytes(_file(self._mergeable_ranks), pattern="(?s).+")

    def _encode_single_piece(self, text_or_bytes: str | bytes) -> list[int]:
        return self._whole.encode_list(text_or_bytes)

    def _encode_only_native_bpe(self, text: str) -> list[int]:
        return self.encode_ordinary(text)

    def _encode_bytes(self, text: bytes) -> list[int]:
        try:
            return self.encode_ordinary(text.decode())
        except UnicodeDecodeError as error:
            valid = text[: error.start].decode()
            ids = self.encode_ordinary(valid)
            stable, rest = _unstable.divided(self, ids, valid)
            return stable + self._encode_single_piece(rest + text[error.start :])

    def __reduce__(self) -> tuple[Any, ...]:
        if self._arguments is None:
            from ._names import get_encoding

            return get_encoding, (self.name,)
        return _made, (self._arguments,)


def _made(arguments: dict[str, Any]) -> Encoding:
    return Encoding(**arguments)


def _file(ranks: Mapping[bytes, int]) -> bytes:
    """The .tiktoken file of ranks."""
    rows = (base64.b64encode(token) + b" %d" % rank for token, rank in ranks.items())
    return b"\n".join(rows)


# What GPT-2 published; libtok has it built in.
_GPT2_PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


# TOK_E_UNKNOWN_ID
_UNKNOWN_ID = -17


def _without_surrogates(text: str) -> str:
    """Pairs of surrogates as the characters they mean, others as U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@functools.lru_cache(maxsize=128)
def _special_pattern(tokens: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(tokens, key=len, reverse=True)
    return re.compile("(" + "|".join(map(re.escape, longest_first)) + ")")


def _refuse(token: str) -> NoReturn:
    raise ValueError(
        f"the text has the disallowed special token {token!r}: put it into allowed_special for the"
        " token, or pass disallowed_special=() for plain text"
    )
