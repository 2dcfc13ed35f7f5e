"""Decoders: what makes a text of tokens."""

from __future__ import annotations

from collections.abc import Sequence as Sequence2
from typing import TYPE_CHECKING, Any, NoReturn

from . import _native_parts
from ._component import Component, Field, Several, objects_of, one_character
from ._patterns import Regex, pattern_object
from .pre_tokenizers import read_metaspace, scheme

if TYPE_CHECKING:
    from ._tokenizer import Tokenizer


class Decoder(Component):
    """The base of all decoders."""

    def decode(self, tokens: Sequence2[str]) -> str:
        """The text of tokens."""
        return _native_parts.joined(self._json, tokens)

    @staticmethod
    def custom(decoder: Any) -> NoReturn:
        raise NotImplementedError("Decoder.custom: libtok has no decoders written in Python")


class BPEDecoder(Decoder):
    suffix = Field("</w>")

    def __init__(self, suffix: str = "</w>") -> None:
        self._set(suffix=suffix)


class ByteFallback(Decoder):
    def __init__(self) -> None:
        self._set()


class ByteLevel(Decoder):
    _add_prefix_space = Field(True, "add_prefix_space")
    _trim_offsets = Field(True, "trim_offsets")
    _use_regex = Field(True, "use_regex")

    def __init__(self, **_: Any) -> None:
        self._set()


class CTC(Decoder):
    pad_token = Field("<pad>")
    word_delimiter_token = Field("|")
    cleanup = Field(True)

    def __init__(
        self, pad_token: str = "<pad>", word_delimiter_token: str = "|", cleanup: bool = True
    ) -> None:
        self._set(pad_token=pad_token, word_delimiter_token=word_delimiter_token, cleanup=cleanup)


class Fuse(Decoder):
    def __init__(self) -> None:
        self._set()


class Metaspace(Decoder):
    replacement = Field("▁")
    prepend_scheme = Field("always")
    split = Field(True)

    def __init__(
        self, replacement: str = "▁", prepend_scheme: str = "always", split: bool = True
    ) -> None:
        self._set(
            replacement=one_character(replacement),
            prepend_scheme=scheme(prepend_scheme),
            split=split,
        )

    @classmethod
    def _read(cls, described: dict[str, Any]) -> None:
        read_metaspace(described)


class Replace(Decoder):
    _pattern: Field[dict[str, str]] = Field({"String": ""}, "pattern")
    _content = Field("", "content")

    def __init__(self, pattern: str | Regex, content: str) -> None:
        self._set(pattern=pattern_object(pattern), content=content)


class Sequence(Several, Decoder):
    _list = "decoders"
    _decoders: Field[list[dict[str, Any]]] = Field([], "decoders")

    def __init__(self, decoders: list[Decoder]) -> None:
        self._set(decoders=objects_of(decoders))


class Strip(Decoder):
    content = Field(" ")
    start = Field(0)
    stop = Field(0)

    def __init__(self, content: str = " ", left: int = 0, right: int = 0) -> None:
        self._set(content=one_character(content), start=left, stop=right)


class WordPiece(Decoder):
    prefix = Field("##")
    cleanup = Field(True)

    def __init__(self, prefix: str = "##", cleanup: bool = True) -> None:
        self._set(prefix=prefix, cleanup=cleanup)


class DecodeStream:
    """Gives the text of ids that come one after another, or some at once, as soon as it is whole
    characters.

    As in the original, a step decodes the ids that the last text came of once more, so that what a decoder
    does at the beginning of a text is done only there.
    """

    def __init__(
        self, ids: Sequence2[int] | None = None, skip_special_tokens: bool | None = False
    ) -> None:
        self._skip = bool(skip_special_tokens)
        self._ids = list(ids or [])
        self._prefix = ""
        self._prefix_count = 0

    def step(self, tokenizer: Tokenizer, id: int | Sequence2[int]) -> str | None:
        """The text that these ids complete; None if they complete none."""
        if not self._prefix and self._ids:
            prefix = tokenizer.decode(self._ids, self._skip)
            if not prefix.endswith("�"):
                self._prefix, self._prefix_count = prefix, len(self._ids)
        self._ids += [id] if isinstance(id, int) else id
        text = tokenizer.decode(self._ids, self._skip)
        if len(text.encode()) <= len(self._prefix.encode()) or text.endswith("�"):
            return None
        if not text.startswith(self._prefix):
            raise ValueError(
                f"Invalid prefix encountered while decoding stream. Token ID: {self._ids[-1]},"
                f" Expected prefix: '{self._prefix}', Actual string: '{text}'"
            )
        found = text[len(self._prefix) :]
        count = len(self._ids) - self._prefix_count
        self._ids = self._ids[self._prefix_count :]
        self._prefix = tokenizer.decode(self._ids, self._skip)
        self._prefix_count = count
        return found

    def __copy__(self) -> DecodeStream:
        copy = DecodeStream(self._ids, self._skip)
        copy._prefix, copy._prefix_count = self._prefix, self._prefix_count
        return copy

    def __deepcopy__(self, memo: dict[int, Any]) -> DecodeStream:
        return self.__copy__()
