"""Texts in Hugging Face's datasets: a function for Dataset.map.

    import datasets, tok.datasets

    texts = datasets.load_dataset("parquet", data_files="corpus/*.parquet", split="train")
    ids = texts.map(tok.datasets.Encoder("o200k_base"), batched=True, num_proc=8)

Faster still, since no text becomes an object of Python: `texts.with_format("arrow").map(...)`.
 What is pickled is a name or a path, and a digest of the vocabulary. So the fingerprint by which
datasets finds what it made before is the same in every process, and another one when the
vocabulary's file has changed. Processes that map forks share the vocabulary that was opened before.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa

from ._columns import ColumnEncoder, encode_column, encoding_options
from ._shared import Source, Vocabulary
from ._tokenizer import Special

__all__ = ["Encoder"]


class Encoder(ColumnEncoder):
    """Gives batches a column of ids, those of map(batched=True) and tables of Arrow alike.

    A null text has null ids. The options are those of Tokenizer.encode_batch(); `end_of_document`
    is a token, by its id or its text, that is put behind each text. `threads` is for each process
    of `num_proc`.

    A Tokenizer that is of no file is written into datasets' cache folder, under its digest, so that
    processes get its path instead of its megabytes.
    """

    def __init__(
        self,
        tokenizer: Source,
        column: str = "text",
        ids_column: str = "input_ids",
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
        if isinstance(vocabulary.source, bytes):
            vocabulary = Vocabulary(_written(vocabulary), vocabulary.digest)
        super().__init__(vocabulary, column, ids_column, None, options)

    def __call__(self, batch: Mapping[str, Sequence[Any]] | pa.Table) -> Any:
        if isinstance(batch, pa.Table):
            return self.encode(batch)
        texts = pa.array(batch[self.column], pa.large_string())
        ids = encode_column(self.vocabulary.tokenizer, texts, self.options)
        return {self.ids_column: _rows(ids)}


def _rows(ids: pa.ListArray) -> list[Any]:
    """Each list as an array of numpy that shares its memory; None for null."""
    values = ids.values.to_numpy()
    offsets = ids.offsets.to_numpy()
    valid = ids.is_valid().to_numpy(zero_copy_only=False)
    return [
        values[offsets[row] : offsets[row + 1]] if valid[row] else None for row in range(len(ids))
    ]


def _written(vocabulary: Vocabulary) -> str:
    folder = Path(datasets.config.HF_DATASETS_CACHE) / "tok"
    path = folder / f"{vocabulary.digest}.tok"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(vocabulary.source)
        os.replace(file.name, path)
    return str(path)
