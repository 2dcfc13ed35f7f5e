"""Normalizers: what changes a text before it is split."""

from __future__ import annotations

import base64
from collections.abc import Sequence as Sequence2
from typing import Any, NoReturn

from . import _native_parts
from ._component import Component, Field, Several, objects_of
from ._patterns import Pattern, Regex, pattern_object


class Normalizer(Component):
    """The base of all normalizers."""

    def normalize_str(self, sequence: str) -> str:
        """The text as it is after normalization."""
        return _native_parts.normalized(self._json, sequence)

    def normalize(self, normalized: Any) -> NoReturn:
        raise NotImplementedError("NormalizedString is not there: use normalize_str()")

    @staticmethod
    def custom(obj: Any) -> NoReturn:
        raise NotImplementedError("Normalizer.custom: libtok has no normalizers written in Python")


class BertNormalizer(Normalizer):
    clean_text = Field(True)
    handle_chinese_chars = Field(True)
    strip_accents: Field[bool | None] = Field(None)
    lowercase = Field(True)

    def __init__(
        self,
        clean_text: bool = True,
        handle_chinese_chars: bool = True,
        strip_accents: bool | None = None,
        lowercase: bool = True,
    ) -> None:
        self._set(
            clean_text=clean_text,
            handle_chinese_chars=handle_chinese_chars,
            strip_accents=strip_accents,
            lowercase=lowercase,
        )


class ByteLevel(Normalizer):
    def __init__(self) -> None:
        self._set()


class Lowercase(Normalizer):
    def __init__(self) -> None:
        self._set()


class NFC(Normalizer):
    def __init__(self) -> None:
        self._set()


class NFD(Normalizer):
    def __init__(self) -> None:
        self._set()


class NFKC(Normalizer):
    def __init__(self) -> None:
        self._set()


class NFKD(Normalizer):
    def __init__(self) -> None:
        self._set()


class Nmt(Normalizer):
    def __init__(self) -> None:
        self._set()


class Precompiled(Normalizer):
    """The table of a SentencePiece model."""

    precompiled_charsmap = Field("")

    def __init__(self, precompiled_charsmap: Sequence2[int]) -> None:
        self._set(precompiled_charsmap=base64.b64encode(bytes(precompiled_charsmap)).decode())


class Prepend(Normalizer):
    prepend = Field("▁")

    def __init__(self, prepend: str = "▁") -> None:
        self._set(prepend=prepend)


class Replace(Normalizer):
    _pattern: Field[dict[str, str]] = Field({"String": ""}, "pattern")
    pattern = Pattern()
    content = Field("")

    def __init__(self, pattern: str | Regex, content: str) -> None:
        self._set(pattern=pattern_object(pattern), content=content)


class Sequence(Several, Normalizer):
    _list = "normalizers"
    _normalizers: Field[list[dict[str, Any]]] = Field([], "normalizers")

    def __init__(self, normalizers: list[Normalizer]) -> None:
        self._set(normalizers=objects_of(normalizers))


class Strip(Normalizer):
    left = Field(True, "strip_left")
    right = Field(True, "strip_right")

    def __init__(self, left: bool = True, right: bool = True) -> None:
        self._set(strip_left=left, strip_right=right)


class StripAccents(Normalizer):
    def __init__(self) -> None:
        self._set()


def unicode_normalizer_from_str(normalizer: str) -> Normalizer:
    """The normalizer of a Unicode form: nfc, nfd, nfkc or nfkd."""
    forms: dict[str, type[NFC] | type[NFD] | type[NFKC] | type[NFKD]] = {
        "nfc": NFC,
        "nfd": NFD,
        "nfkc": NFKC,
        "nfkd": NFKD,
    }
    if normalizer not in forms:
        raise ValueError(f"{normalizer!r} is none of {', '.join(forms)}")
    return forms[normalizer]()
