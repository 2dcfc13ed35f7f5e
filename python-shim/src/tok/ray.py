"""Texts in Ray: a callable for Dataset.map_batches.

    import ray, tok.ray

    texts = ray.data.read_parquet("corpus")
    ids = texts.map_batches(tok.ray.Encoder("o200k_base"), batch_format="pyarrow")
 As a function it runs as tasks, in any of Ray's processes, and each of them opens the vocabulary
once. For actors:

    texts.map_batches(
        tok.ray.Encoder, fn_constructor_args=("o200k_base",), batch_format="pyarrow", concurrency=8
    )
 The package must be installed on all machines. A vocabulary is given by a name or a path that all
of them know, or as a Tokenizer, which is put into Ray's object store once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import ray

from ._columns import ColumnEncoder, encoding_options
from ._shared import Source, Vocabulary
from ._tokenizer import Special

__all__ = ["Encoder"]


class Encoder(ColumnEncoder):
    """Gives a table of Arrow a column of ids.

    `keep_columns` are the columns that stay, all if it is None. Ids are a list of 32-bit integers;
    a null text has null ids. The options are those of Tokenizer.encode_batch(); `end_of_document`
    is a token, by its id or its text, that is put behind each text. Memory: a batch with its ids,
    see `batch_size` of map_batches.
    """

    def __init__(
        self,
        tokenizer: Source,
        column: str = "text",
        ids_column: str = "input_ids",
        keep_columns: Sequence[str] | None = None,
        *,
        special: Special = "text",
        template: bool = True,
        end_of_document: int | str | None = None,
        threads: int = 1,
    ) -> None:
        vocabulary = Vocabulary.of(tokenizer)
        options = encoding_options(
            vocabulary.tokenizer, special, template, threads, end_of_document
        )
        if isinstance(vocabulary.source, bytes) and ray.is_initialized():
            vocabulary = Vocabulary(_Stored(ray.put(vocabulary.source)), vocabulary.digest)
        super().__init__(vocabulary, column, ids_column, keep_columns, options)

    def __call__(self, table: pa.Table) -> pa.Table:
        return self.encode(table)


class _Stored:
    """Bytes in Ray's object store."""

    def __init__(self, reference: Any) -> None:
        self.reference = reference

    @property
    def value(self) -> Any:
        return ray.get(self.reference)
