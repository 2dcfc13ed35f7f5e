import os
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
import pyarrow as pa
import tok

pytest.importorskip("ray")
import ray.data  # noqa: E402
import tok.ray  # noqa: E402


@pytest.fixture(scope="module")
def dataset(ray: Any, texts: list[str]) -> Any:
    """In blocks of which one has most of the text."""
    table = pa.table({"number": range(len(texts)), "text": texts})
    return ray.data.from_arrow([table[:400], table[400:410], table[410:410], table[410:]])


def sorted_ids(dataset: Any) -> list[list[int]]:
    rows = sorted(dataset.take_all(), key=lambda row: int(row["number"]))
    return [list(row["input_ids"]) for row in rows]


def test_tasks(dataset: Any, ids: list[list[int]]) -> None:
    encoder = tok.ray.Encoder("o200k_base", keep_columns=["number"])
    encoded = dataset.map_batches(encoder, batch_format="pyarrow", batch_size=64)
    assert sorted_ids(encoded) == ids


def test_actors(dataset: Any, o200k: tok.Tokenizer, texts: list[str], tmp_path: Path) -> None:
    path = tmp_path / "mine.tok"
    mine = o200k.add_tokens(["Straße naïve"])
    mine.save(path)
    encoded = dataset.map_batches(
        tok.ray.Encoder,
        fn_constructor_args=(str(path),),
        fn_constructor_kwargs={"special": "parse", "end_of_document": 5},
        batch_format="pyarrow",
        concurrency=1,
    )
    assert sorted_ids(encoded) == [mine.encode_list(text, "parse") + [5] for text in texts]


def test_a_tokenizer_of_no_file_is_stored_once(
    dataset: Any, o200k: tok.Tokenizer, texts: list[str]
) -> None:
    import pickle

    mine = o200k.add_tokens(["Straße naïve"])
    encoder = tok.ray.Encoder(mine, special="parse")
    from ray import cloudpickle

    assert len(cloudpickle.dumps(encoder)) < 2000
    assert len(pickle.dumps(tok.ray.Encoder("o200k_base"))) < 1000
    encoded = dataset.map_batches(encoder, batch_format="pyarrow")
    assert sorted_ids(encoded) == mine.encode_batch(texts, special="parse").tolist()


def test_a_process_that_dies_is_replaced(
    dataset: Any, ids: list[list[int]], tmp_path: Path
) -> None:
    encoder = tok.ray.Encoder("o200k_base", keep_columns=["number"])
    mark = str(tmp_path / "mark")

    def unlucky(table: pa.Table) -> pa.Table:
        encoded = encoder(table)
        if 400 in table.column("number").to_pylist() and not os.path.exists(mark):
            open(mark, "w").close()
            os._exit(1)
        return encoded

    assert sorted_ids(dataset.map_batches(unlucky, batch_format="pyarrow")) == ids
    assert os.path.exists(mark)
