"""Training on files, or on any iterator of texts."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from . import _native
from ._tokenizer import Tokenizer

Unit = Literal["usual", "line", "bare_line", "document"]
Option = str | int | float | bool | Sequence[str]
Progress = Callable[[str, int, int], Any]

_UNITS = {"usual": 0, "line": 1, "bare_line": 2, "document": 3}


class Training(NamedTuple):
    """What a training made: a tokenizer, and why it has fewer tokens than asked for, if so."""

    tokenizer: Tokenizer
    requested: int | None
    shortage: str | None
    remarks: list[str]


def train(
    kind: str,
    texts: Iterable[Any] | None = None,
    *,
    files: Sequence[str | os.PathLike[str]] = (),
    word_counts: Sequence[str | os.PathLike[str]] = (),
    json_field: str | None = None,
    weights: Sequence[float] | None = None,
    unit: Unit = "usual",
    base: Tokenizer | None = None,
    threads: int = 1,
    memory: int = 0,
    checkpoint: str | os.PathLike[str] | None = None,
    checkpoint_interval: float = 0,
    progress: Progress | None = None,
    **options: Option,
) -> Training:
    """Trains a tokenizer: "bpe", "wordpiece", "unigram", "sentencepiece_bpe", "superbpe", "boundless", "lib",
    "extend".

    `texts` is any iterable of str or bytes, or of Arrow arrays and record batches of strings, read while the
    training runs; `files` are read by the library, `word_counts` are what count_words() wrote. `progress` is
    called with a phase, how much is done and how much there is, and ends the training when it gives back true.
    The result is the same for any number of threads.
    """
    rows = _rows(files, word_counts, json_field, weights)
    tokenizer, report = _native.train(
        kind,
        base,
        _settings(options),
        rows,
        None if texts is None else _texts(texts),
        _UNITS[unit],
        (
            threads,
            memory,
            None if checkpoint is None else os.fspath(checkpoint),
            checkpoint_interval,
            progress,
            None,
        ),
    )
    said = json.loads(report)
    return Training(tokenizer, said["requested"], said["shortage"], said["remarks"])


def count_words(
    path: str | os.PathLike[str],
    kind: str,
    texts: Iterable[Any] | None = None,
    *,
    files: Sequence[str | os.PathLike[str]] = (),
    word_counts: Sequence[str | os.PathLike[str]] = (),
    json_field: str | None = None,
    weights: Sequence[float] | None = None,
    unit: Unit = "usual",
    threads: int = 1,
    memory: int = 0,
    progress: Progress | None = None,
    **options: Option,
) -> None:
    """Counts words for a trainer, into a file, so that counting can be spread over machines."""
    _native.train(
        kind,
        None,
        _settings(options),
        _rows(files, word_counts, json_field, weights),
        None if texts is None else _texts(texts),
        _UNITS[unit],
        (threads, memory, None, 0.0, progress, os.fspath(path)),
    )


def train_bpe(texts: Iterable[Any] | None = None, vocab_size: int = 32000, **options: Any) -> Tokenizer:
    """Byte-pair encoding; options by the names of huggingface's trainer, see train()."""
    return train("bpe", texts, vocab_size=vocab_size, **options).tokenizer


def train_wordpiece(
    texts: Iterable[Any] | None = None, vocab_size: int = 30000, **options: Any
) -> Tokenizer:
    """WordPiece, by counts or, with score="likelihood", by likelihood; see train()."""
    return train("wordpiece", texts, vocab_size=vocab_size, **options).tokenizer


def train_unigram(
    texts: Iterable[Any] | None = None, vocab_size: int = 8000, **options: Any
) -> Tokenizer:
    """Unigram; options by the names of sentencepiece's trainer, see train()."""
    return train("unigram", texts, vocab_size=vocab_size, **options).tokenizer


def train_sentencepiece_bpe(
    texts: Iterable[Any] | None = None, vocab_size: int = 8000, **options: Any
) -> Tokenizer:
    """The pieces of sentencepiece's BPE; options by its names, see train()."""
    return train("sentencepiece_bpe", texts, vocab_size=vocab_size, **options).tokenizer


def train_superbpe(
    texts: Iterable[Any] | None = None, vocab_size: int = 128000, **options: Any
) -> Tokenizer:
    """SuperBPE: tokens may reach over spaces; see train()."""
    return train("superbpe", texts, vocab_size=vocab_size, **options).tokenizer


def train_boundless(
    texts: Iterable[Any] | None = None, vocab_size: int = 32000, **options: Any
) -> Tokenizer:
    """BoundlessBPE: pretokens may be joined; see train()."""
    return train("boundless", texts, vocab_size=vocab_size, **options).tokenizer


def train_lib(texts: Iterable[Any] | None = None, **options: Any) -> Tokenizer:
    """A lexicon by Less-is-Better; see train()."""
    return train("lib", texts, **options).tokenizer


def extend(
    base: Tokenizer, texts: Iterable[Any] | None = None, *, vocab_size: int, **options: Any
) -> Tokenizer:
    """A larger vocabulary: all tokens of `base` keep their ids; see train()."""
    return train("extend", texts, base=base, vocab_size=vocab_size, **options).tokenizer


def _settings(options: dict[str, Option]) -> list[tuple[str, str]]:
    settings = []
    for name, value in options.items():
        values = [value] if isinstance(value, (str, bool, int, float)) else value
        for one in values:
            settings.append((name, str(one).lower() if isinstance(one, bool) else str(one)))
    return settings


def _rows(
    files: Sequence[str | os.PathLike[str]],
    word_counts: Sequence[str | os.PathLike[str]],
    json_field: str | None,
    weights: Sequence[float] | None,
) -> list[tuple[str, int, str | None, float]]:
    content = 0 if json_field is None else 1
    rows = [(os.fspath(path), content, json_field) for path in files]
    rows += [(os.fspath(path), 2, None) for path in word_counts]
    if weights is None:
        weights = [0.0] * len(rows)
    if len(weights) != len(rows):
        raise ValueError(f"{len(weights)} weights for {len(rows)} files")
    return [(*row, weight) for row, weight in zip(rows, weights)]


def _texts(texts: Iterable[Any]) -> Iterator[Any]:
    """Texts and Arrow's arrays of them, also where these come in tables or batches."""
    if isinstance(texts, (str, bytes)):
        raise TypeError("many texts are wanted, not one: put it into a list")
    for item in texts:
        if hasattr(item, "columns") and not hasattr(item, "to_pylist"):
            raise TypeError("a column of strings is wanted, not a data frame")
        if hasattr(item, "num_columns"):
            if item.num_columns != 1:
                raise ValueError(f"a batch of {item.num_columns} columns: select the one with texts")
            item = item.column(0)
        if hasattr(item, "chunks"):
            yield from item.chunks
        elif hasattr(item, "as_py"):
            yield item.as_py()
        else:
            yield item
