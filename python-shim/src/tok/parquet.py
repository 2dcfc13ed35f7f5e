"""Files of Parquet and Arrow: texts in, ids out, in bounded memory.

    import tok.parquet

    tok.parquet.encode("corpus", "tokens", "o200k_base", keep_columns=["url"],
    end_of_document="<|endoftext|>") tok.train_bpe(tok.parquet.documents("corpus"))

and as a command:

    python -m tok.parquet encode corpus -o tokens -v o200k_base --keep url --end-of-document
    '<|endoftext|>' python -m tok.parquet text corpus | tok encode --jsonl text - python -m
    tok.parquet verify tokens
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ._bad_documents import (
    BadDocument,
    BadFile,
    as_bytes,
    encode_good,
    place_of,
    unreadable,
    without,
)
from ._columns import ID_TYPE, EncodingOptions, encoding_options, texts_of
from ._inputs import Input, Paths, Piece, groups_of, identity, open_inputs, pieces_of
from ._output_folder import MANIFEST, OutputFolder, difference
from ._shared import Source, Vocabulary
from ._tokenizer import Special, Tokenizer, _processors
from ._version import __version__

__all__ = ["BadDocument", "Progress", "documents", "encode", "verify", "write_text"]

OnError = Literal["stop", "skip"]
#: A row group of what is written has no more text than this, in bytes, but for a single longer one.
_GROUP_TEXT = 64 * 2**20


class Progress(NamedTuple):
    """How far a run is: rows of the inputs, of how many, and what it made of those that it did
    itself.
    """

    rows: int
    total_rows: int
    text_bytes: int
    tokens: int


def encode(
    inputs: Paths,
    folder: str | os.PathLike[str],
    tokenizer: Source,
    column: str = "text",
    ids_column: str = "input_ids",
    keep_columns: Sequence[str] = (),
    *,
    to: Literal["parquet", "arrow"] = "parquet",
    shard_name: str = "tokens",
    rows_per_file: int = 1_000_000,
    rows_per_group: int = 10_000,
    compression: str = "zstd",
    special: Special = "text",
    template: bool = True,
    end_of_document: int | str | None = None,
    threads: int | None = None,
    on_error: OnError = "stop",
    bad_documents: str | os.PathLike[str] | None = None,
    restart: bool = False,
    progress: Callable[[Progress], Any] | None = None,
) -> dict[str, Any]:
    """Encodes a column of files, or of all files of folders, into files SHARD-NAME_000000.parquet
    and so on, and gives back what manifest.json says of them.

    Each file is made of `rows_per_file` rows of the inputs, and has a list of 32-bit ids for each,
    beside `keep_columns`. `to` "arrow" writes Arrow's IPC files. `end_of_document` is a token, by
    its id or its text, that is put behind each document.

    A run that was killed goes on when the same is started again, and gives the same bytes as one
    that was not; of finished files nothing is made again. ValueError where the folder is of another
    run, with what differs; `restart` begins anew instead. A finished run is left as it is.

    A null, text that is not UTF-8 and what the tokenizer refuses is a BadDocument: `on_error` says
    whether to stop there or to skip the row; a run that stopped may be gone on with by skipping.
    `bad_documents` skips too, and names a file that gets a JSON object for each such row: input,
    row, reason.

    Memory: a few row groups, 64 MB of text each at most, and the longest document; it does not grow
    with the inputs.
    """
    if rows_per_file < 1 or rows_per_group < 1:
        raise ValueError("rows_per_file and rows_per_group are at least 1")
    if not shard_name or "/" in shard_name or shard_name.startswith("."):
        raise ValueError(f"shard_name: {shard_name!r} is no beginning of a file's name")
    if to not in ("parquet", "arrow"):
        raise ValueError(f"to: {to!r} is neither 'parquet' nor 'arrow'")
    _check_policy(on_error)
    vocabulary = Vocabulary.of(tokenizer)
    options = encoding_options(
        vocabulary.tokenizer, special, template, threads or _processors(), end_of_document
    )
    sources = open_inputs(inputs)
    total = sum(source.row_count for source in sources)
    columns = _Columns(sources, column, ids_column, keep_columns)
    run = {
        "tok": __version__,
        "vocabulary": {
            "name": _name_of(tokenizer),
            "ids": vocabulary.tokenizer.id_count,
            "sha256": vocabulary.digest,
        },
        "options": {
            "to": to,
            "ids": str(ID_TYPE),
            "name": shard_name,
            "column": column,
            "ids-column": ids_column,
            "keep": list(keep_columns),
            "rows-per-file": rows_per_file,
            "rows-per-group": rows_per_group,
            "compression": compression,
            "end-of-document": options.end_of_document,
            "special": special,
            "template": template,
            # Another version may write other bytes.
            "pyarrow": pa.__version__,
        },
        "inputs": [identity(source) for source in sources],
    }
    output = OutputFolder(folder)
    with output.locked():
        if restart:
            output.clear(shard_name)
        finished = output.manifest()
        if finished is not None:
            _check(finished, run, output)
            return finished
        counts = dict.fromkeys(("text_bytes", "bad_documents", "bad_bytes"), 0)
        journal = output.journal() or {"run": run, "shards": [], **counts}
        _check(journal["run"], run, output)
        output.note(journal)
        with BadFile(bad_documents, journal["bad_bytes"]) as bad_file:
            skips = on_error == "skip" or bad_documents is not None
            work = _Work(vocabulary.tokenizer, options, columns, skips, bad_file)
            for start in range(len(journal["shards"]) * rows_per_file, total, rows_per_file):
                pieces = pieces_of(sources, columns.read, start, rows_per_file)
                file = f"{shard_name}_{len(journal['shards']):06}.{to}"
                before = work.counts
                row = start
                with _writing(output.part(file), to, columns.schema, compression) as write:
                    for group in groups_of(pieces, column, rows_per_group, _GROUP_TEXT):
                        write(work.encoded(group))
                        row += sum(len(piece.rows) for piece in group)
                        if progress:
                            progress(
                                Progress(row, total, work.counts.text_bytes, work.counts.tokens)
                            )
                made = work.counts.since(before)
                shard = output.publish(file)
                journal["shards"].append(
                    {**shard, "tokens": made.tokens, "documents": made.documents}
                )
                journal["text_bytes"] += made.text_bytes
                journal["bad_documents"] += made.bad_documents
                journal["bad_bytes"] = bad_file.sync()
                output.note(journal)
            bad_file.publish()
        shards = journal["shards"]
        manifest = {
            **run,
            "shards": shards,
            "tokens": sum(shard["tokens"] for shard in shards),
            "documents": sum(shard["documents"] for shard in shards),
            "text_bytes": journal["text_bytes"],
            "bad_documents": journal["bad_documents"],
            "dropped_tokens": 0,
        }
        return output.finish(manifest)


class _Columns:
    """Which columns are read of all files, and what is written. Raises ValueError for a column that
    a file has not got, or of another type than the first file.
    """

    def __init__(
        self, sources: Sequence[Input], column: str, ids_column: str, keep_columns: Sequence[str]
    ) -> None:
        self.text, self.kept = column, list(keep_columns)
        self.read = list(dict.fromkeys([*keep_columns, column]))
        if ids_column in self.kept:
            raise ValueError(f"keep_columns: {ids_column!r} is the column of the ids")
        for source in sources:
            for name in self.read:
                if name not in source.schema.names:
                    names = ", ".join(map(repr, source.schema.names))
                    raise ValueError(f"{source.path}: there is no column {name!r}, but {names}")
                kind, first = source.schema.field(name).type, sources[0].schema.field(name).type
                if kind != first:
                    raise ValueError(
                        f"{source.path}: the column {name!r} is of {kind}, "
                        f"in {sources[0].path} of {first}"
                    )
        kept = [sources[0].schema.field(name) for name in self.kept] if sources else []
        self.schema = pa.schema([*kept, pa.field(ids_column, pa.list_(ID_TYPE), nullable=False)])


class _Counts(NamedTuple):
    documents: int = 0
    text_bytes: int = 0
    tokens: int = 0
    bad_documents: int = 0

    def since(self, before: _Counts) -> _Counts:
        return _Counts(*(now - then for now, then in zip(self, before)))


class _Work:
    """Makes of rows what is written of them, and counts."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        options: EncodingOptions,
        columns: _Columns,
        skips_bad: bool,
        bad_file: BadFile,
    ) -> None:
        self.tokenizer, self.options, self.columns = tokenizer, options, columns
        self.skips_bad, self.bad_file = skips_bad, bad_file
        self.counts = _Counts()

    def encoded(self, group: Sequence[Piece]) -> pa.Table:
        """Raises BadDocument."""
        table = pa.Table.from_batches([piece.rows for piece in group])
        texts = texts_of(table.column(self.columns.text))
        ids, bad = encode_good(self.tokenizer, texts, self.options)
        for row in sorted(bad):
            error = BadDocument(*place_of(group, row), bad[row])
            if not self.skips_bad:
                raise error
            self.bad_file.add(error)
        good = without(table, bad)
        text_bytes = pc.sum(pc.binary_length(without(texts, bad))).as_py() or 0
        self.counts = _Counts(
            self.counts.documents + len(ids),
            self.counts.text_bytes + text_bytes,
            self.counts.tokens + len(ids.values),
            self.counts.bad_documents + len(bad),
        )
        kept = [good.column(name) for name in self.columns.kept]
        # In one piece, so that the same bytes are written however the rows were read.
        return pa.Table.from_arrays([*kept, ids], schema=self.columns.schema).combine_chunks()


