"""The tokens of one text, or two, as models take them."""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeVar

Range = tuple[int, int]
T = TypeVar("T")

# The lists with an element for each token.
_LISTS = (
    "ids",
    "type_ids",
    "tokens",
    "word_ids",
    "offsets",
    "special_tokens_mask",
    "attention_mask",
)


class Encoding:
    """The tokens of one text, or two: lists of the same length.

    `offsets` are characters of the text that the token is of, `word_ids` its words, None for tokens of no
    text; `overflowing` are the parts that were cut away.
    """

    def __init__(self) -> None:
        self.ids: list[int] = []
        self.type_ids: list[int] = []
        self.word_ids: list[int | None] = []
        self.offsets: list[Range] = []
        self.special_tokens_mask: list[int] = []
        self.attention_mask: list[int] = []
        self.overflowing: list[Encoding] = []
        self._tokens: list[str] | Callable[[], list[str]] = []
        # Where the tokens of each text are; without any, all are of the first.
        self._ranges: dict[int, Range] = {}

    @property
    def tokens(self) -> list[str]:
        """How the tokens are spelled in the vocabulary."""
        if not isinstance(self._tokens, list):
            self._tokens = self._tokens()
        return self._tokens

    @tokens.setter
    def tokens(self, tokens: list[str]) -> None:
        self._tokens = tokens

    @property
    def words(self) -> list[int | None]:
        warnings.warn(
            "Encoding.words is deprecated, please use Encoding.word_ids instead.",
            DeprecationWarning,
            stacklevel=2,
        )
        return self.word_ids

    @property
    def n_sequences(self) -> int:
        """How many texts there are."""
        return len(self._ranges) or 1

    @property
    def sequence_ids(self) -> list[int | None]:
        """The text that each token is of, None for special tokens."""
        ids: list[int | None] = [None] * len(self)
        for sequence in range(self.n_sequences):
            start, end = self._range(sequence)
            ids[start:end] = [sequence] * (end - start)
        return ids

    def set_sequence_id(self, sequence_id: int) -> None:
        """Makes all tokens those of this text."""
        self._ranges[sequence_id] = (0, len(self))

    def _range(self, sequence: int) -> Range:
        return self._ranges.get(sequence, (0, len(self)))

    # -- from one place to another

    def token_to_sequence(self, token_index: int) -> int | None:
        """The text that a token is of."""
        if token_index > len(self):
            return None
        if not self._ranges:
            return 0
        found = (
            sequence
            for sequence, (start, end) in self._ranges.items()
            if start <= token_index < end
        )
        return next(found, None)

    def token_to_chars(self, token_index: int) -> Range | None:
        """The characters of a token."""
        if self.token_to_sequence(token_index) is None or token_index >= len(self):
            return None
        return self.offsets[token_index]

    def token_to_word(self, token_index: int) -> int | None:
        """The word that a token is of."""
        if self.token_to_sequence(token_index) is None or token_index >= len(self):
            return None
        return self.word_ids[token_index]

    def word_to_tokens(self, word_index: int, sequence_index: int = 0) -> Range | None:
        """The tokens of a word."""
        start, end = self._range(sequence_index)
        found = []
        for index, word in enumerate(self.word_ids[start:end], start):
            if word is not None and word > word_index:
                break
            if word == word_index:
                found.append(index)
        return (found[0], found[-1] + 1) if found else None

    def word_to_chars(self, word_index: int, sequence_index: int = 0) -> Range | None:
        """The characters of a word."""
        tokens = self.word_to_tokens(word_index, sequence_index)
        return tokens and (self.offsets[tokens[0]][0], self.offsets[tokens[1] - 1][1])

    def char_to_token(self, char_pos: int, sequence_index: int = 0) -> int | None:
        """The token that has a character."""
        start, end = self._range(sequence_index)
        for index in range(start, end):
            if self.offsets[index][0] <= char_pos < self.offsets[index][1]:
                return index
        return None

    def char_to_word(self, char_pos: int, sequence_index: int = 0) -> int | None:
        """The word that has a character."""
        token = self.char_to_token(char_pos, sequence_index)
        return None if token is None else self.token_to_word(token)

    # -- longer, shorter

    def pad(
        self,
        length: int,
        *,
        direction: str = "right",
        pad_id: int = 0,
        pad_type_id: int = 0,
        pad_token: str = "[PAD]",
    ) -> None:
        """Fills up to a length, all parts that overflow too."""
        if direction not in ("left", "right"):
            raise ValueError(f"Unknown `direction`: `{direction}`. Use one of `left` or `right`")
        for part in self.overflowing:
            part.pad(
                length,
                direction=direction,
                pad_id=pad_id,
                pad_type_id=pad_type_id,
                pad_token=pad_token,
            )
        count = length - len(self)
        if count <= 0:
            return
        left = direction == "left"

        def filled(values: list[T], value: T) -> list[T]:
            return [value] * count + values if left else values + [value] * count

        tokens = self._tokens
        if isinstance(tokens, list):
            self._tokens = filled(tokens, pad_token)
        else:
            spell = tokens
            self._tokens = lambda: filled(spell(), pad_token)
        self.ids = filled(self.ids, pad_id)
        self.type_ids = filled(self.type_ids, pad_type_id)
        self.word_ids = filled(self.word_ids, None)
        self.offsets = filled(self.offsets, (0, 0))
        self.special_tokens_mask = filled(self.special_tokens_mask, 1)
        self.attention_mask = filled(self.attention_mask, 0)
        if left:
            self._ranges = {
                sequence: (start + count, end + count)
                for sequence, (start, end) in self._ranges.items()
            }

    def truncate(
        self, max_length: int, stride: int = 0, direction: str | Literal["left", "right"] = "right"
    ) -> None:
        """Cuts to a length; what is cut away overflows, in parts of that length, each of which has `stride`
        tokens in common with the part before it. Which text a token was of is lost.
        """
        if direction not in ("left", "right"):
            raise ValueError(f"Invalid truncation direction value : {direction}")
        if max_length >= len(self):
            return
        if max_length == 0:
            whole = copy.copy(self)
            self.__init__()  # type: ignore[misc]
            self.overflowing = [whole]
            return
        if stride >= max_length:
            raise ValueError(f"the stride {stride} has to be less than the length {max_length}")
        first, *others = [
            self._part(start, end) for start, end in self._cuts(max_length, stride, direction)
        ]
        first.overflowing = others
        self.__dict__.update(first.__dict__)

    def _cuts(self, length: int, stride: int, direction: str) -> list[Range]:
        """The parts, as they come."""
        count, step = len(self), length - stride
        if direction == "right":
            return [(start, min(start + length, count)) for start in range(0, count - stride, step)]
        return [(max(end - length, 0), end) for end in range(count, stride, -step)]

    def _part(self, start: int, end: int) -> Encoding:
        part = Encoding()
        for name in _LISTS:
            setattr(part, name, getattr(self, name)[start:end])
        return part

    @staticmethod
    def merge(encodings: Sequence[Encoding], growing_offsets: bool = True) -> Encoding:
        """One behind another; every part that overflows with every one of the others."""
        merged = Encoding()
        for encoding in encodings:
            merged = merged._followed(encoding, growing_offsets)
        return merged

    def _followed(self, other: Encoding, growing_offsets: bool) -> Encoding:
        both = Encoding()
        for name in _LISTS:
            setattr(both, name, getattr(self, name) + getattr(other, name))
        if growing_offsets and self.offsets:
            shift = self.offsets[-1][1]
            both.offsets[len(self) :] = [
                (start + shift, end + shift) for start, end in other.offsets
            ]
        both._ranges = dict(self._ranges)
        for sequence, (start, end) in other._ranges.items():
            both._ranges[sequence] = (start + len(self), end + len(self))
        for part in self.overflowing:
            both.overflowing.append(part._followed(other, growing_offsets))
            both.overflowing += [
                part._followed(other_part, growing_offsets) for other_part in other.overflowing
            ]
        both.overflowing += [
            self._followed_alone(part, growing_offsets) for part in other.overflowing
        ]
        return both

    def _followed_alone(self, other: Encoding, growing_offsets: bool) -> Encoding:
        """As _followed(); the parts of a part are left out, as nobody asks for them."""
        alone = copy.copy(self)
        alone.overflowing = []
        return alone._followed(other, growing_offsets)

    def __len__(self) -> int:
        return len(self.ids)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_tokens": self.tokens}

    def __repr__(self) -> str:
        return (
            f"Encoding(num_tokens={len(self)}, attributes=[ids, type_ids, tokens, offsets,"
            " attention_mask, special_tokens_mask, overflowing])"
        )
