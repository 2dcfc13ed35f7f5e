"""The tokenizer of libtok that a tokenizer.json became, and how its tokens are spelled."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from ..._encodings import EncodedText
from ..._tokenizer import Tokenizer, load_bytes
from . import _native_parts
from ._added_token import AddedToken
from ._component import to_json
from ._inputs import Text


class Loaded:
    """What a tokenizer encodes and decodes with, until something of it is changed."""

    def __init__(
        self,
        described: dict[str, Any],
        vocabulary: dict[str, int],
        added: dict[int, AddedToken],
        source: bytes | None = None,
    ) -> None:
        """By a tokenizer.json, and the file that it is of, if it is of one."""
        self._described = described
        self._vocabulary = vocabulary
        self._added = added
        self._source = source
        unknown = described["model"].get("unk_token")
        # The original fails where a text needs an unknown token that is not there, libtok when it is loaded:
        # so it gets one.
        self._missing: int | None = None
        if unknown is not None and unknown not in vocabulary:
            self._missing = max([-1, *vocabulary.values(), *added]) + 1

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer of libtok, which is made when something is encoded or decoded: a tokenizer that is put
        together part by part need not be whole before.
        """
        if self._source is not None and self._missing is None:
            return load_bytes(self._source)
        described = {**self._described, "truncation": None, "padding": None}
        if self._missing is not None:
            model = described["model"]
            vocabulary = {**self._vocabulary, model["unk_token"]: self._missing}
            described["model"] = {**model, "vocab": vocabulary}
        return load_bytes(to_json(described).encode())

    def encode(
        self, firsts: list[Text], seconds: list[Text] | None, options: dict[str, Any]
    ) -> list[EncodedText]:
        """What encode_texts() gives."""
        try:
            rows = self.tokenizer.encode_texts(firsts, seconds, **options)
        except UnicodeEncodeError:
            raise TypeError("TextInputSequence must be str without lone surrogates") from None
        if self._missing is not None and any(self._missing in row.ids for row in rows):
            model = self._described["model"]
            name, token = model["type"], model["unk_token"]
            raise ValueError(f"{name} error: Missing {token} token from the vocabulary")
        return rows

    @cached_property
    def tokens(self) -> dict[int, str]:
        """The token of each id."""
        tokens = {id: token for token, id in self._vocabulary.items()}
        tokens.update((id, token.content) for id, token in self._added.items())
        return tokens

    @cached_property
    def _normalized(self) -> dict[int, str]:
        """The added tokens that are found in the normalized text, as they stand there."""
        normalizer = self._described["normalizer"]
        return {
            id: _native_parts.normalized(normalizer, token.content) if normalizer else token.content
            for id, token in self._added.items()
            if token.normalized
        }

    @cached_property
    def _template(self) -> dict[int, str]:
        return template_tokens(self._described["post_processor"])

    @cached_property
    def _trims(self) -> bool:
        steps = steps_of(self._described["post_processor"])
        return any(step.get("trim_offsets", False) for step in steps)

    @cached_property
    def _as_in_text(self) -> set[int]:
        """The ids whose tokens are spelled as the text is: added tokens with the space around them, and what
        a Unigram model does not know.
        """
        ids = {id for id, token in self._added.items() if token.lstrip or token.rstrip}
        # Other models have no such member.
        unknown = self._described["model"].get("unk_id")
        return ids if unknown is None else {*ids, unknown}

    def offsets(self, encoded: EncodedText) -> list[tuple[int, int]]:
        """The characters that each token stands for. One of characters that only a normalizer or splitter put
        there stands for none in libtok; the original gives it the next.
        """
        assert encoded.starts is not None and encoded.ends is not None
        ends = encoded.ends
        if not self._trims:
            ends = ends + ((encoded.starts == ends) & (encoded.texts >= 0))
        return list(zip(encoded.starts.tolist(), ends.tolist()))

    def sequence_ranges(self, encoded: EncodedText, count: int) -> dict[int, tuple[int, int]]:
        """Where the tokens of each text are. The original does not say it of one text alone that no
        post-processor saw.
        """
        if count == 1 and self._described["post_processor"] is None:
            return {}
        places = [(encoded.texts == number).nonzero()[0] for number in range(count)]
        return {
            number: (int(found[0]), int(found[-1]) + 1) if len(found) else (0, 0)
            for number, found in enumerate(places)
        }

    def fast_type_ids(self, encoded: EncodedText) -> list[int]:
        """The types as the original's encode_batch_fast() gives them: none but 0 where there is no
        post-processor.
        """
        if self._described["post_processor"] is None:
            return [0] * len(encoded)
        types: list[int] = encoded.type_ids.tolist()
        return types

    def spelled_template(self, encoded: EncodedText) -> list[str]:
        """The tokens of the template as the original spells them, and nothing for the others."""
        ids, numbers = encoded.ids.tolist(), encoded.texts.tolist()
        return ["" if text >= 0 else self._template[id] for id, text in zip(ids, numbers)]

    def spelled(
        self,
        encoded: EncodedText,
        number: int,
        texts: tuple[Text, Text | None],
        options: dict[str, Any],
    ) -> list[str]:
        """The tokens of a text, as the original spells them: part `number` of what encode_texts() gave with
        these options.
        """
        ids, numbers = encoded.ids.tolist(), encoded.texts.tolist()
        names = [
            self._normalized.get(id) or self.tokens.get(id, "")
            if text >= 0
            else self._template.get(id) or self.tokens.get(id, "")
            for id, text in zip(ids, numbers)
        ]
        if self._as_in_text.isdisjoint(ids):
            return names
        seconds = None if texts[1] is None else [texts[1]]
        (whole,) = self.tokenizer.encode_texts(
            [texts[0]], seconds, **{**options, "trim_ranges": False}
        )
        part = whole.overflow[number - 1] if number else whole
        assert part.starts is not None and part.ends is not None and part.words is not None
        for index, id in enumerate(ids):
            if id in self._as_in_text and numbers[index] >= 0:
                text = texts[numbers[index]]
                assert text is not None
                names[index] = self._in_text(
                    id, text, int(part.starts[index]), int(part.ends[index]), int(part.words[index])
                )
        return names

    def _in_text(self, id: int, text: Text, start: int, end: int, word: int) -> str:
        token = self._added.get(id)
        found = (text if isinstance(text, str) else text[word])[start:end]
        normalizer = self._described["normalizer"]
        added = self._described["added_tokens"]
        is_unknown = id == self._described["model"].get("unk_id")
        if token is None or (is_unknown and token.content not in found):
            splitter = self._described["pre_tokenizer"]
            parts = {"normalizer": normalizer, "pre_tokenizer": splitter}
            # What is unknown is made of characters that are no tokens; others in the same range are.
            piece = _native_parts.piece(text, start, end, word, added, **parts)
            return "".join(character for character in piece if character not in self._vocabulary)
        if not token.normalized:
            return found
        if found == found.strip():
            return self._normalized[id]
        before = [token for token in added if not token["normalized"]]
        return _native_parts.piece(text, start, end, word, before, normalizer=normalizer)


def steps_of(processor: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """A post-processor, and those that it is made of."""
    if processor:
        yield processor
        for part in processor.get("processors", []):
            yield from steps_of(part)


def template_tokens(processor: dict[str, Any] | None) -> dict[int, str]:
    """The ids of the tokens that a post-processor adds, and how it spells them."""
    spelled: dict[int, str] = {}
    for part in steps_of(processor):
        for name in ("sep", "cls"):
            if name in part:
                spelled[part[name][1]] = part[name][0]
        for token in part.get("special_tokens", {}).values():
            spelled.update(zip(token["ids"], token["tokens"]))
    return spelled