@contextmanager
def _writing(
    path: Path, to: str, schema: pa.Schema, compression: str
) -> Iterator[Callable[[pa.Table], None]]:
    """Writes a file of tables, each of which becomes a row group or a batch."""
    if to == "parquet":
        with pq.ParquetWriter(path, schema, compression=compression) as parquet:
            yield lambda table: parquet.write_table(table, row_group_size=max(1, len(table)))
    else:
        codec = None if compression == "none" else compression
        options = pa.ipc.IpcWriteOptions(compression=codec)
        with (
            pa.OSFile(str(path), "wb") as file,
            pa.ipc.new_file(file, schema, options=options) as arrow,
        ):
            yield arrow.write_table


def _name_of(source: Source) -> str | None:
    return os.fspath(source) if isinstance(source, (str, os.PathLike)) else None


def _check_policy(on_error: str) -> None:
    if on_error not in ("stop", "skip"):
        raise ValueError(f"on_error: {on_error!r} is neither 'stop' nor 'skip'")


def _check(old: dict[str, Any], run: dict[str, Any], output: OutputFolder) -> None:
    found = difference({key: old.get(key) for key in run}, run)
    if found:
        raise ValueError(f"{output.path}: is of another run: {found}; restart begins anew")


def documents(
    inputs: Paths, column: str = "text", *, on_error: OnError = "stop"
) -> Iterator[pa.Array]:
    """The texts of files, or of all files of folders, as Arrow arrays of a few megabytes: what
    tok.train() and encode_batch() take without a copy.

    A null, and text that is not UTF-8, is a BadDocument; with `on_error` "skip" it is left out.
    """
    _check_policy(on_error)
    sources = open_inputs(inputs)
    columns = _Columns(sources, column, "", ())
    for piece in pieces_of(sources, columns.read):
        texts = texts_of(piece.rows.column(0))
        found = unreadable(texts)
        if found and on_error == "stop":
            row = min(found)
            raise BadDocument(*place_of([piece], row), found[row])
        yield without(texts, found)


