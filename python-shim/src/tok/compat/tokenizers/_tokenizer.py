"""The tokenizer: a tokenizer.json that can be changed, and the tokenizer of libtok that it makes."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ..._native import Error
from ..._tokenizer import load
from ._added_token import AddedToken
from ._component import Component, to_json
from ._describe import describe
from ._encoding import Encoding
from ._inputs import Input, inputs_of, text_of
from ._lengths import Padding, Truncation
from ._loaded import Loaded
from ._results import encoding_of
from .decoders import Decoder
from .models import Model
from .normalizers import Normalizer
from .pre_tokenizers import PreTokenizer
from .processors import PostProcessor
from .trainers import Trainer

# TOK_E_UNKNOWN_ID
_UNKNOWN_ID = -17


class Tokenizer:
    """Text to tokens and back, by a model and the parts around it, each of which may be set."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._normalizer: Normalizer | None = None
        self._pre_tokenizer: PreTokenizer | None = None
        self._post_processor: PostProcessor | None = None
        self._decoder: Decoder | None = None
        self._added: dict[int, AddedToken] = {}
        self._truncation: Truncation | None = None
        self._padding: Padding | None = None
        self.encode_special_tokens = False
        self._loaded: Loaded | None = None
        self._loaded_parts = ""
        self._seen_changes = -1

    # -- from files, to files

    @staticmethod
    def from_str(json: str) -> Tokenizer:
        """The tokenizer of a tokenizer.json."""
        return Tokenizer.from_buffer(json.encode())

    @staticmethod
    def from_file(path: str) -> Tokenizer:
        """The tokenizer of the tokenizer.json at a path."""
        return Tokenizer.from_buffer(Path(path).read_bytes())

    @staticmethod
    def from_buffer(buffer: bytes) -> Tokenizer:
        """The tokenizer of a tokenizer.json in memory."""
        tokenizer = Tokenizer.__new__(Tokenizer)
        tokenizer._read(bytes(buffer))
        return tokenizer

    @staticmethod
    def from_pretrained(
        identifier: str, revision: str = "main", token: str | None = None
    ) -> Tokenizer:
        """The tokenizer of a model's folder, or of a vocabulary that tok.load() finds by its name. Nothing is
        asked from a network; `revision` and `token` have no meaning.
        """
        path = Path(identifier) / "tokenizer.json"
        if path.is_file():
            return Tokenizer.from_file(str(path))
        if not path.parent.is_dir() and "/" in identifier:
            raise FileNotFoundError(
                f"{identifier} is no folder, and nothing is fetched from a network"
            )
        return Tokenizer.from_buffer(load(identifier).to_bytes("tokenizer.json"))

    def _read(self, source: bytes) -> None:
        described = json.loads(source)
        self.__init__(Model._of(described["model"]))  # type: ignore[misc]
        self._normalizer = _part(Normalizer, described)
        self._pre_tokenizer = _part(PreTokenizer, described)
        self._post_processor = _part(PostProcessor, described)
        self._decoder = _part(Decoder, described)
        truncation, padding = described.get("truncation"), described.get("padding")
        self._truncation = Truncation.of_json(truncation) if truncation else None
        self._padding = Padding.of_json(padding) if padding else None
        tokens = described.get("added_tokens") or []
        for token in tokens:
            token.pop("id", None)
        self._add([AddedToken(**token) for token in tokens])
        self._load(source)

    def to_str(self, pretty: bool = False) -> str:
        """The tokenizer.json of this tokenizer."""
        return to_json(self._described(), pretty)

    def save(self, path: str, pretty: bool = True) -> None:
        """Writes a tokenizer.json."""
        Path(path).write_text(self.to_str(pretty), encoding="utf-8")

    def _described(self) -> dict[str, Any]:
        parts = (self._normalizer, self._pre_tokenizer, self._post_processor, self._decoder)
        names = ("normalizer", "pre_tokenizer", "post_processor", "decoder")
        return {
            "version": "1.0",
            "truncation": self._truncation and self._truncation.to_json(),
            "padding": self._padding and self._padding.to_json(),
            "added_tokens": [
                {"id": id, **token.__getstate__()} for id, token in sorted(self._added.items())
            ],
            **{name: None if part is None else part._json for name, part in zip(names, parts)},
            "model": self._model._json,
        }

    def __getstate__(self) -> bytes:
        return self.to_str().encode()

    def __setstate__(self, state: bytes) -> None:
        self._read(state)

    def __repr__(self) -> str:
        return self._printed(brief=False)

    def __str__(self) -> str:
        return self._printed(brief=True)

    def _printed(self, brief: bool) -> str:
        described = {"type": "Tokenizer", **self._described()}
        for name, kind in (("truncation", "TruncationParams"), ("padding", "PaddingParams")):
            described[name] = described[name] and {"type": kind, **described[name]}
        return describe(described, brief)

    # -- what it is made of

    @property
    def model(self) -> Any:
        return self._model

    @model.setter
    def model(self, model: Model) -> None:
        self._model = model
        self._loaded = None

    @property
    def normalizer(self) -> Any:
        return self._normalizer

    @normalizer.setter
    def normalizer(self, normalizer: Normalizer | None) -> None:
        self._normalizer = normalizer
        self._loaded = None

    @property
    def pre_tokenizer(self) -> Any:
        return self._pre_tokenizer

    @pre_tokenizer.setter
    def pre_tokenizer(self, pretok: PreTokenizer | None) -> None:
        self._pre_tokenizer = pretok
        self._loaded = None

    @property
    def post_processor(self) -> Any:
        return self._post_processor

    @post_processor.setter
    def post_processor(self, processor: PostProcessor | None) -> None:
        self._post_processor = processor
        self._loaded = None

    @property
    def decoder(self) -> Any:
        return self._decoder

    @decoder.setter
    def decoder(self, decoder: Decoder | None) -> None:
        self._decoder = decoder
        self._loaded = None

    def _current(self) -> Loaded:
        """What to encode with, made anew where a part was changed."""
        if self._loaded is None:
            return self._load()
        if self._seen_changes != Component.changes:
            if self._parts() != self._loaded_parts:
                return self._load()
            self._seen_changes = Component.changes
        return self._loaded

    def _load(self, source: bytes | None = None) -> Loaded:
        self._loaded = Loaded(
            self._described(), self._model._vocabulary(), dict(self._added), source
        )
        self._loaded_parts = self._parts()
        self._seen_changes = Component.changes
        return self._loaded

    def _parts(self) -> str:
        """All that may change within the parts; a vocabulary only becomes another one."""
        described = self._described()
        model = {
            name: id(value) if name in ("vocab", "merges") else value
            for name, value in self._model._json.items()
        }
        return to_json({**described, "model": model})

    # -- the vocabulary

    def get_vocab(self, with_added_tokens: bool = True) -> dict[str, int]:
        """The id of each token."""
        vocabulary = dict(self._model._vocabulary())
        if with_added_tokens:
            vocabulary.update((token.content, id) for id, token in self._added.items())
        return vocabulary

    def get_vocab_size(self, with_added_tokens: bool = True) -> int:
        """How many tokens there are."""
        vocabulary = self._model._vocabulary()
        if not with_added_tokens:
            return len(vocabulary)
        return len(vocabulary) + sum(
            token.content not in vocabulary for token in self._added.values()
        )

    def get_added_tokens_decoder(self) -> dict[int, AddedToken]:
        """The added tokens by their ids."""
        return {id: AddedToken(**token.__getstate__()) for id, token in sorted(self._added.items())}

    def token_to_id(self, token: str) -> int | None:
        """The id of a token; None if there is none."""
        for id, added in self._added.items():
            if added.content == token:
                return id
        return self._model.token_to_id(token)

    def id_to_token(self, id: int) -> str | None:
        """The token of an id; None if there is none."""
        return self._current().tokens.get(id)

    def add_tokens(self, tokens: Sequence[str | AddedToken]) -> int:
        """Adds tokens that are found in texts; gives how many are new or changed."""
        return self._add(_added_tokens(tokens, special=False))

    def add_special_tokens(self, tokens: Sequence[str | AddedToken]) -> int:
        """Adds tokens that decoding may leave out."""
        return self._add(_added_tokens(tokens, special=True))

    def _add(self, tokens: list[AddedToken]) -> int:
        size = len(self._model._vocabulary())
        ids = {token.content: id for id, token in self._added.items()}
        highest = max(self._added, default=-1)
        next_id = size if highest < size and (size or highest < 0) else highest + 1
        count = 0
        for token in tokens:
            token = AddedToken(**token.__getstate__())
            id = ids.get(token.content)
            if not token.content or (id is not None and self._added[id] == token):
                continue
            if id is None:
                id = self._model.token_to_id(token.content)
            if id is None:
                id, next_id = next_id, next_id + 1
            self._added[id] = token
            ids[token.content] = id
            count += 1
        if count:
            self._loaded = None
        return count

    # -- encoding

    def encode(
        self,
        sequence: Any,
        pair: Any = None,
        is_pretokenized: bool = False,
        add_special_tokens: bool = True,
    ) -> Encoding:
        """The tokens of a text, or of two; of words where it `is_pretokenized`."""
        first = text_of(sequence, is_pretokenized)
        second = None if pair is None else text_of(pair, is_pretokenized)
        (encoding,) = self._encode([(first, second)], add_special_tokens)
        return encoding

    def encode_batch(
        self, input: Any, is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> list[Encoding]:
        """The tokens of many texts, each alone or a pair."""
        return self._encode(inputs_of(input, is_pretokenized), add_special_tokens)

    def encode_batch_fast(
        self, input: Any, is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> list[Encoding]:
        """The same without tokens, offsets and words."""
        inputs = inputs_of(input, is_pretokenized)
        return self._encode(inputs, add_special_tokens, ranges=False)

    def _encode(
        self, inputs: list[Input], add_special_tokens: bool, ranges: bool = True
    ) -> list[Encoding]:
        loaded = self._current()
        options = {
            "special": "text" if self.encode_special_tokens else "parse",
            "template": add_special_tokens,
            "ranges": ranges,
            "trim_ranges": True,
            "threads": _thread_count() if len(inputs) > 1 else 1,
            **(self._truncation.options() if self._truncation else {}),
        }
        encodings: list[Encoding] = [Encoding()] * len(inputs)
        for is_pair in (False, True):
            places = [
                place for place, item in enumerate(inputs) if (item[1] is not None) == is_pair
            ]
            if not places:
                continue
            firsts = [inputs[place][0] for place in places]
            seconds = [inputs[place][1] or "" for place in places] if is_pair else None
            rows = loaded.encode(firsts, seconds, options)
            for place, encoded in zip(places, rows):
                encodings[place] = encoding_of(encoded, inputs[place], loaded, options)
        if self._padding:
            self._padding.pad(encodings)
        return encodings

    def post_process(
        self, encoding: Encoding, pair: Encoding | None = None, add_special_tokens: bool = True
    ) -> Encoding:
        """One or two encodings cut, with the special tokens around them, and filled up."""
        from ._processing import processed

        described = None if self._post_processor is None else self._post_processor._json
        result = processed(described, encoding, pair, add_special_tokens, self._truncation)
        if self._padding:
            self._padding.pad([result])
        return result

    def num_special_tokens_to_add(self, is_pair: bool) -> int:
        """How many tokens there are around one text, or two."""
        return (
            self._post_processor.num_special_tokens_to_add(is_pair) if self._post_processor else 0
        )

    # -- decoding

    def decode(self, ids: Sequence[int], skip_special_tokens: bool = True) -> str:
        """The text of ids; those without a token are left out."""
        loaded = self._current()
        try:
            return loaded.tokenizer.decode(ids, not skip_special_tokens)
        except Error as error:
            if error.status != _UNKNOWN_ID:
                raise
            known = [id for id in ids if id in loaded.tokens]
            return loaded.tokenizer.decode(known, not skip_special_tokens)

    def decode_batch(
        self, sequences: Sequence[Sequence[int]], skip_special_tokens: bool = True
    ) -> list[str]:
        """The text of each list of ids."""
        return [self.decode(ids, skip_special_tokens) for ids in sequences]

    # -- the same, awaited

    async def async_encode(
        self,
        sequence: Any,
        pair: Any = None,
        is_pretokenized: bool = False,
        add_special_tokens: bool = True,
    ) -> Encoding:
        return await asyncio.to_thread(
            self.encode, sequence, pair, is_pretokenized, add_special_tokens
        )

    async def async_encode_batch(
        self, input: Any, is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> list[Encoding]:
        return await asyncio.to_thread(
            self.encode_batch, input, is_pretokenized, add_special_tokens
        )

    async def async_encode_batch_fast(
        self, input: Any, is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> list[Encoding]:
        return await asyncio.to_thread(
            self.encode_batch_fast, input, is_pretokenized, add_special_tokens
        )

    async def async_decode_batch(
        self, sequences: Sequence[Sequence[int]], skip_special_tokens: bool = True
    ) -> list[str]:
        return await asyncio.to_thread(self.decode_batch, sequences, skip_special_tokens)

    # -- lengths

    @property
    def truncation(self) -> dict[str, Any] | None:
        """What enable_truncation() was given."""
        return None if self._truncation is None else self._truncation.arguments()

    def enable_truncation(
        self,
        max_length: int,
        *,
        stride: int = 0,
        strategy: str = "longest_first",
        direction: str = "right",
    ) -> None:
        """Cuts encodings to a length, that of special tokens included."""
        truncation = Truncation(max_length, stride, strategy, direction)
        room = max_length - self.num_special_tokens_to_add(False)
        if room < stride:
            raise ValueError(
                f"tokenizer stride set to {stride}, which is greater than or equal to its effective max"
                f" length of {room} (= {max_length} original max length -"
                f" {max_length - room} added special tokens), "
            )
        self._truncation = truncation

    def no_truncation(self) -> None:
        self._truncation = None

    @property
    def padding(self) -> dict[str, Any] | None:
        """What enable_padding() was given."""
        return None if self._padding is None else self._padding.arguments()

    def enable_padding(
        self,
        *,
        direction: str = "right",
        pad_id: int = 0,
        pad_type_id: int = 0,
        pad_token: str = "[PAD]",
        length: int | None = None,
        pad_to_multiple_of: int | None = None,
    ) -> None:
        """Fills encodings up to the longest of a batch, or to a length."""
        self._padding = Padding(
            direction, pad_id, pad_type_id, pad_token, length, pad_to_multiple_of
        )

    def no_padding(self) -> None:
        self._padding = None

    # -- training

    def train(self, files: Sequence[str], trainer: Trainer | None = None) -> None:
        """Trains the model on the lines of files."""
        self.train_from_iterator(_lines(files), trainer)

    def train_from_iterator(
        self, iterator: Iterable[Any], trainer: Trainer | None = None, length: int | None = None
    ) -> None:
        """Trains the model on texts, or lists of texts."""
        trainer = trainer or self._model.get_trainer()
        trainer._train(self._model, self._described(), _texts(iterator))
        self._loaded = None
        self._add(trainer.special_tokens)


def _part(kind: type[Any], described: dict[str, Any]) -> Any:
    names = {
        Normalizer: "normalizer",
        PreTokenizer: "pre_tokenizer",
        PostProcessor: "post_processor",
        Decoder: "decoder",
    }
    part = described.get(names[kind])
    return None if part is None else kind._of(part)


def _added_tokens(tokens: Sequence[str | AddedToken], special: bool) -> list[AddedToken]:
    rows = []
    for token in tokens:
        if isinstance(token, str):
            token = AddedToken(token, special=special)
        elif not isinstance(token, AddedToken):
            raise TypeError("Input must be a List[Union[str, AddedToken]]")
        elif special:
            # The original changes what it is given, too.
            token.special = True
        rows.append(token)
    return rows


def _thread_count() -> int | None:
    return (
        1
        if os.environ.get("TOKENIZERS_PARALLELISM", "").lower() in ("0", "off", "false", "no")
        else None
    )


def _lines(files: Sequence[str]) -> Iterable[str]:
    for file in files:
        with open(file, encoding="utf-8", newline="\n") as lines:
            yield from lines


def _texts(iterator: Iterable[Any]) -> Iterable[str]:
    for item in iterator:
        if isinstance(item, str):
            yield item
        else:
            yield from item
