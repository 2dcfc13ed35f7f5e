"""Columns of Arrow: texts in, lists of ids out, neither of them copied where that can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from ._shared import Source, Vocabulary
from ._tokenizer import Special, Tokenizer

#: What ids are in a column: Java's engines have no unsigned numbers, and no vocabulary needs them.
ID_TYPE = pa.int32()
_AS_THEY_ARE = (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())

#: A RecordBatch or a Table.
Rows = Any


def texts_of(column: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A column of texts as one array. Copied only if it has several chunks, or is of another type
    than strings and binaries that lie one behind another.
    """
    if column.type not in _AS_THEY_ARE:
        column = column.cast(_lying_in_a_row(column.type))
    if isinstance(column, pa.Array):
        return column
    if column.num_chunks == 1:
        return column.chunk(0)
    if column.nbytes > 2**30:
        # Offsets of 32 bits might not reach.
        text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        column = column.cast(pa.large_string() if text else pa.large_binary())
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _lying_in_a_row(kind: pa.DataType) -> pa.DataType:
    """What a column of texts is cast to that is of a type with another layout."""
    if pa.types.is_dictionary(kind):
        return _lying_in_a_row(kind.value_type)
    if kind in _AS_THEY_ARE:
        return kind
    name = str(kind)
    if name == "string_view":
        return pa.large_string()
    if name == "binary_view" or pa.types.is_fixed_size_binary(kind):
        return pa.large_binary()
    if pa.types.is_null(kind):
        return pa.string()
    raise TypeError(f"a column of texts is wanted, not of {kind}")


class EncodingOptions(NamedTuple):
    """How texts are encoded, see Tokenizer.encode_batch(). `end_of_document` is put behind each
    text.
    """

    special: Special = "text"
    template: bool = True
    threads: int = 1
    end_of_document: int | None = None


def encode_column(
    tokenizer: Tokenizer, column: pa.Array | pa.ChunkedArray, options: EncodingOptions
) -> pa.ListArray:
    """The ids of each text of a column; null for null. The ids are not copied, unless something is
    put behind each text.

    Raises OverflowError for more than 2^31 - 1 ids: the column is to be given in parts.
    """
    texts = texts_of(column)
    present = texts.drop_null() if texts.null_count else texts
    batch = tokenizer.encode_batch(present, options.threads, options.special, options.template)
    ids, offsets = batch.ids, batch.offsets.astype(np.int64)
    if options.end_of_document is not None:
        ids = np.insert(ids, offsets[1:], options.end_of_document)
        offsets += np.arange(len(offsets))
    if len(ids) > np.iinfo(np.int32).max:
        raise OverflowError(f"{len(ids)} ids in one batch: take smaller ones")
    values = pa.array(ids.view(np.int32))
    if not texts.null_count:
        return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), values)
    valid = texts.is_valid().to_numpy(zero_copy_only=False)
    places = np.zeros(len(texts) + 1, np.int32)
    places[1:][valid] = np.diff(offsets)
    return pa.ListArray.from_arrays(
        pa.array(np.cumsum(places, dtype=np.int32)), values, mask=pa.array(~valid)
    )


class ColumnEncoder:
    """Gives batches and tables a column of ids: a function that workers get.

    It is small when it is pickled, and opens its vocabulary once a process. A null text has null
    ids.
    """

    def __init__(
        self,
        tokenizer: Source,
        column: str = "text",
        ids_column: str = "input_ids",
        keep_columns: Sequence[str] | None = None,
        options: EncodingOptions = EncodingOptions(),
    ) -> None:
        self.vocabulary = Vocabulary.of(tokenizer)
        self.column = column
        self.ids_column = ids_column
        self.keep_columns = None if keep_columns is None else list(keep_columns)
        self.options = options

    def kept(self, names: Sequence[str]) -> list[str]:
        """Which of the columns stay; raises ValueError for a name that none has."""
        wanted = list(names) if self.keep_columns is None else self.keep_columns
        for name in (self.column, *wanted):
            if name not in names:
                raise ValueError(f"there is no column {name!r}, but {', '.join(map(repr, names))}")
        return [name for name in wanted if name != self.ids_column]

    def encode(self, rows: Rows) -> Rows:
        ids = encode_column(self.vocabulary.tokenizer, rows.column(self.column), self.options)
        names = self.kept(rows.schema.names)
        columns = [*(rows.column(name) for name in names), ids]
        return type(rows).from_arrays(columns, names=[*names, self.ids_column])

    def each(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield self.encode(batch)


def end_of_document_id(tokenizer: Tokenizer, token: int | str | None) -> int | None:
    """The id of what is put behind each document, which may be given as the token's text."""
    if not isinstance(token, str):
        if token is not None and not 0 <= token < tokenizer.id_count:
            raise ValueError(f"end_of_document: {token} is no id of the vocabulary")
        return token
    found = tokenizer.id_of(token)
    if found is None:
        raise ValueError(f"end_of_document: the vocabulary has no token {token!r}")
    return found


def encoding_options(
    tokenizer: Tokenizer,
    special: Any,
    template: bool,
    threads: int,
    end_of_document: int | str | None,
) -> EncodingOptions:
    return EncodingOptions(
        special, template, threads, end_of_document_id(tokenizer, end_of_document)
    )
