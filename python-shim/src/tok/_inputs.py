"""Files of rows: Parquet, and Arrow's own format (.arrow, .feather), read a few megabytes at a
time.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ._columns import texts_of

#: About how much is read at once, in bytes of memory; a single row may have more.
_PART = 16 * 2**20
_ENDINGS = (".parquet", ".arrow", ".feather")


class Piece(NamedTuple):
    """Rows one behind another, and where they stand in their file."""

    rows: pa.RecordBatch
    input: str
    first: int


class ParquetInput:
    """A file of Parquet. Raises pyarrow's errors, which name what is wrong, for anything else."""

    def __init__(self, path: str) -> None:
        self.path = path
        with pq.ParquetFile(path) as file:
            self.metadata = file.metadata
            self.schema: pa.Schema = file.schema_arrow
        self.row_count: int = self.metadata.num_rows

    def digest(self) -> str:
        """Of its end, where sizes, places and checks of all of its parts stand."""
        with open(self.path, "rb") as file:
            file.seek(-8, os.SEEK_END)
            file.seek(-8 - int.from_bytes(file.read(4), "little"), os.SEEK_END)
            return hashlib.sha256(file.read()).hexdigest()

    def pieces(self, columns: Sequence[str], start: int) -> Iterator[Piece]:
        """The rows from `start` on; row groups before it are not read."""
        # subtle: a buffer lets columns be read page by page, and not as whole row groups.
        with pq.ParquetFile(self.path, buffer_size=1 << 20, pre_buffer=False) as file:
            first = 0
            for number in range(self.metadata.num_row_groups):
                group = self.metadata.row_group(number)
                if first + group.num_rows > start:
                    size = max(1, _PART * group.num_rows // max(1, group.total_byte_size))
                    place = first
                    for batch in file.iter_batches(
                        min(size, 1 << 16),
                        row_groups=[number],
                        columns=list(columns),
                        use_threads=False,
                    ):
                        yield from _from(
                            start, Piece(batch.select(list(columns)), self.path, place)
                        )
                        place += len(batch)
                first += group.num_rows


class ArrowInput:
    """A file of Arrow's IPC format, which is mapped; or a stream of it, as datasets writes."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.schema: pa.Schema = self._open().schema
        self.row_count = sum(len(batch) for batch in self._batches())

    def digest(self) -> str:
        """Of its beginning and its end."""
        with open(self.path, "rb") as file:
            digest = hashlib.sha256(file.read(1 << 16))
            file.seek(-min(1 << 16, os.path.getsize(self.path)), os.SEEK_END)
            digest.update(file.read())
            return digest.hexdigest()

    def pieces(self, columns: Sequence[str], start: int) -> Iterator[Piece]:
        place = 0
        for batch in self._batches():
            rows = max(1, _PART * len(batch) // max(1, batch.nbytes))
            for first in range(0, len(batch), rows):
                part = batch.slice(first, rows).select(list(columns))
                yield from _from(start, Piece(part, self.path, place + first))
            place += len(batch)

    def _open(self) -> Any:
        source = pa.memory_map(self.path)
        try:
            return pa.ipc.open_file(source)
        except pa.ArrowInvalid:
            source.seek(0)
            return pa.ipc.open_stream(source)

    def _batches(self) -> Iterator[pa.RecordBatch]:
        reader = self._open()
        if hasattr(reader, "get_batch"):
            yield from (reader.get_batch(index) for index in range(reader.num_record_batches))
        else:
            yield from reader


Input = ParquetInput | ArrowInput
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def _from(start: int, piece: Piece) -> Iterator[Piece]:
    """What of the rows stands at or behind `start`."""
    skipped = max(0, start - piece.first)
    if skipped < len(piece.rows):
        yield Piece(piece.rows.slice(skipped), piece.input, piece.first + skipped)


def open_inputs(inputs: Paths) -> list[Input]:
    """Files, and those in folders, in the order of their names.

    Raises OSError for what is not there, ValueError for a folder without files of these formats,
    and for what is no such file.
    """
    if isinstance(inputs, (str, os.PathLike)):
        inputs = [inputs]
    files: list[Path] = []
    for path in map(Path, inputs):
        if path.is_dir():
            found = sorted(file for file in path.iterdir() if file.suffix in _ENDINGS)
            if not found:
                raise ValueError(f"{path}: a folder without files {', '.join(_ENDINGS)}")
            files += found
        else:
            files.append(path)
    opened: list[Input] = []
    for file in files:
        with _naming(str(file)):
            is_arrow = file.suffix in (".arrow", ".feather")
            opened.append(ArrowInput(str(file)) if is_arrow else ParquetInput(str(file)))
    return opened


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Says of Arrow's errors which file they are about."""
    try:
        yield
    except pa.ArrowException as error:
        raise ValueError(f"{path}: {error}") from error
    except OSError as error:
        if error.filename is None:
            raise OSError(error.errno, f"{path}: {error}") from error
        raise


def identity(source: Input) -> dict[str, Any]:
    """What a file is known again by."""
    status = os.stat(source.path)
    seconds, fraction = divmod(status.st_mtime_ns, 10**9)
    return {
        "name": source.path,
        "bytes": status.st_size,
        "modified": f"{seconds}.{fraction:09}",
        "rows": source.row_count,
        "digest": source.digest(),
    }


def pieces_of(
    inputs: Sequence[Input], columns: Sequence[str], start: int = 0, count: int | None = None
) -> Iterator[Piece]:
    """The rows of all files, one file behind another: from row `start` of them all, `count` of them
    or all.
    """
    left = sum(source.row_count for source in inputs) - start if count is None else count
    for source in inputs:
        if start < source.row_count and left > 0:
            with _naming(source.path):
                for rows, input, first in source.pieces(columns, start):
                    yield Piece(rows.slice(0, left), input, first)
                    left -= len(rows)
                    if left <= 0:
                        return
        start = max(0, start - source.row_count)


def groups_of(
    pieces: Iterable[Piece], column: str, row_limit: int, text_limit: int
) -> Iterator[list[Piece]]:
    """The same rows, so many together that neither bound is passed, but for single rows with more
    text. Where the borders are depends on nothing but the rows.
    """
    group: list[Piece] = []
    rows, text = 0, 0
    for piece in pieces:
        lengths = pc.binary_length(texts_of(piece.rows.column(column))).fill_null(0)
        ends = np.cumsum(lengths.to_numpy(zero_copy_only=False), dtype=np.int64)
        taken = 0
        while taken < len(ends):
            before = int(ends[taken - 1]) if taken else 0
            end = int(np.searchsorted(ends, text_limit - text + before, side="right"))
            end = min(end, taken + row_limit - rows)
            if end == taken and not group:
                end += 1
            if end > taken:
                part = piece.rows.slice(taken, end - taken)
                group.append(Piece(part, piece.input, piece.first + taken))
                rows, text = rows + end - taken, text + int(ends[end - 1]) - before
                taken = end
            if taken < len(ends) or rows == row_limit:
                yield group
                group, rows, text = [], 0, 0
    if group:
        yield group
