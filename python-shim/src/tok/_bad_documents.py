"""Rows that are no documents, or cannot be encoded."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from ._columns import EncodingOptions, encode_column
from ._inputs import Piece
from ._native import Error
from ._tokenizer import Tokenizer


class BadDocument(ValueError):
    """A row that is no document, or cannot be encoded: the file, the row in it counted from 0, and
    why.
    """

    def __init__(self, input: str, row: int, reason: str) -> None:
        super().__init__(f"{input}: row {row}: {reason}")
        self.input, self.row, self.reason = input, row, reason

    def __reduce__(self) -> tuple[Any, ...]:
        return BadDocument, (self.input, self.row, self.reason)


def encode_good(
    tokenizer: Tokenizer, texts: pa.Array, options: EncodingOptions
) -> tuple[pa.ListArray, dict[int, str]]:
    """The ids of all texts that have some, and why the others, by their place, have none."""
    bad = unreadable(texts)
    try:
        return encode_column(tokenizer, without(texts, bad), options), bad
    except Error:
        for place, text in enumerate(as_bytes(texts)):
            if place not in bad:
                try:
                    tokenizer.count(text.as_py(), options.special, options.template)
                except Error as error:
                    bad[place] = error.message
        return encode_column(tokenizer, without(texts, bad), options), bad


def unreadable(texts: pa.Array) -> dict[int, str]:
    """Which texts are null or not UTF-8."""
    bad = {int(row): "null" for row in np.flatnonzero(texts.is_null())} if texts.null_count else {}
    wide = pa.types.is_large_string(texts.type) or pa.types.is_large_binary(texts.type)
    try:
        texts.view(pa.large_string() if wide else pa.string()).validate(full=True)
    except pa.ArrowInvalid:
        for row, text in enumerate(as_bytes(texts)):
            try:
                (text.as_py() or b"").decode()
            except UnicodeDecodeError as error:
                bad[row] = f"no UTF-8 at byte {error.start}"
    return bad


def as_bytes(texts: pa.Array) -> pa.Array:
    wide = pa.types.is_large_string(texts.type) or pa.types.is_large_binary(texts.type)
    return texts.view(pa.large_binary() if wide else pa.binary())


def without(rows: Any, bad: dict[int, str]) -> Any:
    """The rows of an array or a table, but for the bad ones."""
    if not bad:
        return rows
    good = np.ones(len(rows), bool)
    good[list(bad)] = False
    return rows.filter(pa.array(good))


def place_of(group: Sequence[Piece], row: int) -> tuple[str, int]:
    """The file of a row of a group, and where it stands there."""
    for piece in group:
        if row < len(piece.rows):
            return piece.input, piece.first + row
        row -= len(piece.rows)
    raise IndexError(row)


class BadFile:
    """Where skipped rows are written down, a JSON object a line; nowhere without a path.

    It goes on behind the first `size` bytes, and gets its name when it is whole.
    """

    def __init__(self, path: str | os.PathLike[str] | None, size: int) -> None:
        self.path = None if path is None else os.fspath(path)
        self.size = size
        self.file: BinaryIO | None = None
        if self.path is not None:
            part = f"{self.path}.part"
            # A run that was killed between naming this file and saying that it is finished.
            if size and not os.path.exists(part) and os.path.exists(self.path):
                os.replace(self.path, part)
            self.file = open(part, "r+b" if os.path.exists(part) else "w+b")
            self.file.truncate(size)
            self.file.seek(size)

    def __enter__(self) -> BadFile:
        return self

    def __exit__(self, *error: object) -> None:
        if self.file:
            self.file.close()

    def add(self, bad: BadDocument) -> None:
        if self.file:
            row = {"input": bad.input, "row": bad.row, "reason": bad.reason}
            self.file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")

    def sync(self) -> int:
        """Its size, all of which is on the disk."""
        if not self.file:
            return self.size
        self.file.flush()
        os.fsync(self.file.fileno())
        return self.file.tell()

    def publish(self) -> None:
        if self.path is not None:
            os.replace(f"{self.path}.part", self.path)
