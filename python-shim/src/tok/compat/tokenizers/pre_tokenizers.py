"""Pre-tokenizers: what splits a text into words."""

from __future__ import annotations

from typing import Any, NoReturn

from . import _native_parts
from ._component import Component, Field, Several, objects_of, one_character
from ._patterns import Behavior, Pattern, Regex, behavior_name, pattern_object


class PreTokenizer(Component):
    """The base of all pre-tokenizers."""

    def pre_tokenize_str(self, s: str) -> list[tuple[str, tuple[int, int]]]:
        """The words of a text, as the model gets them, with the characters that they stand for."""
        return [(word.text, (word.start, word.end)) for word in _native_parts.words(self._json, s)]

    def pre_tokenize(self, pretok: Any) -> NoReturn:
        raise NotImplementedError("PreTokenizedString is not there: use pre_tokenize_str()")

    @staticmethod
    def custom(pretok: Any) -> NoReturn:
        raise NotImplementedError("PreTokenizer.custom: libtok has no splitters written in Python")


class BertPreTokenizer(PreTokenizer):
    def __init__(self) -> None:
        self._set()


class ByteLevel(PreTokenizer):
    add_prefix_space = Field(True)
    trim_offsets = Field(True)
    use_regex = Field(True)

    def __init__(
        self,
        add_prefix_space: bool = True,
        trim_offsets: bool = True,
        use_regex: bool = True,
        **_: Any,
    ) -> None:
        self._set(add_prefix_space=add_prefix_space, trim_offsets=trim_offsets, use_regex=use_regex)

    @staticmethod
    def alphabet() -> list[str]:
        """The characters that stand for the 256 bytes."""
        printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
        return [chr(code) for code in [*printable, *range(0x100, 0x200 - len(printable))]]


class CharDelimiterSplit(PreTokenizer):
    delimiter = Field(" ")

    def __init__(self, delimiter: str) -> None:
        self._set(delimiter=one_character(delimiter))


class Digits(PreTokenizer):
    individual_digits = Field(False)

    def __init__(self, individual_digits: bool = False) -> None:
        self._set(individual_digits=individual_digits)


class FixedLength(PreTokenizer):
    length = Field(5)

    def __init__(self, length: int = 5) -> None:
        self._set(length=length)


class Metaspace(PreTokenizer):
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


class Punctuation(PreTokenizer):
    _behavior = Field("Isolated", "behavior")
    behavior = Behavior()

    def __init__(self, behavior: str = "isolated") -> None:
        self._set(behavior=behavior_name(behavior))


class Sequence(Several, PreTokenizer):
    _list = "pretokenizers"
    _pretokenizers: Field[list[dict[str, Any]]] = Field([], "pretokenizers")

    def __init__(self, pre_tokenizers: list[PreTokenizer]) -> None:
        self._set(pretokenizers=objects_of(pre_tokenizers))


class Split(PreTokenizer):
    _pattern: Field[dict[str, str]] = Field({"String": ""}, "pattern")
    pattern = Pattern()
    _behavior = Field("Removed", "behavior")
    behavior = Behavior()
    invert = Field(False)

    def __init__(self, pattern: str | Regex, behavior: str, invert: bool = False) -> None:
        self._set(pattern=pattern_object(pattern), behavior=behavior_name(behavior), invert=invert)


class UnicodeScripts(PreTokenizer):
    def __init__(self) -> None:
        self._set()


class Whitespace(PreTokenizer):
    def __init__(self) -> None:
        self._set()


class WhitespaceSplit(PreTokenizer):
    def __init__(self) -> None:
        self._set()


def scheme(value: str) -> str:
    """Where Metaspace puts its character."""
    if value not in ("always", "first", "never"):
        raise ValueError(
            f"{value} is an unknown variant, should be one of ['first', 'never', 'always']"
        )
    return value


def read_metaspace(described: dict[str, Any]) -> None:
    """Brings Metaspace as older files have it into the present form."""
    if "prepend_scheme" not in described and "add_prefix_space" in described:
        described["prepend_scheme"] = "always" if described["add_prefix_space"] else "never"
