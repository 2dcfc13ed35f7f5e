"""The programs of examples/clusters, as they stand there."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import tok

EXAMPLES = Path(__file__).parents[3] / "examples" / "clusters"


@pytest.fixture(scope="module")
def corpus(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    table = pa.table({"text": texts})
    pq.write_table(table[:300], folder / "a.parquet")
    pq.write_table(table[300:], folder / "b.parquet")
    return folder


def run(name: str, *arguments: object, **environment: str) -> str:
    command = [sys.executable, str(EXAMPLES / name), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def spark(name: str, *arguments: object) -> str:
    pytest.importorskip("pyspark")
    if not shutil.which("java"):
        pytest.skip("there is no java")
    return run(
        name,
        *arguments,
        PYSPARK_PYTHON=sys.executable,
        SPARK_LOCAL_IP="127.0.0.1",
        PYSPARK_SUBMIT_ARGS="--master local[2] --driver-memory 600m --conf spark.ui.enabled=false "
        "--conf spark.sql.shuffle.partitions=4 pyspark-shell",
    )


def ids_in(folder: Path) -> list[list[int]]:
    files = sorted(folder.glob("*.parquet"))
    return sorted(row for file in files for row in pq.read_table(file)["input_ids"].to_pylist())


def test_spark_encode(corpus: Path, ids: list[list[int]], tmp_path: Path) -> None:
    said = spark("spark_encode.py", corpus, tmp_path / "out")
    assert ids_in(tmp_path / "out") == sorted([*one, 199999] for one in ids)
    assert str(sum(map(len, ids))) in said


def test_spark_train(corpus: Path, texts: list[str], tmp_path: Path) -> None:
    spark("spark_train.py", corpus, tmp_path / "mine.tok", 700)
    wanted = tok.train_bpe(texts, 700, pattern="o200k", special_tokens=["<|endoftext|>"])
    assert tok.load(tmp_path / "mine.tok").to_bytes() == wanted.to_bytes()


def test_ray_encode(corpus: Path, ids: list[list[int]], tmp_path: Path) -> None:
    pytest.importorskip("ray")
    run("ray_encode.py", corpus, tmp_path / "out", RAY_DATA_DISABLE_PROGRESS_BARS="1")
    assert ids_in(tmp_path / "out") == sorted([*one, 199999] for one in ids)


def test_datasets_encode(corpus: Path, ids: list[list[int]], tmp_path: Path) -> None:
    datasets: Any = pytest.importorskip("datasets")
    home = {"HF_HOME": str(tmp_path / "home"), "HF_HUB_OFFLINE": "1"}
    run("datasets_encode.py", corpus, tmp_path / "out", **home)
    assert datasets.load_from_disk(tmp_path / "out")["input_ids"][:] == ids


def test_machines(tmp_path: Path) -> None:
    """ssh and tok are played by scripts that say what they were given."""
    for name, does in (("ssh", 'echo "on $1" >> "$LOG.$1"; sh'), ("tok", 'echo "$@" >> "$LOG"')):
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    environment = {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "LOG": str(tmp_path / "log"),
    }
    inputs = [f"/in/{number} x.jsonl" for number in range(5)]
    command = [str(EXAMPLES / "machines.sh"), "one two", *inputs]
    subprocess.run(command, env={**os.environ, **environment}, check=True)
    said = (tmp_path / "log").read_text().splitlines()
    assert len(said) == 5
    assert all(any(f"--shards {one}.shards {one}" in line for line in said) for one in inputs)
    assert (tmp_path / "log.one").exists() and (tmp_path / "log.two").exists()
