import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
import pyarrow as pa
import tok

pytest.importorskip("pyspark")
import tok.spark  # noqa: E402


@pytest.fixture(scope="module")
def frame(spark: Any, texts: list[str]) -> Any:
    """In six partitions, of which one has nearly all rows, and some have none."""
    rows = [(number, text) for number, text in enumerate(texts)]
    skewed = spark.sparkContext.parallelize(rows, 1)
    skewed = skewed.map(lambda row: (0 if row[0] % 10 else row[0] % 60 // 10, row))
    parts = skewed.partitionBy(6, lambda part: part).values()
    return spark.createDataFrame(parts, "number int, text string").cache()


def sorted_ids(frame: Any) -> list[list[int]]:
    rows = sorted(frame.collect(), key=lambda row: row["number"])
    return [row["input_ids"] for row in rows]


def test_ids_are_those_of_one_process(frame: Any, ids: list[list[int]]) -> None:
    encoded = tok.spark.encode(frame, "o200k_base", keep_columns=["number"])
    assert encoded.columns == ["number", "input_ids"]
    assert sorted_ids(encoded) == ids


def test_map_in_arrow_with_options(frame: Any, o200k: tok.Tokenizer, texts: list[str]) -> None:
    encoder = tok.spark.Encoder(
        frame.schema, "o200k_base", "text", "ids", special="parse", end_of_document="<|endoftext|>"
    )
    rows = sorted(
        frame.mapInArrow(encoder, encoder.schema).collect(), key=lambda row: row["number"]
    )
    assert [row["text"] for row in rows] == texts
    end = o200k.id_of("<|endoftext|>")
    assert [row["ids"] for row in rows] == [
        o200k.encode_list(text, "parse") + [end] for text in texts
    ]


def test_nulls_names_with_spaces_and_names_that_are_not_there(spark: Any) -> None:
    frame = spark.createDataFrame([(1, "a"), (2, None)], "number int, `the text` string")
    rows = tok.spark.encode(frame, "o200k_base", "the text").collect()
    assert sorted(row["input_ids"] for row in rows if row["input_ids"]) == [[64]]
    assert [row["input_ids"] for row in rows if row["number"] == 2] == [None]
    with pytest.raises(ValueError, match="there is no column 'body', but 'number'"):
        tok.spark.encode(frame, "o200k_base", "body")


def test_a_tokenizer_of_no_file_is_broadcast(
    frame: Any, o200k: tok.Tokenizer, texts: list[str]
) -> None:
    mine = o200k.add_tokens(["Straße naïve"])
    encoded = tok.spark.encode(frame, mine, keep_columns=["number"], special="parse")
    assert sorted_ids(encoded) == mine.encode_batch(texts, special="parse").tolist()


def test_a_compiled_file_is_opened_once_in_a_process(
    frame: Any, o200k: tok.Tokenizer, tmp_path: Path
) -> None:
    path = tmp_path / "mine.tok"
    o200k.add_tokens(["<mine>"]).save(path)
    encoder = tok.spark.Encoder(frame.schema, path)

    def opened(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            encoder.encode(batch)
            here = f"{os.getpid()} {id(encoder.vocabulary.tokenizer)}"
            yield pa.record_batch([pa.array([here])], names=["opened"])

    rows = frame.repartition(12).mapInArrow(opened, "opened string").collect()
    processes = {row["opened"].split()[0] for row in rows}
    assert len(rows) >= 12 and len({row["opened"] for row in rows}) == len(processes) <= 2


def test_tasks_that_fail_are_tried_again(frame: Any, ids: list[list[int]], tmp_path: Path) -> None:
    encoder = tok.spark.Encoder(frame.schema, "o200k_base", keep_columns=["number"])
    folder = str(tmp_path)

    def unlucky(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        assert context is not None
        for batch in encoder(batches):
            yield batch
            if context.attemptNumber() == 0 and context.partitionId() < 2:
                open(f"{folder}/{context.partitionId()}", "w").close()
                if context.partitionId() == 0:
                    raise RuntimeError("a disk is full")
                os.kill(os.getpid(), signal.SIGKILL)

    assert sorted_ids(frame.mapInArrow(unlucky, encoder.schema)) == ids
    assert sorted(os.listdir(folder)) == ["0", "1"]


def test_a_task_that_is_done_twice_at_once(
    frame: Any, ids: list[list[int]], tmp_path: Path
) -> None:
    """The first attempt of a partition hangs until the second one, which Spark starts beside it,
    has begun.
    """
    encoder = tok.spark.Encoder(frame.schema, "o200k_base", keep_columns=["number"])
    folder = str(tmp_path)

    def slow(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from pyspark import TaskContext

        context = TaskContext.get()
        assert context is not None
        if context.partitionId() == 3:
            open(f"{folder}/{context.attemptNumber()}", "w").close()
            for _ in range(600 if context.attemptNumber() == 0 else 0):
                if os.path.exists(f"{folder}/1"):
                    break
                time.sleep(0.1)
        yield from encoder(batches)

    target = str(tmp_path / "out")
    frame.mapInArrow(slow, encoder.schema).write.parquet(target)
    assert {"0", "1"} <= set(os.listdir(folder))
    assert sorted_ids(frame.sparkSession.read.parquet(target)) == ids


def test_counts(frame: Any, ids: list[list[int]], texts: list[str]) -> None:
    by_part = tok.spark.count_tokens(
        frame.selectExpr("text", "number % 3 as part"), "o200k_base", by=["part"]
    )
    for row in by_part.collect():
        chosen = range(row["part"], len(texts), 3)
        assert row["documents"] == len(chosen)
        assert row["bytes"] == sum(len(texts[number].encode()) for number in chosen)
        assert row["tokens"] == sum(len(ids[number]) for number in chosen)
    (all_of_them,) = tok.spark.count_tokens(frame, "o200k_base").collect()
    assert all_of_them["tokens"] == sum(map(len, ids))
    uses: dict[int, int] = {}
    for one in ids:
        for token in one:
            uses[token] = uses.get(token, 0) + 1
    rows = tok.spark.count_uses(frame, "o200k_base").collect()
    assert {row["id"]: row["count"] for row in rows} == uses


@pytest.mark.parametrize(
    "kind, options",
    [
        ("bpe", {"vocab_size": 600, "special_tokens": ["<|endoftext|>"]}),
        ("wordpiece", {"vocab_size": 500}),
        ("unigram", {"vocab_size": 300}),
    ],
)
def test_training_on_a_cluster_is_training_on_one_machine(
    frame: Any, texts: list[str], kind: str, options: dict[str, Any]
) -> None:
    there = tok.spark.train(frame, kind, **options)
    assert there.tokenizer.to_bytes() == tok.train(kind, texts, **options).tokenizer.to_bytes()


def test_the_file_of_word_counts_is_that_of_one_machine(
    frame: Any, texts: list[str], tmp_path: Path
) -> None:
    counts = tok.spark.word_counts(frame, "bpe", unit="document", pattern="o200k")
    tok.spark.write_word_counts(counts, tmp_path / "there", "bpe", pattern="o200k")
    tok.count_words(tmp_path / "here", "bpe", texts, unit="document", pattern="o200k")
    assert (tmp_path / "there").read_bytes() == (tmp_path / "here").read_bytes()
    words = {bytes(row["word"]): row["count"] for row in counts.collect()}
    assert words[b" the"] > 0 and any(b"\n" in word for word in words)
    assert sorted(os.listdir(tmp_path)) == ["here", "there"]