def write_text(
    inputs: Paths,
    file: BinaryIO,
    column: str = "text",
    *,
    field: str = "text",
    on_error: OnError = "stop",
) -> int:
    """Writes texts as lines of JSON, {"text": ...}, for programs that read these; says how many.
    See documents().
    """
    count = 0
    for texts in documents(inputs, column, on_error=on_error):
        lines = (
            json.dumps({field: text.decode()}, ensure_ascii=False)
            for text in as_bytes(texts).to_pylist()
        )
        file.writelines(line.encode() + b"\n" for line in lines)
        count += len(texts)
    return count


def verify(folder: str | os.PathLike[str]) -> list[str]:
    """What is wrong with a folder of encode(): nothing, if it is finished and each file is as it
    was written. Reads all files.
    """
    path = Path(folder)
    manifest = OutputFolder(path).manifest()
    if manifest is None:
        return [f"{path}: the run is not finished: there is no {MANIFEST}"]
    wrong = []
    for shard in manifest["shards"]:
        file = path / shard["name"]
        try:
            with open(file, "rb") as opened:
                digest = hashlib.file_digest(opened, "sha256").hexdigest()
                size = os.fstat(opened.fileno()).st_size
        except OSError as error:
            wrong.append(f"{file}: {error.strerror}")
            continue
        if size != shard["bytes"]:
            wrong.append(f"{file}: {size} bytes where {shard['bytes']} were written")
        elif digest != shard["sha256"]:
            wrong.append(f"{file}: the digest is {digest}, not {shard['sha256']}")
    return wrong


if __name__ == "__main__":
    from ._parquet_command import main

    raise SystemExit(main())
