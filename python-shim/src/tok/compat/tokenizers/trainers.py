"""Trainers: what makes models of texts.

The texts are normalized and split by the tokenizer's own parts, and libtok learns of the words.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar, NoReturn

from ..._training import train
from . import _native_parts
from ._added_token import AddedToken
from ._component import to_json
from .models import Model

SpecialTokens = Sequence[str | AddedToken]

# How many texts are split at once.
_BATCH = 256


class Trainer:
    """The base of all trainers."""

    _model: ClassVar[str]

    vocab_size: int
    show_progress: bool

    @property
    def special_tokens(self) -> list[AddedToken]:
        """The tokens that come first in the vocabulary."""
        return self._special_tokens

    @special_tokens.setter
    def special_tokens(self, tokens: SpecialTokens) -> None:
        self._special_tokens = [_special(token) for token in tokens]

    def _train(self, model: Model, described: dict[str, Any], texts: Iterable[str]) -> None:
        """Trains a model on texts, split by the parts of a tokenizer."""
        kind = type(model).__name__
        if kind != self._model:
            raise ValueError(f"{type(self).__name__} can only train a {self._model}, not a {kind}")
        self._learn(model, _words(described, texts))

    def _learn(self, model: Model, words: Iterator[str]) -> None:
        raise NotImplementedError

    def _members(self) -> dict[str, Any]:
        return {}

    def __getstate__(self) -> bytes:
        return to_json({type(self).__name__: self._members()}).encode()

    def __setstate__(self, state: bytes) -> None:
        members = json.loads(state)[type(self).__name__]
        members = members.get("bpe_trainer", members)
        tokens = [AddedToken(**token) for token in members["special_tokens"]]
        names = self.__init__.__kwdefaults__  # type: ignore[misc]
        self.__init__(  # type: ignore[misc]
            **{
                **{name: members[name] for name in names if name in members},
                "special_tokens": tokens,
            }
        )

    def __repr__(self) -> str:
        members = ", ".join(f"{name}={value!r}" for name, value in self._members().items())
        return f"{type(self).__name__}({members})"


class BpeTrainer(Trainer):
    _model = "BPE"

    def __init__(
        self,
        *,
        vocab_size: int = 30000,
        min_frequency: int = 0,
        show_progress: bool = True,
        progress_format: str = "indicatif",
        special_tokens: SpecialTokens = (),
        limit_alphabet: int | None = None,
        initial_alphabet: Sequence[str] = (),
        continuing_subword_prefix: str | None = None,
        end_of_word_suffix: str | None = None,
        max_token_length: int | None = None,
    ) -> None:
        self.vocab_size = vocab_size
        self.min_frequency = min_frequency
        self.show_progress = show_progress
        self.progress_format = progress_format.lower()
        self.special_tokens = special_tokens
        self.limit_alphabet = limit_alphabet
        self.initial_alphabet = [text[:1] for text in initial_alphabet if text]
        self.continuing_subword_prefix = continuing_subword_prefix
        self.end_of_word_suffix = end_of_word_suffix
        self.max_token_length = max_token_length

    def _members(self) -> dict[str, Any]:
        return {
            "min_frequency": self.min_frequency,
            "vocab_size": self.vocab_size,
            "show_progress": self.show_progress,
            "progress_format": self.progress_format.capitalize(),
            "special_tokens": [token.__getstate__() for token in self.special_tokens],
            "limit_alphabet": self.limit_alphabet,
            "initial_alphabet": self.initial_alphabet,
            "continuing_subword_prefix": self.continuing_subword_prefix,
            "end_of_word_suffix": self.end_of_word_suffix,
            "max_token_length": self.max_token_length,
            "words": {},
        }

    def _options(self) -> dict[str, Any]:
        """What libtok's trainer is told."""
        options = {
            "vocab_size": self.vocab_size,
            "min_frequency": self.min_frequency,
            "special_tokens": [token.content for token in self.special_tokens],
            "initial_alphabet": "".join(self.initial_alphabet) or "none",
            "limit_alphabet": self.limit_alphabet,
            "continuing_subword_prefix": self.continuing_subword_prefix or None,
            "end_of_word_suffix": self.end_of_word_suffix or None,
            "max_token_length": self.max_token_length,
            "pattern": "none",
        }
        return {name: value for name, value in options.items() if value is not None}

    def _learned(self, words: Iterator[str]) -> dict[str, Any]:
        """The model that libtok learned, as tokenizer.json has it."""
        made = train(
            "bpe",
            words,
            unit="document",
            characters=True,
            compatibility="huggingface",
            **self._options(),
        )
        learned: dict[str, Any] = json.loads(made.tokenizer.to_bytes("tokenizer.json"))["model"]
        return learned

    def _learn(self, model: Model, words: Iterator[str]) -> None:
        learned = self._learned(words)
        model._change(
            vocab=learned["vocab"],
            merges=learned["merges"],
            continuing_subword_prefix=self.continuing_subword_prefix,
            end_of_word_suffix=self.end_of_word_suffix,
        )


