"""Texts in Spark: ids, counts of tokens, and vocabularies trained from words counted on a cluster.

    import tok.spark

    encoded = tok.spark.encode(frame, "o200k_base", column="text")
    encoded.write.parquet("tokens")

    trained = tok.spark.train(frame, "bpe", column="text", vocab_size=32000)
    trained.tokenizer.save("mine.tok")
 The package must be installed on all machines. A vocabulary is given by a name or a path that all
of them know (a compiled one is mapped into memory, so that the workers of a machine share its
pages), or as a Tokenizer, which is broadcast. It is opened once in each Python worker. What is done
depends on nothing but the rows, so that tasks may fail, be tried again or run twice: Spark takes
the output of one of them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import ArrayType, IntegerType, LongType, StructField, StructType

from ._columns import ColumnEncoder, EncodingOptions, encode_column, encoding_options, texts_of
from ._shared import Source, Vocabulary
from ._tokenizer import Special
from ._training import Training, Unit, count_words
from ._training import train as train_here
from ._word_counts import join_lines, lines_of, read_words

__all__ = [
    "Encoder",
    "count_tokens",
    "count_uses",
    "encode",
    "train",
    "word_counts",
    "write_word_counts",
]


class Encoder(ColumnEncoder):
    """A function for mapInArrow, with the schema of what it gives:

        encoder = tok.spark.Encoder(frame.schema, "o200k_base")
        frame.mapInArrow(encoder, encoder.schema)

    `keep_columns` are the columns that stay, all if it is None. Ids are an array of integers; a
    null text has null ids. The options are those of Tokenizer.encode_batch(); `end_of_document` is
    a token, by its id or its text, that is put behind each text. Memory: one batch of rows with its
    ids, see spark.sql.execution.arrow.maxRecordsPerBatch.
    """

    def __init__(
        self,
        schema: StructType,
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
        super().__init__(vocabulary, column, ids_column, keep_columns, options)
        ids = StructField(ids_column, ArrayType(IntegerType(), containsNull=False))
        self.schema = StructType([*(schema[name] for name in self.kept(schema.names)), ids])

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return self.each(batches)


def encode(
    frame: DataFrame,
    tokenizer: Source,
    column: str = "text",
    ids_column: str = "input_ids",
    keep_columns: Sequence[str] | None = None,
    **options: Any,
) -> DataFrame:
    """The frame with a column of ids; see Encoder. Columns that do not stay never go to Python."""
    encoder = Encoder(
        frame.schema, _sent(frame, tokenizer), column, ids_column, keep_columns, **options
    )
    wanted = encoder.kept(frame.columns)
    if column not in wanted:
        wanted.append(column)
    return frame.select(*map(_quoted, wanted)).mapInArrow(encoder, encoder.schema)


def count_tokens(
    frame: DataFrame,
    tokenizer: Source,
    column: str = "text",
    by: Sequence[str] = (),
    *,
    special: Special = "text",
    template: bool = True,
) -> DataFrame:
    """How many documents, bytes and tokens there are, for each value of the columns `by`: a frame
    of these and `documents`, `bytes`, `tokens`. Null texts are left out. One row of a batch goes
    back for each group in it.
    """
    vocabulary = Vocabulary.of(_sent(frame, tokenizer))
    groups = list(by)
    counter = _TokenCounter(vocabulary, groups, column, EncodingOptions(special, template))
    schema = StructType([frame.schema[name] for name in groups])
    for name in _COUNTS:
        schema = schema.add(name, LongType())
    texts = frame.where(F.col(_quoted(column)).isNotNull())
    counted = texts.select(*map(_quoted, dict.fromkeys([*groups, column]))).mapInArrow(
        counter, schema
    )
    return counted.groupBy(*map(_quoted, groups)).agg(
        *(F.sum(name).alias(name) for name in _COUNTS)
    )


_COUNTS = ("documents", "bytes", "tokens")


class _TokenCounter:
    def __init__(
        self, vocabulary: Vocabulary, by: list[str], column: str, options: EncodingOptions
    ) -> None:
        self.vocabulary, self.by, self.column, self.options = vocabulary, by, column, options

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            texts = texts_of(batch.column(self.column))
            ids = encode_column(self.vocabulary.tokenizer, texts, self.options)
            counts = pa.table(
                [
                    *(batch.column(name) for name in self.by),
                    pa.array(np.ones(len(texts), np.int64)),
                    pc.binary_length(texts).cast(pa.int64()),
                    pc.list_value_length(ids).cast(pa.int64()),
                ],
                names=[*self.by, *_COUNTS],
            )
            sums = counts.group_by(self.by).aggregate([(name, "sum") for name in _COUNTS])
            yield from (
                sums.select([*self.by, *(f"{name}_sum" for name in _COUNTS)])
                .rename_columns([*self.by, *_COUNTS])
                .to_batches()
            )


def count_uses(
    frame: DataFrame,
    tokenizer: Source,
    column: str = "text",
    *,
    special: Special = "text",
    template: bool = True,
) -> DataFrame:
    """How often each token is used: a frame of `id` and `count`, without the ids that are not used.

    Tokenizer.trim() takes such counts. At most a row for each id leaves a task.
    """
    counter = _UseCounter(
        Vocabulary.of(_sent(frame, tokenizer)), EncodingOptions(special, template)
    )
    texts = frame.select(_quoted(column)).mapInArrow(counter, "id int, count bigint")
    return texts.groupBy("id").agg(F.sum("count").alias("count"))


class _UseCounter:
    def __init__(self, vocabulary: Vocabulary, options: EncodingOptions) -> None:
        self.vocabulary, self.options = vocabulary, options

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        tokenizer = self.vocabulary.tokenizer
        uses = np.zeros(len(tokenizer), np.int64)
        for batch in batches:
            ids = encode_column(tokenizer, batch.column(0), self.options)
            uses += np.bincount(ids.values.to_numpy(), minlength=len(uses))
        used = np.flatnonzero(uses)
        yield pa.record_batch(
            [pa.array(used.astype(np.int32)), pa.array(uses[used])], names=["id", "count"]
        )


def word_counts(
    frame: DataFrame,
    kind: str = "bpe",
    column: str = "text",
    *,
    unit: Unit = "usual",
    threads: int = 1,
    memory: int = 0,
    **options: Any,
) -> DataFrame:
    """How often each word stands in the texts, as the trainer `kind` with these options sees them:
    a frame of `word`, binary, and `count`. Null texts are left out.

    Each task counts its partition by itself and gives each of its words once, so that no more than
    that is shuffled. `memory` bounds a task's tables in bytes; past it the task goes to disk.
    """
    counter = _WordCounter(kind, unit, threads, memory, options)
    texts = frame.where(F.col(_quoted(column)).isNotNull()).select(_quoted(column))
    counted = texts.mapInArrow(counter, "word binary, count bigint")
    return counted.groupBy("word").agg(F.sum("count").alias("count"))


class _WordCounter:
    def __init__(
        self, kind: str, unit: Unit, threads: int, memory: int, options: dict[str, Any]
    ) -> None:
        self.kind, self.unit, self.threads, self.memory = kind, unit, threads, memory
        self.options = options

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        with tempfile.TemporaryDirectory(prefix="tok-") as folder:
            path = os.path.join(folder, "words")
            count_words(
                path,
                self.kind,
                (texts_of(batch.column(0)) for batch in batches),
                unit=self.unit,
                threads=self.threads,
                memory=self.memory,
                **self.options,
            )
            yield from read_words(path)


def write_word_counts(
    counts: DataFrame,
    path: str | os.PathLike[str],
    kind: str = "bpe",
    *,
    threads: int = 1,
    memory: int = 0,
    **options: Any,
) -> None:
    """Writes a frame of word_counts() to a file on the driver: the file, byte for byte, that
    count_words() and `tok count-words` write for the same texts on one machine.

    Words come to the driver one partition after another, as lines that the workers wrote, so that
    it never holds more than one partition and, in libtok, what `memory` allows.
    """
    lines = counts.select("word", "count").mapInArrow(_lines, "lines binary, words bigint")
    folder = os.path.dirname(os.path.abspath(os.fspath(path)))
    with tempfile.TemporaryDirectory(prefix=".tok-", dir=folder) as scratch:
        joined = os.path.join(scratch, "words")
        join_lines(
            joined,
            (
                (row["lines"], row["words"])
                for row in lines.toLocalIterator(prefetchPartitions=True)
            ),
        )
        # In the order of the words, and checked.
        count_words(path, kind, word_counts=[joined], threads=threads, memory=memory, **options)


def _lines(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield pa.record_batch(
            [
                pa.array([lines_of(batch.column(0), batch.column(1))], pa.binary()),
                pa.array([len(batch)], pa.int64()),
            ],
            names=["lines", "words"],
        )


def train(
    frame: DataFrame,
    kind: str = "bpe",
    column: str = "text",
    *,
    unit: Unit = "usual",
    threads: int = 1,
    memory: int = 0,
    **options: Any,
) -> Training:
    """Trains on the texts of a frame: workers count words, the driver trains on the counts. The
    vocabulary is the one, byte for byte, that tok.train() makes of the same texts on one machine.

    `threads` and `memory` are the driver's; the workers count with one thread each. Trainers that
    read more than words, as "lib", and "extend" cannot be trained so.
    """
    ways = {
        name: options.pop(name)
        for name in ("checkpoint", "checkpoint_interval", "progress")
        if name in options
    }
    with tempfile.TemporaryDirectory(prefix="tok-") as folder:
        path = os.path.join(folder, "words")
        counts = word_counts(frame, kind, column, unit=unit, **options)
        write_word_counts(counts, path, kind, threads=threads, memory=memory, **options)
        return train_here(
            kind, word_counts=[path], threads=threads, memory=memory, **ways, **options
        )


def _sent(frame: DataFrame, tokenizer: Source) -> Vocabulary:
    """The vocabulary as tasks get it: what has no name or path is broadcast, once to each machine."""
    vocabulary = Vocabulary.of(tokenizer)
    if not isinstance(vocabulary.source, bytes):
        return vocabulary
    broadcast = frame.sparkSession.sparkContext.broadcast(vocabulary.source)
    return Vocabulary(broadcast, vocabulary.digest)


def _quoted(name: str) -> str:
    """A column's name as Spark's expressions take it, dots and all."""
    return "`" + name.replace("`", "``") + "`"
