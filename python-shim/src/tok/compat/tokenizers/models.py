"""Models: what makes tokens of words."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ._component import Component, Field, to_json

if TYPE_CHECKING:
    from .trainers import Trainer

Vocabulary = dict[str, int]
Merges = Sequence[tuple[str, str]]


class Token(NamedTuple):
    """A token of a text, with the characters that it stands for."""

    id: int
    value: str
    offsets: tuple[int, int]

    def as_tuple(self) -> tuple[int, str, tuple[int, int]]:
        return self.id, self.value, self.offsets


class Model(Component):
    """The base of all models."""

    def __new__(cls, *_: Any, **__: Any) -> Model:
        if cls is Model:
            raise TypeError("a model is one of BPE, Unigram, WordLevel and WordPiece")
        return super().__new__(cls)

    @classmethod
    def _guess(cls, described: dict[str, Any]) -> str:
        if "merges" in described:
            return "BPE"
        if isinstance(described.get("vocab"), list):
            return "Unigram"
        return "WordPiece" if "continuing_subword_prefix" in described else "WordLevel"

    def _vocabulary(self) -> Vocabulary:
        vocabulary: Vocabulary = self._json["vocab"]
        return vocabulary

    def token_to_id(self, token: str) -> int | None:
        """The id of a token; None if there is none."""
        return self._vocabulary().get(token)

    def id_to_token(self, id: int) -> str | None:
        """The token of an id; None if there is none."""
        return next((token for token, other in self._vocabulary().items() if other == id), None)

    def tokenize(self, sequence: str) -> list[Token]:
        """The tokens of a word."""
        from ._tokenizer import Tokenizer

        encoding = Tokenizer(self).encode(sequence)
        return [Token(*row) for row in zip(encoding.ids, encoding.tokens, encoding.offsets)]

    def save(self, folder: str, prefix: str | None = None, name: str | None = None) -> list[str]:
        """Writes the files that a model was kept in before tokenizer.json was; gives their paths."""
        begin = f"{prefix}-" if prefix else ""
        rows = []
        for file, content in self._files().items():
            path = os.path.join(folder, begin + file)
            Path(path).write_text(content, encoding="utf-8")
            rows.append(path)
        return rows

    def _files(self) -> dict[str, str]:
        return {"vocab.json": to_json(self._vocabulary())}

    def get_trainer(self) -> Trainer:
        """The trainer of such models."""
        from . import trainers

        return trainers.of_model(self)


class BPE(Model):
    dropout: Field[float | None] = Field(None)
    unk_token: Field[str | None] = Field(None)
    continuing_subword_prefix: Field[str | None] = Field(None)
    end_of_word_suffix: Field[str | None] = Field(None)
    fuse_unk = Field(False)
    byte_fallback = Field(False)
    ignore_merges = Field(False)
    _vocab: Field[Vocabulary] = Field({}, "vocab")
    _merges: Field[list[list[str]]] = Field([], "merges")

    def __init__(
        self,
        vocab: Mapping[str, int] | str | None = None,
        merges: Merges | str | None = None,
        *,
        cache_capacity: int | None = None,
        dropout: float | None = None,
        unk_token: str | None = None,
        continuing_subword_prefix: str | None = None,
        end_of_word_suffix: str | None = None,
        fuse_unk: bool = False,
        byte_fallback: bool = False,
        ignore_merges: bool = False,
    ) -> None:
        if (vocab is None) != (merges is None):
            raise ValueError("`vocab` and `merges` must be both specified")
        if isinstance(vocab, str) and isinstance(merges, str):
            vocab, merges = self.read_file(vocab, merges)
        if isinstance(vocab, str) or isinstance(merges, str):
            raise ValueError("`vocab` and `merges` must be both be from memory or both filenames")
        self._set(
            dropout=dropout,
            unk_token=unk_token,
            continuing_subword_prefix=continuing_subword_prefix,
            end_of_word_suffix=end_of_word_suffix,
            fuse_unk=fuse_unk,
            byte_fallback=byte_fallback,
            ignore_merges=ignore_merges,
            vocab=dict(sorted((vocab or {}).items(), key=_id)),
            merges=[list(merge) for merge in merges or ()],
        )

    @classmethod
    def _read(cls, described: dict[str, Any]) -> None:
        described["vocab"] = dict(sorted(described["vocab"].items(), key=_id))
        merges = described["merges"]
        if merges and isinstance(merges[0], str):
            described["merges"] = [merge.split(" ") for merge in merges]

    @staticmethod
    def read_file(vocab: str, merges: str) -> tuple[Vocabulary, list[tuple[str, str]]]:
        """The content of vocab.json and merges.txt."""
        rows = []
        for line in Path(merges).read_text(encoding="utf-8").split("\n"):
            if line and not line.startswith("#version"):
                left, right = line.rstrip("\r").split(" ")
                rows.append((left, right))
        return _vocabulary_of(vocab), rows

    @classmethod
    def from_file(cls, vocab: str, merges: str, **options: Any) -> BPE:
        return cls(*cls.read_file(vocab, merges), **options)

    def _files(self) -> dict[str, str]:
        lines = ["#version: 0.2", *(" ".join(merge) for merge in self._json["merges"])]
        return {**super()._files(), "merges.txt": "\n".join(lines) + "\n"}

    def _clear_cache(self) -> None:
        """Nothing: there is no cache to clear."""

    def _resize_cache(self, capacity: int) -> None:
        """Nothing: there is no cache to resize."""


class Unigram(Model):
    _unk_id: Field[int | None] = Field(None, "unk_id")
    _vocab: Field[list[list[Any]]] = Field([], "vocab")
    _byte_fallback = Field(False, "byte_fallback")
    alpha: float | None = None
    nbest_size: int | None = None
    _index: tuple[list[list[Any]], Vocabulary] | None = None

    def __init__(
        self,
        vocab: Sequence[tuple[str, float]] | None = None,
        unk_id: int | None = None,
        byte_fallback: bool | None = None,
        alpha: float | None = None,
        nbest_size: int | None = None,
    ) -> None:
        if vocab is None:
            vocab, unk_id = [("<unk>", 0.0)], 0
        rows = [[token, float(score)] for token, score in vocab]
        self._set(unk_id=unk_id, vocab=rows, byte_fallback=bool(byte_fallback))
        self.alpha = alpha
        self.nbest_size = nbest_size

    def _vocabulary(self) -> Vocabulary:
        rows = self._json["vocab"]
        if self._index is None or self._index[0] is not rows:
            self._index = rows, {token: id for id, (token, _) in enumerate(rows)}
        return self._index[1]

    def _files(self) -> dict[str, str]:
        return {"unigram.json": to_json(self._json, pretty=True)}

    def _clear_cache(self) -> None:
        """Nothing: there is no cache to clear."""

    def _resize_cache(self, capacity: int) -> None:
        """Nothing: there is no cache to resize."""


class WordLevel(Model):
    _vocab: Field[Vocabulary] = Field({}, "vocab")
    unk_token = Field("<unk>")

    def __init__(
        self, vocab: Mapping[str, int] | str | None = None, unk_token: str | None = None
    ) -> None:
        tokens = _vocabulary_of(vocab) if isinstance(vocab, str) else vocab or {}
        self._set(vocab=dict(sorted(tokens.items(), key=_id)), unk_token=unk_token or "<unk>")

    @classmethod
    def _read(cls, described: dict[str, Any]) -> None:
        described["vocab"] = dict(sorted(described["vocab"].items(), key=_id))

    @staticmethod
    def read_file(vocab: str) -> Vocabulary:
        """The content of vocab.json."""
        return _vocabulary_of(vocab)

    @classmethod
    def from_file(cls, vocab: str, unk_token: str | None = None) -> WordLevel:
        return cls(vocab, unk_token)


class WordPiece(Model):
    unk_token = Field("[UNK]")
    continuing_subword_prefix = Field("##")
    max_input_chars_per_word = Field(100)
    _vocab: Field[Vocabulary] = Field({}, "vocab")

    def __init__(
        self,
        vocab: Mapping[str, int] | str | None = None,
        *,
        unk_token: str = "[UNK]",
        max_input_chars_per_word: int = 100,
        continuing_subword_prefix: str = "##",
    ) -> None:
        tokens = self.read_file(vocab) if isinstance(vocab, str) else vocab or {}
        self._set(
            unk_token=str(unk_token),
            continuing_subword_prefix=continuing_subword_prefix,
            max_input_chars_per_word=max_input_chars_per_word,
            vocab=dict(sorted(tokens.items(), key=_id)),
        )

    @classmethod
    def _read(cls, described: dict[str, Any]) -> None:
        described["vocab"] = dict(sorted(described["vocab"].items(), key=_id))

    @staticmethod
    def read_file(vocab: str) -> Vocabulary:
        """The content of vocab.txt: a token in each line."""
        lines = Path(vocab).read_text(encoding="utf-8").split("\n")
        if lines and not lines[-1]:
            lines.pop()
        return {line.rstrip(): id for id, line in enumerate(lines)}

    @classmethod
    def from_file(cls, vocab: str, **options: Any) -> WordPiece:
        return cls(vocab, **options)

    def _files(self) -> dict[str, str]:
        return {"vocab.txt": "".join(f"{token}\n" for token in self._vocabulary())}


def _id(row: tuple[str, int]) -> int:
    return row[1]


def _vocabulary_of(path: str) -> Vocabulary:
    vocabulary: Vocabulary = json.loads(Path(path).read_text(encoding="utf-8"))
    return vocabulary
