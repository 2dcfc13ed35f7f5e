"""What may be encoded: a text, a pair of texts, words instead of texts, and many of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

# A text, or one that was split into words by someone else.
Text = str | list[str]
Input = tuple[Text, Text | None]


def text_of(value: Any, is_pretokenized: bool) -> Text:
    """A text, or a list of words."""
    if not is_pretokenized:
        if not isinstance(value, str):
            raise TypeError("TextInputSequence must be str")
        return value
    words = _words(value)
    if words is None:
        raise TypeError("PreTokenizedInputSequence must be Union[List[str], Tuple[str]]")
    return words


def inputs_of(values: Any, is_pretokenized: bool) -> list[Input]:
    """The texts of a batch, each alone or with its pair."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(f"a list of inputs is wanted, not {type(values).__name__}")
    return [_input(value, is_pretokenized) for value in values]


def _input(value: Any, is_pretokenized: bool) -> Input:
    if isinstance(value, str) if not is_pretokenized else _words(value) is not None:
        return text_of(value, is_pretokenized), None
    if isinstance(value, (list, tuple, np.ndarray)) and len(value) == 2:
        first, second = value
        return text_of(first, is_pretokenized), text_of(second, is_pretokenized)
    name = "PreTokenizedInputSequence" if is_pretokenized else "TextInputSequence"
    kind = "PreTokenizedEncodeInput" if is_pretokenized else "TextEncodeInput"
    raise TypeError(f"{kind} must be Union[{name}, Tuple[{name}, {name}]]")


def _words(value: Any) -> list[str] | None:
    if isinstance(value, np.ndarray) and value.ndim == 1:
        value = value.tolist()
    if not isinstance(value, (list, tuple)) or not all(isinstance(word, str) for word in value):
        return None
    return list(value)
