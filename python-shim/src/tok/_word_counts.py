"""The file of word counts: how a cluster's counts come out of it, and into it.
 Its lines are a count, a tab, and a word in whose bytes a backslash is `\\\\`, a newline `\\n` and
a carriage return `\\r`; the first is a title, the last has the number of words. libtok writes it,
and reads it in any order.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator

import pyarrow as pa

_TITLE = b"tok word counts 1\n"
_PLAIN = {b"\\\\": b"\\", b"\\n": b"\n", b"\\r": b"\r"}
_ESCAPED = {plain: escaped for escaped, plain in _PLAIN.items()}
_BATCH = 1 << 16


def read_words(path: str | os.PathLike[str]) -> Iterator[pa.RecordBatch]:
    """The words and counts of a file, in batches of bounded size."""
    with open(path, "rb") as file:
        if file.readline() != _TITLE:
            raise ValueError(f"{os.fspath(path)}: no file of word counts")
        words: list[bytes] = []
        counts: list[int] = []
        for line in file:
            count, word = line[:-1].split(b"\t", 1)
            if count == b"end":
                break
            if b"\\" in word:
                word = re.sub(rb"\\.", lambda found: _PLAIN[found[0]], word)
            words.append(word)
            counts.append(int(count))
            if len(words) == _BATCH:
                yield _batch(words, counts)
                words, counts = [], []
        if words:
            yield _batch(words, counts)


def _batch(words: list[bytes], counts: list[int]) -> pa.RecordBatch:
    return pa.record_batch(
        [pa.array(words, pa.binary()), pa.array(counts, pa.int64())], names=["word", "count"]
    )


def lines_of(words: pa.Array, counts: pa.Array) -> bytes:
    """The lines of words with their counts."""
    return b"".join(
        b"%d\t%b\n" % (count, re.sub(rb"[\\\n\r]", lambda found: _ESCAPED[found[0]], word))
        for word, count in zip(words.to_pylist(), counts.to_pylist())
    )


def join_lines(path: str, parts: Iterable[tuple[bytes, int]]) -> None:
    """Writes a file of lines that come in parts, each with the number of its words."""
    total = 0
    with open(path, "wb") as file:
        file.write(_TITLE)
        for lines, count in parts:
            file.write(lines)
            total += count
        file.write(b"end\t%d\n" % total)
