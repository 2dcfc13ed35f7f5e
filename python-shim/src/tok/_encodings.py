"""What encoding gives, where it is more than an array of ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from . import _native

Ids = npt.NDArray[np.uint32]
Places = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int32]


class Tokens(NamedTuple):
    """Ids with the bytes of the text that they stand for: from `starts`, up to, not including, `ends`."""

    ids: Ids
    starts: Places
    ends: Places


class EncodedBatch:
    """The ids of many texts, one behind another.

    `ids[offsets[n]:offsets[n + 1]]` are those of text `n`; so is `batch[n]`.
    """

    __slots__ = ("ids", "offsets")

    def __init__(self, ids: Ids, offsets: Places) -> None:
        self.ids = ids
        self.offsets = offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> Ids:
        count = len(self)
        if index < 0:
            index += count
        if not 0 <= index < count:
            raise IndexError(f"there are {count} texts")
        return self.ids[self.offsets[index] : self.offsets[index + 1]]

    def __iter__(self) -> Iterator[Ids]:
        for index in range(len(self)):
            yield self[index]

    @property
    def lengths(self) -> Places:
        """How many ids each text has."""
        return np.diff(self.offsets)

    def tolist(self) -> list[list[int]]:
        """A list of ids for each text."""
        return [ids.tolist() for ids in self]

    def __repr__(self) -> str:
        return f"<{len(self)} texts, {len(self.ids)} ids>"


class ScoredEncodings(EncodedBatch):
    """The best encodings of a text, best first, with their scores."""

    __slots__ = ("scores",)

    def __init__(self, ids: Ids, offsets: Places, scores: npt.NDArray[np.float64]) -> None:
        super().__init__(ids, offsets)
        self.scores = scores


class EncodedText:
    """A text, or two, as a model takes them: arrays of the same length.

    `starts` and `ends` are places in the text; `words` says which word of its text each token is of, -1 for
    none; `texts` which text, -1 for the template and padding. `starts`, `ends` and `words` are None where no
    ranges were asked for. `overflow` has the parts that were cut away, if they were to be kept.
    """

    __slots__ = (
        "ids",
        "starts",
        "ends",
        "words",
        "texts",
        "type_ids",
        "special_mask",
        "attention_mask",
        "overflow",
    )

    ids: Ids
    starts: Places | None
    ends: Places | None
    words: Numbers | None
    texts: Numbers
    type_ids: Numbers
    special_mask: Numbers
    attention_mask: Numbers
    overflow: list[EncodedText]

    def __init__(self, encoding: _native.Encoding, part: int = 0) -> None:
        (
            self.ids,
            self.starts,
            self.ends,
            self.words,
            self.texts,
            self.type_ids,
            self.special_mask,
            self.attention_mask,
        ) = encoding.part(part)
        self.overflow = (
            [EncodedText(encoding, index) for index in range(1, encoding.part_count)]
            if part == 0
            else []
        )

    def __len__(self) -> int:
        return len(self.ids)

    def __repr__(self) -> str:
        return f"<{len(self)} tokens: {self.ids.tolist()}>"
