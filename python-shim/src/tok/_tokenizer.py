"""The tokenizer, and where it comes from."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from . import _native
from ._chat import ChatTemplate
from ._encodings import EncodedBatch, EncodedText, Ids, ScoredEncodings, Tokens
from ._html import TokenRow

Special = Literal["text", "parse", "error", "model"]
Text = str | bytes

_FORMATS = {
    "tokenizer.json": 0,
    "tiktoken": 1,
    "sentencepiece": 2,
    "vocab.txt": 3,
    "gguf": 5,
    "compiled": 6,
}
_TRUNCATION = {"longest_first": 0, "only_first": 1, "only_second": 2}
_UNITS = {"bytes": 0, "characters": 1, "utf16": 2}
_INVALID = {"replace": 0, "strict": 1}
# Bytes that are not UTF-8 stay as they are.
_KEEP_INVALID = 2


class AddedToken(NamedTuple):
    """A token that is looked for in the text before it is normalised and split.

    Without an id it gets that of the token with the same text, if there is one, otherwise the one behind the
    greatest.
    """

    text: str
    id: int | None = None
    special: bool = True
    single_word: bool = False
    strips_left: bool = False
    strips_right: bool = False
    normalized: bool = False


def _named(name: str, value: str, numbers: Mapping[str, int]) -> int:
    if value not in numbers:
        names = ", ".join(repr(known) for known in numbers)
        raise ValueError(f"{name}: {value!r} is none of {names}")
    return numbers[value]


class Tokenizer(_native.Tokenizer):
    """Text to ids and back. It never changes; threads may share it, and forked processes too.

    `special` says what text that spells a special token becomes: "text", plain text; "parse", the token;
    "error", a tok.Error; "model", plain text, as do added tokens that are not special. `template=False`
    leaves out what the file's template puts around a text.
    """

    # The file or folder it was loaded from; None for one that was made otherwise.
    _source: str | None = None
    _chat_template: ChatTemplate | None = None

    def tokenize(self, text: Text, special: Special = "text", template: bool = True) -> Tokens:
        """The ids of a text, and the bytes of it that each stands for."""
        return Tokens(*self._tokenize(text, special, template))

    def encode_batch(
        self,
        texts: Iterable[Text],
        threads: int | None = None,
        special: Special = "text",
        template: bool = True,
    ) -> EncodedBatch:
        """The ids of many texts: a sequence of str and bytes, or an Arrow array of strings, which is not
        copied. `threads` is the number of processors if it is not given; it changes nothing but the time.
        """
        if hasattr(texts, "combine_chunks"):
            texts = texts.combine_chunks()
        if not isinstance(texts, Sequence) and not hasattr(texts, "__arrow_c_array__"):
            texts = list(texts)
        ids, offsets = _native.encode_batch(
            self, texts, threads or _processors(), special, template
        )
        return EncodedBatch(ids, offsets)

    def encode_texts(
        self,
        texts: Sequence[Text | Sequence[str]],
        pairs: Sequence[Text | Sequence[str]] | None = None,
        *,
        threads: int | None = None,
        special: Special = "text",
        template: bool = True,
        ranges: bool = True,
        trim_ranges: bool = False,
        unit: Literal["bytes", "characters", "utf16"] = "characters",
        max_length: int = 0,
        stride: int = 0,
        truncation: Literal["longest_first", "only_first", "only_second"] = "longest_first",
        truncate_left: bool = False,
        keep_overflow: bool = False,
        padding: Literal["none", "longest"] | int = "none",
        pad_multiple: int = 0,
        pad_left: bool = False,
        pad_id: int = 0,
        pad_type_id: int = 0,
    ) -> list[EncodedText]:
        """Texts, each alone or with its pair, as a model takes them: with ranges, words, types and masks,
        cut to `max_length` and filled to the `longest` of them, or to a length. A list of words is a text
        that was split already.
        """
        if isinstance(padding, int):
            kind, pad_length = 2, padding
        else:
            kind, pad_length = _named("padding", padding, {"none": 0, "longest": 1}), 0
        encodings = _native.encode_texts(
            self,
            texts,
            pairs,
            threads or 1,
            (
                _named("special", special, {"text": 0, "parse": 1, "error": 2, "model": 3}),
                not template,
                not ranges,
                trim_ranges,
                max_length,
                stride,
                _named("truncation", truncation, _TRUNCATION),
                truncate_left,
                keep_overflow,
                kind,
                pad_length,
                pad_multiple,
                pad_left,
                pad_id,
                pad_type_id,
                _named("unit", unit, _UNITS),
            ),
        )
        return [EncodedText(encoding) for encoding in encodings]

    def draw(
        self,
        text: Text,
        *,
        dropout: float | None = None,
        inverse_temperature: float | None = None,
        seed: int = 0,
        special: Special = "text",
        template: bool = True,
    ) -> Ids:
        """An encoding drawn by chance: with the probability `dropout` a merge is left out, or a segmentation
        of a Unigram model is drawn by its probability to the power `inverse_temperature`. The same seed gives
        the same ids.
        """
        if dropout is not None and inverse_temperature is None:
            return self._draw(text, "dropout", dropout, seed, special, template)
        if inverse_temperature is not None and dropout is None:
            return self._draw(text, "segmentation", inverse_temperature, seed, special, template)
        raise ValueError("either dropout or inverse_temperature is wanted")

    def best_encodings(self, text: Text, limit: int) -> ScoredEncodings:
        """The best encodings of a text by the scores of a Unigram model, best first."""
        return ScoredEncodings(*_native.best_encodings(self, text, limit))

    def decode(
        self,
        ids: Iterable[int] | npt.NDArray[Any],
        special: bool = False,
        errors: Literal["replace", "strict"] = "replace",
    ) -> str:
        """The text of ids, without special tokens unless they are wanted. `errors` says what becomes of
        bytes that are not UTF-8, as where ids were cut.
        """
        text: str = self._decode(ids, special, _named("errors", errors, _INVALID))
        return text

    def decode_bytes(self, ids: Iterable[int] | npt.NDArray[Any], special: bool = False) -> bytes:
        """The same as the bytes they are."""
        data: bytes = self._decode(ids, special, _KEEP_INVALID)
        return data

    def decode_batch(self, batch: Iterable[Iterable[int]], special: bool = False) -> list[str]:
        """The text of each list of ids, or of each text of an EncodedBatch."""
        return [self.decode(ids, special) for ids in batch]

    def stream_decoder(self, special: bool = False) -> _native.StreamDecoder:
        """Decodes ids one by one, whole characters at a time."""
        return _native.stream_decoder(self, special)

    def stream_encoder(
        self, special: Special = "text", template: bool = True
    ) -> _native.StreamEncoder:
        """Encodes a text that comes in parts."""
        return _native.stream_encoder(self, special, template)

    @property
    def chat_template(self) -> ChatTemplate:
        """The chat template of the file or folder it was loaded from; a tok.Error where there is none."""
        if self._chat_template is None:
            if self._source is None:
                raise ValueError("there is no chat template: the tokenizer is not of a file")
            self._chat_template = ChatTemplate.load(self._source)
        return self._chat_template

    def apply_chat_template(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        template: ChatTemplate | str | None = None,
        tools: Sequence[Mapping[str, Any]] | None = None,
        documents: Sequence[Mapping[str, Any]] | None = None,
        add_generation_prompt: bool = False,
        date: str | None = None,
        users: Special = "text",
        **variables: Any,
    ) -> Ids:
        """The ids of a conversation, by the template given or else that of the model's folder.

        What the template writes may be special tokens; what users wrote is plain text, unless `users` says
        otherwise. ChatTemplate.render() gives the text.
        """
        chosen = ChatTemplate(template) if isinstance(template, str) else template
        return (chosen or self.chat_template).encode(
            self,
            messages,
            tools=tools,
            documents=documents,
            add_generation_prompt=add_generation_prompt,
            date=date,
            users=users,
            **variables,
        )

    @property
    def added_tokens(self) -> list[AddedToken]:
        return [AddedToken(*row) for row in self._added_tokens()]

    def add_tokens(self, tokens: Iterable[AddedToken | str]) -> Tokenizer:
        """A tokenizer with more added tokens; all ids there were stay. A str is a special token."""
        return self._add_tokens(
            [tuple(AddedToken(token) if isinstance(token, str) else token) for token in tokens]
        )

    @property
    def beginning_id(self) -> int | None:
        """The token that begins a text, where the file names one."""
        return self._id_of_role(0)

    @property
    def end_id(self) -> int | None:
        """The token that ends a text, where the file names one."""
        return self._id_of_role(1)

    @property
    def unknown_id(self) -> int | None:
        """The token for what has none, where the file names one."""
        return self._id_of_role(2)

    @property
    def padding_id(self) -> int | None:
        """The token that fills short texts, where the file names one."""
        return self._id_of_role(3)

    def inspect(self, name: str = "") -> dict[str, Any]:
        """What it does: model, pipeline, what the vocabulary is made of, tokens no text becomes."""
        said: dict[str, Any] = json.loads(self._inspect(name))
        return said

    def save(self, path: str | os.PathLike[str], lossy: bool = False) -> list[str]:
        """Writes a file whose name tells the format, whole or not at all. Gives what was lost, which is
        nothing unless `lossy`.
        """
        return (self._save(os.fspath(path), lossy) or "").splitlines()

    def to_bytes(self, format: str = "compiled") -> bytes:
        """A file in memory: "compiled", "tokenizer.json", "tiktoken", "sentencepiece", "vocab.txt", "gguf"."""
        return self._write(_named("format", format, _FORMATS))

    def trim(self, uses: npt.NDArray[Any], token_count: int = 0) -> tuple[Tokenizer, Ids]:
        """A tokenizer with the most used tokens, and the new id of each old one, 2**32 - 1 for none.

        `uses` has a number for each id; with `token_count` of 0 all that are used stay.
        """
        return self._trim(np.ascontiguousarray(uses, dtype=np.uint64), token_count)

    def show(self, text: Text, special: Special = "parse") -> TokenRow:
        """The tokens of a text, which a notebook shows in colours."""
        return TokenRow(self, text, special)

    def __len__(self) -> int:
        return self.id_count

    def __repr__(self) -> str:
        return f"<tok.Tokenizer: {self.token_count} tokens>"

    def __reduce__(self) -> tuple[Any, ...]:
        return load_bytes, (self.to_bytes(),), {"_source": self._source}


def load(
    source: str | os.PathLike[str],
    *,
    pattern: str | None = None,
    dialect: Literal["rust", "oniguruma"] = "rust",
    special_tokens: Mapping[str, int] | None = None,
) -> Tokenizer:
    """Loads a vocabulary: a file or a model's folder of any known format, or a name, as "o200k_base".

    `pattern` and `special_tokens` are for .tiktoken files that are not known by their name.
    """
    path = os.fspath(source)
    if isinstance(source, str) and "/" not in path and not os.path.isfile(path):
        return _loaded(Tokenizer._load_name(path), vocabularies().get(path))
    return _loaded(Tokenizer._load_file(path, pattern, dialect, _json(special_tokens)), path)


def _loaded(tokenizer: Tokenizer, source: str | None) -> Tokenizer:
    tokenizer._source = source
    return tokenizer


def load_bytes(
    data: bytes,
    *,
    stem: str | None = None,
    pattern: str | None = None,
    dialect: Literal["rust", "oniguruma"] = "rust",
    special_tokens: Mapping[str, int] | None = None,
) -> Tokenizer:
    """Loads a vocabulary from memory; `stem` is the name by which a .tiktoken file may be known."""
    return Tokenizer._load_bytes(data, pattern, dialect, _json(special_tokens), stem)


def vocabularies() -> dict[str, str | None]:
    """The names that load() finds, with their paths; the one that is part of the library has none."""
    return {row["name"]: row["path"] for row in json.loads(_native.vocabularies())}


def _json(value: Mapping[str, int] | None) -> str | None:
    return None if value is None else json.dumps(dict(value))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