class WordPieceTrainer(BpeTrainer):
    _model = "WordPiece"

    def __init__(
        self,
        *,
        vocab_size: int = 30000,
        min_frequency: int = 0,
        show_progress: bool = True,
        special_tokens: SpecialTokens = (),
        limit_alphabet: int | None = None,
        initial_alphabet: Sequence[str] = (),
        continuing_subword_prefix: str | None = "##",
        end_of_word_suffix: str | None = None,
    ) -> None:
        super().__init__(
            vocab_size=vocab_size,
            min_frequency=min_frequency,
            show_progress=show_progress,
            special_tokens=special_tokens,
            limit_alphabet=limit_alphabet,
            initial_alphabet=initial_alphabet,
            continuing_subword_prefix=continuing_subword_prefix,
            end_of_word_suffix=end_of_word_suffix,
        )

    def _members(self) -> dict[str, Any]:
        return {"bpe_trainer": super()._members()}

    def _learn(self, model: Model, words: Iterator[str]) -> None:
        # The original, too, learns merges and keeps the tokens.
        model._change(
            vocab=self._learned(words)["vocab"],
            continuing_subword_prefix=self.continuing_subword_prefix or "",
        )


class WordLevelTrainer(Trainer):
    _model = "WordLevel"

    def __init__(
        self,
        *,
        vocab_size: int = 30000,
        min_frequency: int = 0,
        show_progress: bool = True,
        special_tokens: SpecialTokens = (),
    ) -> None:
        self.vocab_size = vocab_size
        self.min_frequency = min_frequency
        self.show_progress = show_progress
        self.special_tokens = special_tokens

    def _members(self) -> dict[str, Any]:
        return {
            "min_frequency": self.min_frequency,
            "vocab_size": self.vocab_size,
            "show_progress": self.show_progress,
            "special_tokens": [token.__getstate__() for token in self.special_tokens],
            "words": {},
        }

    def _learn(self, model: Model, words: Iterator[str]) -> None:
        counts = Counter(words)
        rows = sorted(counts, key=lambda word: (-counts[word], word.encode()))
        often = [word for word in rows if counts[word] >= self.min_frequency]
        tokens = [token.content for token in self.special_tokens] + often
        model._change(vocab={token: id for id, token in enumerate(tokens[: self.vocab_size])})


class UnigramTrainer(Trainer):
    """Keeps the options of the original's, which learns other scores than sentencepiece's trainer does: libtok
    has the latter, see tok.train_unigram().
    """

    _model = "Unigram"

    def __init__(
        self,
        *,
        vocab_size: int = 8000,
        show_progress: bool = True,
        special_tokens: SpecialTokens = (),
        initial_alphabet: Sequence[str] = (),
        shrinking_factor: float = 0.75,
        unk_token: str | None = None,
        max_piece_length: int = 16,
        n_sub_iterations: int = 2,
    ) -> None:
        self.vocab_size = vocab_size
        self.show_progress = show_progress
        self.special_tokens = special_tokens
        self.initial_alphabet = [text[:1] for text in initial_alphabet if text]
        self.shrinking_factor = shrinking_factor
        self.unk_token = unk_token
        self.max_piece_length = max_piece_length
        self.n_sub_iterations = n_sub_iterations

    def _members(self) -> dict[str, Any]:
        return {
            "show_progress": self.show_progress,
            "vocab_size": self.vocab_size,
            "n_sub_iterations": self.n_sub_iterations,
            "shrinking_factor": self.shrinking_factor,
            "special_tokens": [token.__getstate__() for token in self.special_tokens],
            "initial_alphabet": self.initial_alphabet,
            "unk_token": self.unk_token,
            "max_piece_length": self.max_piece_length,
            "seed_size": 1000000,
            "words": {},
        }

    def _learn(self, model: Model, words: Iterator[str]) -> NoReturn:
        raise NotImplementedError(
            "UnigramTrainer: libtok trains Unigram as sentencepiece does, see tok.train_unigram()"
        )


_OF_MODELS = {
    "BPE": BpeTrainer,
    "WordPiece": WordPieceTrainer,
    "WordLevel": WordLevelTrainer,
    "Unigram": UnigramTrainer,
}


def of_model(model: Model) -> Trainer:
    """The trainer of such models."""
    trainer: Trainer = _OF_MODELS[type(model).__name__]()
    return trainer


def _special(token: str | AddedToken) -> AddedToken:
    if isinstance(token, str):
        return AddedToken(token, special=True)
    return token._copy(special=True)


def _words(described: dict[str, Any], texts: Iterable[str]) -> Iterator[str]:
    parts = {name: described[name] for name in ("normalizer", "pre_tokenizer")}
    rest = iter(texts)
    while batch := list(islice(rest, _BATCH)):
        for word in _native_parts.all_words(batch, described["added_tokens"], **parts):
            yield word.text
